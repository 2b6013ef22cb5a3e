"""Asks the services what came out of a money story, in the story's own names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.models.values.billing import DocumentKind
from app.services.billing.completeness import Proof
from app.services.billing.ledger import DocumentRow, FindDocuments
from app.services.desk import Desk
from app.services.office import Office
from app.services.payroll.lines import LinesOf
from app.services.payroll.requests import LineRow
from tests.golden.names import Names

_FROM, _UNTIL = date(1990, 1, 1), date(2100, 1, 1)


class Outcome:
    """What stands in the books at the end; amounts in minor units."""

    def __init__(self, office: Office, desk: Desk, names: Names) -> None:
        self._office = office
        self._proof = Proof(desk)
        self._payers = {row: name for (_, name), row in names.payers.items()}
        self._sessions = _turned(names.sessions)
        self._students = _turned(names.students)
        self._tutors = _turned(names.tutors)
        self._names = names

    def documents(self, kind: DocumentKind) -> list[dict[str, Any]]:
        """List invoices or credit notes in the order of issue."""
        rows = self._office.ledger.documents(FindDocuments(kind=kind))
        ordered = sorted(rows, key=lambda row: row.document_id)
        return [self._document(row) for row in ordered]

    def waiting(self) -> list[dict[str, Any]]:
        """List the charges on no document."""
        return [
            {
                "payer": self._payers[row.payer_id],
                "session": self._sessions.get(row.session_id),
                "student": self._students.get(row.student_id),
                "kind": row.kind,
                "minutes": row.minutes,
                "amount": row.amount,
            }
            for row in self._proof.waiting()
        ]

    def reasons(self) -> dict[str, str | None]:
        """Say why places are not charged: by session and student, as ``s1/cleo``."""
        return {
            f"{self._sessions[row.session_id]}/{self._students[row.student_id]}": (
                row.reason
            )
            for row in self._proof.reasons(_FROM, _UNTIL)
        }

    def statements(self) -> list[dict[str, Any]]:
        """List the pay statements in order of run, then of the tutors' names."""
        lines: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
        for row in self._office.pay_lines.lines(LinesOf()):
            lines[row.statement_id].append(self._pay_line(row))
        rows = self._office.pay_runs.statements()
        return [
            {
                "tutor": row.tutor,
                "total": row.net,
                "lines": lines[row.statement_id],
            }
            for row in sorted(rows, key=lambda row: (row.pay_run_id, row.tutor))
        ]

    def unpaid(self) -> list[dict[str, Any]]:
        """List the live pay lines on no run."""
        return [
            self._pay_line(row)
            for row in self._office.pay_lines.lines(LinesOf(only_unpaid=True))
            if not row.is_reversal
        ]

    def balances(self) -> dict[str, int]:
        """Say what each payer owes; of two of one name the household's is said too."""
        owed = self._office.ledger.balances()
        names = Counter(self._payers.values())
        found: dict[str, int] = {}
        for (household, name), row in self._names.payers.items():
            key = name if names[name] == 1 else f"{household}/{name}"
            found[key] = owed.get(row, 0)
        return found

    def package_left(self) -> dict[str, int]:
        """Say what students, and households, can still use; what ran out is gone."""
        self._office.packages.expire_due()
        left: dict[str, int] = defaultdict(int)
        households = _turned(self._names.households)
        for lot in self._office.packages.lots(with_ended=True):
            household = households[lot.household_id]
            if lot.student_id is not None:
                left[self._students[lot.student_id]] += lot.left
                continue
            left[household] += lot.left
            for student in self._students_of(lot.household_id):
                left[student] += lot.left
        return left

    def _document(self, row: DocumentRow) -> dict[str, Any]:
        return {
            "payer": self._payers[row.payer_id],
            "net": row.net,
            "tax": row.tax,
            "total": row.total,
            "open": row.open,
            "lines": [
                {
                    "payer": self._payers[row.payer_id],
                    "session": self._sessions.get(line.session_id),
                    "student": self._students.get(line.student_id),
                    "kind": line.kind,
                    "minutes": line.minutes,
                    "amount": line.amount,
                }
                for line in self._office.ledger.lines(row.document_id)
            ],
        }

    def _pay_line(self, row: LineRow) -> dict[str, Any]:
        return {
            "tutor": self._tutors[row.tutor_id],
            "session": self._sessions.get(row.session_id),
            "kind": row.kind,
            "minutes": row.minutes,
            "amount": row.amount,
        }

    def _students_of(self, household_id: int) -> list[str]:
        detail = self._office.households.household(household_id)
        return [row.name for row in detail.students]


def _turned(ids: Mapping[str, int]) -> dict[int | None, str]:
    return {row: name for name, row in ids.items()}
