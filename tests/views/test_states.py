"""States are written in sentence case wherever they stand."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.models.values.people import TutorStatus
from app.models.values.schedule import SessionStatus
from app.views.close_out.words import STATUS_WORDS
from app.views.invoices.rows import Standing, words_of
from app.views.lists import status_word
from app.views.settings.about import PACKAGES, licence_of
from app.views.tutors.dialogs import status_words


@pytest.mark.usefixtures("qapp")
def test_states_begin_with_a_capital_and_go_on_small() -> None:
    assert QApplication.instance() is not None
    words = [status_word(status) for status in SessionStatus]
    words += [word for word, _status in status_words()]
    words += [word for word, _tone, _icon in STATUS_WORDS.values()]
    words += [words_of(standing) for standing in Standing]
    assert len(status_words()) == len(TutorStatus)
    for word in words:
        assert word == word[:1].upper() + word[1:].lower(), word


def test_a_package_tells_name_version_and_licence_apart() -> None:
    for package in PACKAGES:
        name, version, licence = licence_of(package)
        assert name == package
        assert version[:1].isdigit()
        assert licence
    assert licence_of("no-such-package")[1] == ""
