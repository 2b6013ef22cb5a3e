"""Texts in sheets: whatever a spreadsheet would run is only shown."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.sheets import cell, write_sheet
from tests.conventions import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
HOSTILE = CORPORA / "hostile" / "inputs.json"
NAUGHTY = CORPORA / "strings" / "blns.json"
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-5", "'-5"),
        ("@me", "'@me"),
        (" =1", "' =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("\t=1", "'\t=1"),
        ("\u200b=1", "'\u200b=1"),
        ("\u2003\u202e \u3000=1", "'\u2003\u202e \u3000=1"),
        ("\0=1", "'\0=1"),
        ("\uff1d1", "'\uff1d1"),  # a wide =
        ("\u200d\ufe62" + "1", "'\u200d\ufe62" + "1"),  # a small +
        ("\u200bname", "\u200bname"),
        ("\u200b", "\u200b"),
        ("1-2", "1-2"),
        ("'quoted", "'quoted"),
        ("", ""),
        ("Łódź; 5,0", "Łódź; 5,0"),
    ],
)
def test_a_leading_sign_is_defused(text: str, written: str) -> None:
    assert cell(text) == written


@given(st.text())
def test_any_text_comes_back_and_none_begins_with_a_sign(text: str) -> None:
    written = cell(text)
    assert written in {text, f"'{text}"}
    assert not written.startswith(RUNS)
    assert not written.lstrip(" ").startswith(RUNS)


def can_be_kept(text: str) -> bool:
    """Say whether a database takes a text at all."""
    return "\0" not in text and text.encode("utf-8", "ignore").decode() == text


@pytest.mark.skipif(not HOSTILE.exists(), reason="the corpora are not here")
def test_hostile_texts_survive_a_sheet(tmp_path: Path) -> None:
    hostile = [case["input"] for case in json.loads(HOSTILE.read_text())["cases"]]
    texts = [*hostile, *json.loads(NAUGHTY.read_text())]
    texts = [text for text in texts if isinstance(text, str) and can_be_kept(text)]
    rows = [[cell(text), str(number)] for number, text in enumerate(texts)]
    assert write_sheet(tmp_path / "a.csv", ["text", "number"], rows) == len(texts) > 300
    head, *found = read(tmp_path / "a.csv")
    assert head == ["text", "number"]
    assert found == rows


def test_a_negative_number_stays_a_number(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.csv", ["amount"], [["-5"]])
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfamount\r\n-5\r\n"
