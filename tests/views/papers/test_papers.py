"""Documents on the screen: the printed file, page by page, or why there is none."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.services.documents.rendering import Job
from app.services.exporting.export import NotWrittenError
from app.views.papers.drawing import SCREEN_DPI, draw, save
from app.views.papers.exporting import csv_text, save_text
from app.views.papers.preview import PaperView
from app.views.tools import Tools


def refuse() -> Job:
    """Give no document."""
    raise NotWrittenError(Path("elsewhere"), "no room")


def test_a_table_is_written_as_spreadsheets_of_the_country_want_it(
    tmp_path: Path,
) -> None:
    assert csv_text(["a", "b"], [["1,5", "x"]], ",") == "a;b\r\n1,5;x\r\n"
    assert csv_text(["a"], [["1,5"]], ".") == 'a\r\n"1,5"\r\n'
    path = save_text(tmp_path / "list.csv", "é")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    assert save(tmp_path / "a.pdf", b"%PDF").read_bytes() == b"%PDF"


def test_pages_are_pictures_of_the_printed_file(tools: Tools) -> None:
    payer = tools.office.households.household(1).payers[0].payer_id
    days = tools.clock.now().date().replace(day=1), tools.clock.now().date()
    paper = draw(tools.office.previews.account(payer, *days), SCREEN_DPI)
    assert paper.pdf.startswith(b"%PDF")
    assert paper.shape > 1
    assert paper.pages[0].pixelColor(2, 2).lightness() == 255


def test_a_refusal_stands_in_the_place_of_the_document(
    tools: Tools, qtbot: QtBot
) -> None:
    view = PaperView(tools)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.drawn):
        view.show_job(refuse)
    assert view.paper is None
