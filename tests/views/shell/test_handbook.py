"""The handbook has a chapter for each page, says true keys, and can be searched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from app.resources import resource
from app.text import language
from app.views.shell.handbook import CHAPTERS, Handbook, chapters
from app.views.shell.main_window import MainWindow
from app.views.tools import Place

# What lists, forms and the palette take by themselves.
ELSEWHERE = {"Enter", "Esc", "Ctrl", "Ctrl+Return", "Ctrl+1"}
PREFIXES = "/+>@#"


def test_each_page_has_a_chapter_that_f1_opens(window: MainWindow) -> None:
    book = window.handbook
    for place in window.places:
        window.go_to(place.value)
        QTest.keyClick(window, Qt.Key.Key_F1)
        assert book.isVisible()
        assert book.shown == place.value
        assert chapters()[place.value].title == window.page.title
        assert not book.isModal()
    QTest.keyClick(book, Qt.Key.Key_Escape)
    assert not book.isVisible()


def test_every_chapter_is_written_and_none_is_left_out() -> None:
    found = chapters()
    assert tuple(found) == CHAPTERS
    assert set(Place) < set(CHAPTERS)
    files = {path.stem for path in resource("handbook/en").glob("*.md")}
    assert files == set(CHAPTERS)
    for chapter in found.values():
        assert chapter.text.startswith("# ")
        assert len(chapter.text.split()) > 30


def test_links_lead_to_chapters() -> None:
    for chapter in chapters().values():
        for target in re.findall(r"\]\(([^)]+)\)", chapter.text):
            assert target.removesuffix(".md") in CHAPTERS, chapter.key


def test_the_keys_that_it_names_are_there(window: MainWindow) -> None:
    known = set(ELSEWHERE)
    for place in window.places:
        window.go_to(place.value)
        for action in window.menus.everything():
            known |= {one.toString() for one in action.shortcuts()}
    for chapter in chapters().values():
        for named in re.findall(r"`([^`]+)`", chapter.text):
            if named[0] not in PREFIXES:
                assert named in known, f"{chapter.key}: {named}"


@pytest.fixture
def book(window: MainWindow) -> Handbook:
    """The handbook, open at its beginning."""
    window.handbook.open_at("start")
    return window.handbook


def test_the_search_leaves_chapters_that_speak_of_it(book: Handbook) -> None:
    QTest.keyClicks(book.search, "credit note")
    shown = [
        item.text()
        for place in range(book.list.count())
        if not (item := book.list.item(place)).isHidden()
    ]
    assert "Invoices" in shown
    assert "Tutors" not in shown
    assert book.page.textCursor().selectedText().lower() == "credit note"
    first = book.page.textCursor().position()
    QTest.keyClick(book.search, Qt.Key.Key_Return)
    assert book.page.textCursor().position() != first
    book.search.setText("zzqq")
    assert book.nothing.isVisible()
    book.close()


def test_a_link_turns_to_its_chapter(book: Handbook) -> None:
    book.page.anchorClicked.emit(QUrl("calendar.md"))
    assert book.shown == "calendar"
    book.close()


def test_another_language_falls_back_to_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('language = "de-AT"\n', "utf-8")
    monkeypatch.setenv("CHALKBOOK_SETTINGS", str(settings))
    assert language() == "de_AT"
    for name, title in (("en", "# Today"), ("de", "# Heute")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "today.md").write_text(f"{title}\n", "utf-8")
    (tmp_path / "en" / "start.md").write_text("# First steps\n", "utf-8")
    found = chapters(tmp_path)
    assert found["today"].title == "Heute"
    assert found["start"].title == "First steps"


def test_settings_that_cannot_be_read_leave_the_systems_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("language =", "utf-8")
    monkeypatch.setenv("CHALKBOOK_SETTINGS", str(settings))
    monkeypatch.setenv("LANGUAGE", "sv_SE.UTF-8:en")
    assert language() == "sv_SE"
