"""Carries out every check, on one consistent view of the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.models.database import Snapshot
from app.services.checking.chains import (
    check_document_chain,
    check_journal_chain,
    check_pay_chain,
    check_payment_chain,
)
from app.services.checking.completeness import (
    check_charges,
    check_decided,
    check_pay,
)
from app.services.checking.counting import check_counted_once, check_taken_back
from app.services.checking.findings import Check, Finding
from app.services.checking.ledger import (
    check_balances,
    check_charges_once,
    check_documents,
    check_lines,
    check_numbers,
    check_packages,
    check_statements,
)
from app.services.checking.records import check_records
from app.services.checking.storage import check_guard, check_schema, check_storage
from app.services.checking.timetable import check_clashes
from app.services.desk import Desk
from app.text import _

_FIRST: tuple[Check, ...] = (check_storage, check_schema)
_CHECKS: tuple[Check, ...] = (
    check_guard,
    check_clashes,
    check_decided,
    check_charges,
    check_pay,
    check_documents,
    check_numbers,
    check_lines,
    check_charges_once,
    check_counted_once,
    check_taken_back,
    check_balances,
    check_packages,
    check_statements,
    check_journal_chain,
    check_records,
    check_document_chain,
    check_payment_chain,
    check_pay_chain,
)
# What reading a value raises that no version of the program has written.
_SENSELESS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Checked:
    """What all checks together found."""

    findings: tuple[Finding, ...]

    @property
    def is_ok(self) -> bool:
        """Say whether nothing is wrong."""
        return not any(finding.is_error for finding in self.findings)


class Checking:
    """Checks the whole office."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self) -> Checked:
        """Carry out every check; a damaged or foreign schema ends it early.

        Raises:
            OfficeOnlyError: A tutor asked.
            UnavailableError: The database does not answer, or cannot be read at all.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            found = [finding for check in _FIRST for finding in check(snapshot)]
            if not any(finding.is_error for finding in found):
                for check in _CHECKS:
                    found.extend(_carried_out(check, snapshot))
        return Checked(tuple(found))


def _carried_out(check: Check, snapshot: Snapshot) -> Iterator[Finding]:
    """Carry out a check; a record that makes no sense at all is a finding too."""
    try:
        yield from check(snapshot)
    except _SENSELESS as error:
        snapshot.expunge_all()
        yield Finding(
            "unreadable",
            _("A record cannot be understood ({what}), so “{check}” stopped.").format(
                what=error, check=check.__name__.removeprefix("check_")
            ),
        )
