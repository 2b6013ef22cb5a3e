"""The office's logo: what is taken, how it is kept, and where it is read from."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Final

from app.models.database import Snapshot, Transaction
from app.models.files import explained_files
from app.models.office import Attachment
from app.models.values.errors import InputError
from app.text import _

LARGEST: Final = 2_000_000  # bytes of the file that is chosen
LEAST: Final = 32  # px of the shorter side
MOST: Final = 4096  # px of the longer side
MOST_PIXELS: Final = 16_000_000  # what a machine with little memory still opens
SLIMMEST: Final = 20  # how many times longer than high, or higher than long
KEPT: Final = (960, 192)  # px; 40 by 8 mm on paper at 600 dots an inch
_PNG: Final = b"\x89PNG\r\n\x1a\n"


class LogoError(InputError):
    """A picture that cannot be the office's logo."""

    def __init__(self, why: str) -> None:
        words = _("This picture cannot be the logo: {why}. Choose a PNG or JPEG file.")
        super().__init__(words.format(why=why))


def read_file(file: Path) -> bytes:
    """Read a file that is to be the logo; of a too large one just enough to see it.

    Raises:
        LogoError: There is no such file.
        UnavailableError: It cannot be read.
    """
    if not file.is_file():
        raise LogoError(_("there is no such file"))
    with explained_files(file), file.open("rb") as found:
        return found.read(LARGEST + 1)


def as_kept(content: bytes) -> bytes:
    """Give a picture as it is kept: a PNG on white, as fine as print needs it.

    Raises:
        LogoError: It is no PNG or JPEG file, damaged, too large, too small or too slim.
    """
    from PIL import Image  # noqa: PLC0415  slow to load
    from PIL.JpegImagePlugin import JpegImageFile  # noqa: PLC0415
    from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415

    if len(content) > LARGEST:
        raise LogoError(_("the file is larger than 2 MB"))
    kind = PngImageFile if content.startswith(_PNG) else JpegImageFile
    try:
        with kind(BytesIO(content)) as found:  # reads no more than the header
            _require_size(found.size)
            picture = found.convert("RGBA")
    except MemoryError:
        raise LogoError(_("there is too little memory to open it")) from None
    except (OSError, SyntaxError, ValueError):
        raise LogoError(_("it is no PNG or JPEG file, or it is damaged")) from None
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    flat = ground.convert("RGB")
    flat.thumbnail(KEPT)
    out = BytesIO()
    flat.save(out, "PNG", optimize=True)
    return out.getvalue()


def _require_size(size: tuple[int, int]) -> None:
    if min(size) < LEAST:
        raise LogoError(_("it is smaller than 32 pixels"))
    if max(size) > MOST:
        raise LogoError(_("it is larger than 4,096 pixels"))
    if size[0] * size[1] > MOST_PIXELS:
        raise LogoError(_("it has more than 16 million pixels"))
    if max(size) > SLIMMEST * min(size):
        raise LogoError(_("one side is more than 20 times as long as the other"))


def keep_logo(transaction: Transaction, name: str, kept: bytes) -> int:
    """Keep a picture in the office's own file, and give its id.

    A former one stays, because documents that were issued print it.
    """
    attachment = Attachment(
        owner_kind="office",
        owner_id=1,
        name=name[:200],
        media_type="image/png",
        size=len(kept),
        sha256=hashlib.sha256(kept).hexdigest(),
        content=kept,
    )
    transaction.add(attachment)
    transaction.flush()
    return attachment.id


def logo_of(work: Snapshot | Transaction, logo_id: int | None) -> bytes:
    """Read a logo; nothing where there is none."""
    if logo_id is None:
        return b""
    found = work.get(Attachment, logo_id)
    return bytes(found.content) if found is not None else b""
