"""Payment codes: EPC069-12 for euro transfers, a plain link elsewhere; drawn as vectors.

The mask is fixed: a reader accepts any of the eight, and trying them all costs segno most of its time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import segno

from app.services.documents.style import MM

SIZE: Final = 32 * MM
QUIET: Final = 4
_MASK: Final = 3


def epc_text(payee: str, iban: str, bic: str, amount: int, reference: str) -> str:
    """The EPC payload with a structured creditor reference; ``amount`` in cents."""
    if not 1 <= amount <= 99_999_999_999:
        raise ValueError("an EPC amount is between 0.01 and 999,999,999.99 euros")
    structured = reference.replace(" ", "").upper()
    is_structured = structured.startswith("RF") and len(structured) <= 25
    rows = (
        "BCD", "002", "1", "SCT", bic.replace(" ", ""), payee[:70], iban.replace(" ", ""),
        f"EUR{amount // 100}.{amount % 100:02}", "", structured if is_structured else "",
        "" if is_structured else reference[:140],
    )  # fmt: skip
    return "\n".join(rows).rstrip("\n")


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """The size and the dark runs of a code: first (size, 0, 0, 0), then (column, row, length, 1)."""
    code = segno.make_qr(
        text, error="m", boost_error=False, encoding="utf-8", mask=_MASK
    )
    if int(code.version) > 13:
        raise ValueError("a payment code is at most version 13")
    rows = [bytes(row) for row in code.matrix]
    found = [(len(rows), 0, 0, 0)]
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            found.append((start, y, x - start, 1))
    return tuple(found)


def path(text: str, left: float, top: float, size: float = SIZE) -> str:
    """PDF code that fills the dark modules; ``top`` is measured from the bottom edge, as PDF does."""
    (count, *_), *dark = modules(text)
    step = size / count
    boxes = [
        f"{left + x * step:.2f} {top - (y + 1) * step:.2f} {n * step:.2f} {step:.2f} re"
        for x, y, n, _ in dark
    ]
    return " ".join(("q 0 g", *boxes, "f Q"))
