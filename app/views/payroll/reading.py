"""What payroll's views read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.office import Office
from app.services.payroll.book import PayTable
from app.services.payroll.requests import PayRunOf, PayRunRow, StatementRow


@dataclass(frozen=True, slots=True)
class Tutors:
    """Names and colours of everybody who may be paid, by id."""

    names: dict[int, str]
    colours: dict[int, int]


@dataclass(frozen=True, slots=True)
class Payroll:
    """Every run, and the chosen one tutor by tutor.

    Attributes:
        chosen: none where there is no run yet.
    """

    runs: tuple[PayRunRow, ...]
    tutors: Tutors
    chosen: PayRunRow | None
    table: PayTable


def read_tutors(office: Office) -> Tutors:
    """Read names and colours."""
    rows = office.tutors.tutors(with_archived=True)
    return Tutors(
        {row.tutor_id: row.name for row in rows},
        {row.tutor_id: row.colour for row in rows},
    )


def read_payroll(office: Office, pay_run_id: int) -> Payroll:
    """Read every run and the wanted one, else the newest."""
    runs = office.pay_runs.runs()
    chosen = next((run for run in runs if run.pay_run_id == pay_run_id), None)
    if chosen is None:
        lasting = [run for run in runs if not run.is_cancelled]
        chosen = next(iter(lasting or runs), None)
    table = office.pay_book.table(chosen.pay_run_id) if chosen else PayTable(())
    return Payroll(runs, read_tutors(office), chosen, table)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A run that could be made."""

    of: PayRunOf
    table: PayTable
    tutors: Tutors


def read_proposed(office: Office, of: PayRunOf) -> Proposed:
    """Read what a run would pay."""
    return Proposed(of, office.pay_book.preview(of), read_tutors(office))


def read_own(office: Office) -> tuple[StatementRow, ...]:
    """Read a tutor's own statements, the latest first."""
    return tuple(reversed(office.pay_runs.statements()))
