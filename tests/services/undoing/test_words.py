"""Names of fields and records as a person would say them."""

from __future__ import annotations

from app.models.base import Model
from app.services.undoing.words import PARTS, parts_of, table_words


def test_tables_are_named_in_office_words() -> None:
    assert table_words("close_out") == "close-out"
    assert table_words("attendance") == "place of a student"
    assert table_words("mileage_claim") == "mileage claim"


def test_every_part_belongs_to_its_whole() -> None:
    for kind in PARTS:
        assert kind in Model.metadata.tables
        assert len(parts_of(kind)) == len(PARTS[kind])
    assert parts_of("task") == ()
