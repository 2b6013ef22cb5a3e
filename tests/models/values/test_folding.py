"""Names are found however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.folding import folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Łukasz", "lukasz"),
        ("Ørsted", "orsted"),
        ("Weiß", "weiss"),
        ("Đorđe", "dorde"),
        ("Ångström  É", "angstrom e"),
        ("\ufb01sh", "fish"),
        ("İstanbul ISI", "istanbul isi"),
        ("Ana\u00a0María", "ana maria"),
    ],
)
def test_folds(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text())
def test_folding_again_changes_nothing_and_leaves_one_line(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert "\n" not in once
