"""QR codes of level M, drawn as vectors.

The mask is fixed, because a reader accepts any of the eight and trying them all is most
of a code's cost. The pattern that every code of a version shares is taken from segno
once; a new text only fills in its own modules.
"""

from __future__ import annotations

from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

import segno

from app.services.documents.style import MM

SIZE: Final = 32 * MM
QUIET: Final = 4  # modules that stay white around a code
_MASK: Final = 3
_LONG_COUNT: Final = 10  # from this version on the length takes two bytes
_FIELD: Final = 0x11D
_TIMING: Final = 6
_CORNER: Final = 8
_WITHOUT_MARKS: Final = 21
_WITH_VERSION: Final = 45
# Level M by version: (number of blocks, codewords, data codewords) of each kind.
_BLOCKS: Final = (
    ((1, 26, 16),),
    ((1, 44, 28),),
    ((1, 70, 44),),
    ((2, 50, 32),),
    ((2, 67, 43),),
    ((4, 43, 27),),
    ((4, 49, 31),),
    ((2, 60, 38), (2, 61, 39)),
    ((3, 58, 36), (2, 59, 37)),
    ((4, 69, 43), (1, 70, 44)),
    ((1, 80, 50), (4, 81, 51)),
    ((6, 58, 36), (2, 59, 37)),
    ((8, 59, 37), (1, 60, 38)),
)


class _Layout(NamedTuple):
    """What all codes of a version share."""

    side: int
    blocks: tuple[tuple[int, int, int], ...]
    room: int
    capacity: int
    flips: int
    take: itemgetter[Any]


@lru_cache(maxsize=64)
def rows(text: str) -> tuple[str, ...]:
    """Give a code's rows of modules, ``1`` for dark, without the quiet zone.

    Raises:
        ValueError: The text does not fit into version 13.
    """
    data = text.encode("utf-8", "replace")
    version = _version(len(data))
    layout = _layout(version)
    words = _interleaved(_codewords(data, version, layout.capacity), layout.blocks)
    spare = layout.room - 8 * len(words)
    bits = (int.from_bytes(words, "big") << spare) ^ layout.flips
    cells = "".join(layout.take(f"{bits:0{layout.room}b}01"))
    side = layout.side
    return tuple(cells[at : at + side] for at in range(0, side * side, side))


def path(text: str, left: float, bottom: float, size: float = SIZE) -> str:
    """Write PDF code that fills the dark modules.

    Args:
        text: what the code says.
        left: left edge in points.
        bottom: lower edge in points above the page's lower edge.
        size: of a side, without the quiet zone.
    """
    found = rows(text)
    step = size / len(found)
    parts = [f"q 0 g {step:.4f} 0 0 {-step:.4f} {left:.2f} {bottom + size:.2f} cm"]
    pieces = [(x, x + 8, _pieces(x)) for x in range(0, len(found), 8)]
    for y, row in enumerate(found):
        boxes = "".join([known[row[x:end]] for x, end, known in pieces])
        parts.append(boxes.replace("@", str(y)))
    parts.append("f Q")
    return "\n".join(parts)


class _Pieces(dict[str, str]):
    """The boxes of eight modules in a row, written when they are first needed."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self._left = left

    def __missing__(self, cells: str) -> str:
        """Write and remember them."""
        self[cells] = boxes = _boxes(cells, self._left)
        return boxes


@cache
def _pieces(left: int) -> _Pieces:
    return _Pieces(left)


def _boxes(cells: str, left: int) -> str:
    """Write the dark runs of eight modules; ``@`` stands for the row."""
    boxes = []
    at = cells.find("1")
    while at >= 0:
        end = cells.find("0", at)
        end = len(cells) if end < 0 else end
        boxes.append(f"{left + at} @ {end - at} 1 re ")
        at = cells.find("1", end)
    return "".join(boxes)


def _version(length: int) -> int:
    for version, blocks in enumerate(_BLOCKS, 1):
        capacity = sum(count * data for count, _total, data in blocks)
        if length + (3 if version >= _LONG_COUNT else 2) <= capacity:
            return version
    message = f"{length} bytes are too many for a payment code"
    raise ValueError(message)


def _codewords(data: bytes, version: int, capacity: int) -> bytes:
    """Put mode, length, data and padding together (byte mode)."""
    width = 16 if version >= _LONG_COUNT else 8
    bits = (0b0100 << width | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    whole = (4 + width + 8 * len(data) + 4) // 8
    words = (bits << 4).to_bytes(whole, "big")
    return words + (b"\xec\x11" * capacity)[: capacity - whole]


def _interleaved(words: bytes, blocks: tuple[tuple[int, int, int], ...]) -> bytes:
    """Divide data into blocks, add each one's correction, and mix them."""
    data, checks, at = [], [], 0
    for count, total, size in blocks:
        for _block in range(count):
            part = words[at : at + size]
            data.append(part)
            checks.append(_correction(part, total - size))
            at += size
    longest = max(map(len, data))
    mixed = [part[i] for i in range(longest) for part in data if i < len(part)]
    return bytes(mixed) + bytes(
        [byte for column in zip(*checks, strict=True) for byte in column]
    )


def _correction(part: bytes, count: int) -> bytes:
    """Divide by the generator polynomial and give the remainder (Reed-Solomon)."""
    table, shift = _remainders(count), 8 * (count - 1)
    mask = (1 << shift) - 1
    rest = 0
    for byte in part:
        rest = (rest & mask) << 8 ^ table[byte ^ rest >> shift]
    return rest.to_bytes(count, "big")


@cache
def _remainders(count: int) -> tuple[int, ...]:
    """Give each byte times the generator polynomial of a degree, as one number."""
    powers = [1]
    for _power in range(254):
        twice = powers[-1] << 1
        powers.append(twice ^ _FIELD if twice > 255 else twice)  # noqa: PLR2004  a byte
    places = {value: power for power, value in enumerate(powers)}

    def times(one: int, other: int) -> int:
        """Multiply in the field of 256."""
        both = one and other
        return powers[(places[one] + places[other]) % 255] if both else 0

    factors = [1]
    for power in range(count):
        shifted = [*factors, 0]
        for i, factor in enumerate(factors, 1):
            shifted[i] ^= times(factor, powers[power])
        factors = shifted
    return tuple(
        int.from_bytes(bytes(times(factor, byte) for factor in factors[1:]), "big")
        for byte in range(256)
    )


@cache
def _layout(version: int) -> _Layout:
    """Learn from a code of segno which modules are fixed and where data go."""
    code = segno.make_qr("0", version=version, error="m", boost_error=False, mask=_MASK)
    dark = [bytes(row) for row in code.matrix]
    side = len(dark)
    order = [place for place in _zigzag(side) if not _is_fixed(place, side)]
    source = {place: number for number, place in enumerate(order)}
    room = len(order)
    take = [
        source.get((y, x), room + dark[y][x]) for y in range(side) for x in range(side)
    ]
    flips = "".join("1" if sum(place) % 3 == 0 else "0" for place in order)
    blocks = _BLOCKS[version - 1]
    return _Layout(
        side=side,
        blocks=blocks,
        room=room,
        capacity=sum(count * size for count, _total, size in blocks),
        flips=int(flips, 2),
        take=itemgetter(*take),
    )


def _zigzag(side: int) -> list[tuple[int, int]]:
    """Go through the modules in pairs of columns, up and down from the right."""
    places: list[tuple[int, int]] = []
    rights = [x if x > _TIMING else x - 1 for x in range(side - 1, 0, -2)]
    for turn, right in enumerate(rights):
        down = range(side) if turn % 2 else range(side - 1, -1, -1)
        places += [(y, x) for y in down for x in (right, right - 1)]
    return places


def _is_fixed(place: tuple[int, int], side: int) -> bool:
    """Say whether a module belongs to the pattern that all codes of a size share."""
    y, x = place
    corner = (y <= _CORNER and (x <= _CORNER or x >= side - _CORNER)) or (
        x <= _CORNER and y >= side - _CORNER
    )
    if corner or _TIMING in place:
        return True
    if side >= _WITH_VERSION and min(place) < _TIMING and max(place) >= side - 11:
        return True
    return side > _WITHOUT_MARKS and any(
        abs(y - row) <= 2 and abs(x - column) <= 2  # noqa: PLR2004  half of a mark
        for row, column in _marks(side)
    )


def _marks(side: int) -> list[tuple[int, int]]:
    """Give the centres of the small marks; three corners have large ones instead."""
    last = side - 7
    middle = (_TIMING + last) // 2 if side >= _WITH_VERSION else last
    centres = sorted({_TIMING, middle, last})
    large = {(_TIMING, _TIMING), (_TIMING, last), (last, _TIMING)}
    return [(y, x) for y in centres for x in centres if (y, x) not in large]
