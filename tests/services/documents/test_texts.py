"""Texts on paper: glyphs, widths, lines, shortening, cleaning; any string at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.documents.cleaning import LONGEST, clean
from app.services.documents.lettering import missing, runs, width
from app.services.documents.style import AMOUNT, BODY, FINE, KIND, STRONG, Type
from app.services.documents.wrapping import elided, packed, wrapped

texts = st.text(max_size=200)
types = st.sampled_from([BODY, STRONG, FINE, KIND, AMOUNT])
SLACK = 0.02


@given(texts, types)
def test_any_text_has_a_width(text: str, kind: Type) -> None:
    assert width(text, kind) >= -kind.size
    for run in runs(text, kind.weight):
        assert run.shown.endswith((" Tj", " TJ"))


@pytest.mark.parametrize("kind", [BODY, STRONG, AMOUNT])
def test_digits_are_equally_wide(kind: Type) -> None:
    assert len({width(digit, kind) for digit in "0123456789"}) == 1
    assert width("11.11", kind) == width("40.70", kind)


def test_letters_are_kerned_with_and_without_accents() -> None:
    apart = width("T", BODY) + width("o", BODY)
    assert width("To", BODY) < apart
    assert width("Tö", BODY) < apart
    assert "TJ" in runs("To", "Regular")[0].shown


@pytest.mark.parametrize(
    ("text", "fonts"),
    [
        ("Anna", ["FR0"]),
        ("Αθηνά", ["FR1"]),
        ("Жук", ["FR2"]),
        ("Nguyễn", ["FR0", "FR3", "FR0"]),
    ],
)
def test_alphabets_have_their_own_cuts(text: str, fonts: list[str]) -> None:
    assert [run.font for run in runs(text, "Regular")] == fonts


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Zoë Łukasz ẞ €", ""),
        ("你好 你", "你好"),
        ("\ufb01 \uff26ull ½", ""),
        ("a\u200bb", ""),
    ],
)
def test_missing_characters_are_named_once(text: str, lacking: str) -> None:
    assert missing(text) == lacking


def test_compatible_forms_stand_in() -> None:
    assert runs("\uff26", "Regular") == runs("F", "Regular")


@given(texts)
def test_cleaning_leaves_no_control_characters(text: str) -> None:
    found = clean(text)
    assert clean(found) == found
    assert not any(ord(char) < 32 or char in "\u200b\u202e" for char in found)


@given(texts, types, st.floats(20, 500))
def test_wrapping_keeps_every_letter_and_the_width(
    text: str, kind: Type, room: float
) -> None:
    lines = wrapped(text, kind, room)
    shown = clean("".join(lines))
    assert "".join(shown.split()) == "".join(clean(text).split())
    for line in lines:
        assert width(line, kind) <= room + SLACK or len(line) == 1


@given(texts, types, st.floats(30, 500), st.integers(1, 3))
def test_wrapping_keeps_to_its_number_of_lines(
    text: str, kind: Type, room: float, most: int
) -> None:
    assert 1 <= len(wrapped(text, kind, room, most)) <= most


@given(texts, types, st.floats(30, 500))
def test_shortened_texts_fit(text: str, kind: Type, room: float) -> None:
    short = elided(text, kind, room)
    assert width(short, kind) <= room + SLACK
    assert short == text or short.endswith("…") or short == clean(text)


def test_no_text_is_endless() -> None:
    lines = wrapped("x" * 3_000_000, BODY, 400)
    assert sum(map(len, lines)) == LONGEST + 1
    assert lines[-1] == "…"
    assert len(elided("x" * 3_000_000, BODY, 400)) < 100


def test_parts_are_never_broken() -> None:
    parts = ["Lindenstraße 12", "10969 Berlin", "+49 30 555 0142"]
    lines = packed(parts, BODY, 130, 3)
    assert " · ".join(lines) == " · ".join(parts)
    assert len(lines) > 1
    assert packed(["a" * 500], BODY, 100, 2)[0].endswith("…")
