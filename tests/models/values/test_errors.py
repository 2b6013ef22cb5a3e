"""An error's sentence is one a person can read, whatever it quotes."""

from __future__ import annotations

from app.models.values.errors import LONGEST_QUOTE, OfficeError, shortened


def test_what_is_quoted_at_great_length_is_shortened_in_the_middle() -> None:
    path = "/home/" + "x" * 5000 + "/office.chalkbook"
    said = str(OfficeError(f"The office “{path}” cannot be opened; check “{path}”."))
    assert said.startswith("The office “/home/xxx")
    assert said.count("…") == 2
    assert said.endswith("/office.chalkbook”.")
    assert len(said) < 2 * LONGEST_QUOTE + 60


def test_what_is_quoted_at_usual_length_stays() -> None:
    sentence = f"“{'x' * LONGEST_QUOTE}” is not an office; choose “another”."
    assert shortened(sentence) == sentence
    assert str(OfficeError(sentence)) == sentence
