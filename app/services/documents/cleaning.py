"""Makes any text fit for drawing and for plain lines."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 50_000  # letters of one text that are shown; no office writes more
_BREAKS: Final = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_SWAPS: Final = str.maketrans(
    {"\u202f": "\xa0", "\u2009": "\xa0", "\u2007": "\xa0", "\u2011": "-"}
)


def clean(text: str) -> str:
    """Compose letters, make line ends spaces, drop control and direction marks."""
    if text.isascii() and text.isprintable():
        return text[:LONGEST]
    text = unicodedata.normalize("NFC", text[:LONGEST])
    text = _BREAKS.sub(" ", text).translate(_SWAPS)
    if text.isprintable():
        return text
    return "".join(char for char in text if unicodedata.category(char)[0] != "C")
