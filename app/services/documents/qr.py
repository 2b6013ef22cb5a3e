"""Payment codes: EPC069-12 for euro transfers, a plain link elsewhere; as vectors.

The mask is fixed: a reader accepts any of the eight, and trying them all costs segno
most of its time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import segno

from app.services.documents.style import MM

SIZE: Final = 32 * MM
_MASK: Final = 3
_LARGEST: Final = 99_999_999_999
_LONGEST_REFERENCE: Final = 25
_LONGEST_LINK: Final = 300


def epc_text(payee: str, iban: str, bic: str, amount: int, reference: str) -> str:
    """Give the EPC payload with a structured creditor reference where there is one.

    Empty when the amount, in cents, is outside what a code can ask for.
    """
    if not 1 <= amount <= _LARGEST:
        return ""
    structured = reference.replace(" ", "").upper()
    fits = len(structured) <= _LONGEST_REFERENCE and structured.isalnum()
    is_structured = structured.startswith("RF") and fits
    rows = (
        *("BCD", "002", "1", "SCT", bic.replace(" ", "")),
        *(payee[:70], iban.replace(" ", "")),
        f"EUR{amount // 100}.{amount % 100:02}",
        "",
        structured if is_structured else "",
        "" if is_structured else reference[:140],
    )
    return "\n".join(rows).rstrip("\n")


def link_text(link: str) -> str:
    """Give a link as a code says it; empty when it is too long for one."""
    return link if len(link) <= _LONGEST_LINK else ""


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Give the size of a code and its dark runs: column, row and length."""
    code = segno.make_qr(
        text, error="m", boost_error=False, encoding="utf-8", mask=_MASK
    )
    rows = [bytes(row) for row in code.matrix]
    found: list[tuple[int, int, int]] = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x] == row[start]:
                x += 1
            if row[start]:
                found.append((start, y, x - start))
    return len(rows), tuple(found)


def path(text: str, left: float, top: float, size: float = SIZE) -> str:
    """Write PDF code that fills the dark modules.

    Args:
        text: what the code says.
        left: its left edge in points.
        top: its upper edge, measured from the page's lower edge as PDF does.
        size: of its side in points.
    """
    count, dark = modules(text)
    step = size / count
    boxes = (
        f"{left + x * step:.2f} {top - (y + 1) * step:.2f} {n * step:.2f} {step:.2f} re"
        for x, y, n in dark
    )
    return " ".join(("q 0 g", *boxes, "f Q"))
