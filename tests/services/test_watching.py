"""A desk hears what the others committed, and only that."""

from __future__ import annotations

from pathlib import Path

from app.bootstrap import open_office
from app.services.office import Office
from tests.factories import Make


def test_a_commit_of_another_desk_is_told_once(
    office: Office, make: Make, address: str
) -> None:
    make.office()
    seen = office.watching.latest()
    other = open_office(address)
    other.catalog.add_subject("Chemistry")
    other.close()
    changes = office.watching.since(seen)
    assert changes.tables == {"subject"}
    assert changes.sequence > seen
    assert not office.watching.since(changes.sequence).tables


def test_an_office_without_a_journal_is_at_its_beginning(office: Office) -> None:
    assert office.watching.latest() == 0
    assert office.watching.since(0).tables == frozenset()


def test_a_restored_office_has_changed_all_over(
    office: Office, make: Make, tmp_path: Path
) -> None:
    make.office()
    made = office.backups.back_up(tmp_path)
    for name in ("Chemistry", "Latin"):
        office.catalog.add_subject(name)
    seen = office.watching.latest()
    office.backups.restore(made.path, tmp_path)
    changes = office.watching.since(seen)
    assert changes.touch("subject")
    assert changes.touch("session")
    assert changes.sequence == office.watching.latest() < seen
    assert not office.watching.since(changes.sequence).tables
    for name in ("Art", "Botany", "Music"):  # more than was lost, while nobody looks
        office.catalog.add_subject(name)
    seen = office.watching.latest()
    office.backups.restore(made.path, tmp_path)
    for name in ("Dance", "Botany", "Music", "Art"):
        office.catalog.add_subject(name)
    assert office.watching.since(seen).touch("session")
