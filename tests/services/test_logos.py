"""The logo: checked, kept in the office, and printed on what is issued from then on."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.models.database import Database
from app.models.values.actors import Actor, Role
from app.services import logos
from app.services.desk import Desk, OfficeOnlyError
from app.services.documents.pictures import HEIGHT, WIDEST, picture
from app.services.documents.rendering import Job, render
from app.services.letterheads import frozen_letterhead
from app.services.logos import LogoError
from app.services.printing.printing import Printing
from app.services.profile import OfficeSettings
from tests.services.billing.books import NOVEMBER, Books
from tests.services.billing.conftest import books
from tests.services.documents.reading import picture as drawn
from tests.services.documents.samples import every

__all__ = ["books"]
RED = (200, 20, 30)


def file_of(
    folder: Path, size: tuple[int, int] = (400, 100), kind: str = "PNG"
) -> Path:
    path = folder / f"logo {size[0]}x{size[1]}.{kind.lower()}"
    Image.new("RGB", size, RED).save(path, kind)
    return path


def images(content: bytes) -> int:
    """Count the pictures on the first page."""
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.check_pdf_syntax() == []
        return len(document.pages[0].get_images())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_kept_in_the_office(desk: Desk, tmp_path: Path, kind: str) -> None:
    settings = OfficeSettings(desk)
    assert settings.logo() == b""
    settings.set_logo(file_of(tmp_path, (4000, 1000), kind))
    with Image.open(io.BytesIO(settings.logo())) as found:
        assert (found.format, found.size) == ("PNG", (768, 192))
    settings.take_logo_away()
    assert settings.logo() == b""


def test_what_is_seen_through_lies_on_white(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(path)
    with Image.open(io.BytesIO(logos.as_kept(path.read_bytes()))) as found:
        assert found.getpixel((5, 5)) == (255, 255, 255)


def test_what_is_no_logo_is_refused_in_one_sentence(desk: Desk, tmp_path: Path) -> None:
    settings = OfficeSettings(desk)
    broken = tmp_path / "broken.png"
    broken.write_bytes(file_of(tmp_path).read_bytes()[:60])
    letter = tmp_path / "letter.png"
    letter.write_text("Dear Sir", "utf-8")
    large = tmp_path / "large.png"
    large.write_bytes(b"\0" * (logos.LARGEST + 1))
    for path, why in (
        (broken, "damaged"),
        (letter, "no PNG or JPEG"),
        (large, "larger than 2 MB"),
        (file_of(tmp_path, (400, 20)), "smaller than 32 pixels"),
        (file_of(tmp_path, (4097, 400)), "larger than 4,096 pixels"),
        (file_of(tmp_path, (4096, 4096)), "more than 16 million pixels"),
        (file_of(tmp_path, (4000, 100)), "more than 20 times as long"),
        (file_of(tmp_path, (64, 64), "GIF"), "no PNG or JPEG"),
    ):
        with pytest.raises(LogoError, match=why):
            settings.set_logo(path)
    with pytest.raises(LogoError, match="no such file"):
        settings.set_logo(tmp_path)
    assert settings.logo() == b""


@pytest.mark.filterwarnings("error")
def test_a_bomb_is_refused_by_its_header_and_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (9600, 9600)).save(path)
    with pytest.raises(LogoError, match="larger than 4,096 pixels"):
        logos.as_kept(path.read_bytes())


def test_a_tutor_changes_no_logo(desk: Desk, tmp_path: Path) -> None:
    tutor = OfficeSettings(desk.sat_at_by(Actor("Anna", Role.TUTOR, 1)))
    with pytest.raises(OfficeOnlyError):
        tutor.set_logo(file_of(tmp_path))
    with pytest.raises(OfficeOnlyError):
        tutor.take_logo_away()


def test_documents_keep_the_logo_that_they_were_issued_with(
    books: Books, database: Database, tmp_path: Path
) -> None:
    settings, printing = OfficeSettings(books.desk), Printing(books.desk)
    assert database is not None
    books.held(10)
    settings.set_logo(file_of(tmp_path))
    [invoice] = books.run(NOVEMBER, on=date(2026, 12, 1)).document_ids
    first = printing.document(invoice)
    assert images(first) == 1
    settings.set_logo(file_of(tmp_path, (64, 64)))
    assert printing.document(invoice) == first
    settings.take_logo_away()
    assert printing.document(invoice) == first


def test_the_logo_stands_at_the_mark_eight_millimetres_high(tmp_path: Path) -> None:
    kept = logos.as_kept(file_of(tmp_path, (200, 100)).read_bytes())
    found = picture(kept)
    assert found.height == pytest.approx(HEIGHT)
    assert found.width == pytest.approx(2 * HEIGHT)
    wide = picture(logos.as_kept(file_of(tmp_path, (4000, 200)).read_bytes()))
    assert wide.width == pytest.approx(WIDEST)
    office = {"name": "Chalk", "address": ["1 Lane"], "contact": "", "legal": ""}
    job = Job(every()["invoice"].value, frozen_letterhead(office, kept), "en-GB", "DE")
    page = drawn(render(job), scale=1)
    assert page.getpixel((60, 50)) == RED
    assert page.getpixel((95, 66)) == RED
    assert page.getpixel((60, 72)) == (255, 255, 255)
