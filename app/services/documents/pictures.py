"""A picture on a document, as its pages carry it."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final, NamedTuple

from app.services.documents.fonts import packed_stream
from app.services.documents.style import MM

HEIGHT: Final = 8 * MM
WIDEST: Final = 40 * MM
NAME: Final = "Logo"


class Picture(NamedTuple):
    """A picture ready for a page: its PDF code, and its size there in points."""

    code: bytes
    width: float
    height: float


@lru_cache(maxsize=8)
def picture(content: bytes) -> Picture:
    """Read a picture, as large as the place of the mark lets it be."""
    from PIL import Image  # noqa: PLC0415  slow to load

    with Image.open(BytesIO(content)) as found:
        flat = found.convert("RGB")
    wide, high = flat.size
    entries = (
        f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} "
        "/ColorSpace /DeviceRGB /BitsPerComponent 8"
    )
    code = packed_stream(flat.tobytes(), entries)
    scale = min(HEIGHT / high, WIDEST / wide)
    return Picture(code, wide * scale, high * scale)
