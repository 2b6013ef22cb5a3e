"""Whatever people are told of can be said in their language."""

from __future__ import annotations

from app.services.nouns import NOUNS, noun
from tests import sentences
from tests.conventions import Module, modules

PLAIN = """
class LostError(OfficeError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is lost.")
"""
SAID = """
class LostError(OfficeError):
    def __init__(self, name: str) -> None:
        words = _("{name} is lost.")
        super().__init__(words.format(name=name))
"""


def test_every_sentence_of_an_error_can_be_translated() -> None:
    faults = sentences.untranslated(modules("app"))
    assert not faults, "\n".join(faults)


def test_a_sentence_that_cannot_be_translated_is_noticed() -> None:
    assert sentences.untranslated([Module.of("app/a.py", PLAIN)])
    assert not sentences.untranslated([Module.of("app/a.py", SAID)])


def test_every_record_is_called_by_a_word_that_can_be_translated() -> None:
    used = sentences.nouns(modules("app/services"))
    assert used
    assert used <= NOUNS.keys()
    assert noun("pupil") == "pupil"
