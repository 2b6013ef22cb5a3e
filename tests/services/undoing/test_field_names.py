"""Fields of the journal have names that people in an office use."""

from __future__ import annotations

from app.models.base import Model
from app.services.undoing.field_names import FIELDS, field_words


def test_fields_are_named_by_their_table_and_else_by_themselves() -> None:
    assert field_words("charge_reason", "attendance") == "why not charged"
    assert field_words("starts_at", "session") == "start"
    named = ("former_weekday_id", "held_at", "counted_on")
    assert [field_words(name) for name in named] == [
        "former weekday",
        "held",
        "counted",
    ]


def test_every_name_is_of_a_field_that_is_there() -> None:
    tables = Model.metadata.tables
    columns = {column.name for table in tables.values() for column in table.columns}
    columns |= {f"{t.name}.{column.name}" for t in tables.values() for column in t.c}
    assert FIELDS.keys() <= columns
