"""Records are compared and remade by what the journal kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.models.base import Model
from app.models.catalog import TaxCode
from app.models.office import JournalEntry
from app.models.people import Student
from app.models.recording import CHANGED, to_plain
from app.models.scheduling import Session
from app.models.values.schedule import SessionStatus
from app.services.undoing.errors import NotKeptError
from app.services.undoing.records import kept_values, models, remake, traces
from tests.services.closing.world import World


def test_every_kind_of_record_is_known_by_its_table() -> None:
    mapped = {mapper.class_ for mapper in Model.registry.mappers}
    assert set(models().values()) == mapped
    assert models()["session"] is Session


def test_journalled_values_become_column_values_again() -> None:
    values = {
        "status": SessionStatus.NO_SHOW,
        "starts_at": datetime(2026, 3, 3, 16, tzinfo=UTC),
        "changed_fields": ["room"],
        "is_trial": True,
        "room_id": None,
    }
    plain = {name: to_plain(value) for name, value in values.items()}
    assert kept_values(Session, {**plain, "no_such_column": 1}) == values
    born = {"born_on": date(2014, 5, 1)}
    assert kept_values(Student, {"born_on": "2014-05-01"}) == born
    assert kept_values(TaxCode, {"rate": "7.50"}) == {"rate": Decimal("7.50")}


def test_protected_texts_are_not_guessed() -> None:
    with pytest.raises(NotKeptError):
        kept_values(Student, {"needs": CHANGED})
    assert kept_values(Student, {"needs": ""}) == {"needs": ""}


def test_a_record_is_made_again_with_its_number(world: World) -> None:
    step = world.make.save(TaxCode(name="Odd", rate=Decimal("6.5")))
    with world.database.snapshot() as snapshot:
        last = snapshot.scalar(select(func.max(JournalEntry.step)))
        (trace,) = traces(snapshot, last or 0)
    assert (trace.table, trace.row_id, trace.before) == ("tax_code", step, None)
    with world.make.transaction() as transaction:
        found = transaction.get(TaxCode, step)
        transaction.delete(found)
    with world.database.snapshot() as snapshot:
        last = snapshot.scalar(select(func.max(JournalEntry.step)))
        gone = traces(snapshot, last or 0)
    with world.make.transaction() as transaction:
        remake(transaction, gone)
    with world.database.snapshot() as snapshot:
        again = snapshot.get(TaxCode, step)
        assert again is not None
        assert (again.name, again.rate) == ("Odd", Decimal("6.5"))
