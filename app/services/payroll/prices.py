"""The price by rate of a session, for tutors who get a percentage of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.people import Household
from app.models.values.schedule import AttendanceState
from app.services.charging.by_rate import price_by_rate as charging_price
from app.services.charging.errors import MissingRateError
from app.services.charging.facts import SessionFacts as ChargedSession
from app.services.charging.facts import StudentFacts as ChargedStudent
from app.services.charging.loading import load_many
from app.services.payroll.facts import SessionFacts


class Prices:
    """The prices by rate of several sessions, read at once when first asked for."""

    def __init__(
        self, work: Snapshot | Transaction, sessions: Sequence[SessionFacts]
    ) -> None:
        self._work = work
        self._sessions = sessions

    def by_rate(self, session: SessionFacts, *, planned: bool) -> int | None:
        """Give the price by rate, net of tax, whatever pays for the session.

        Args:
            session: one of them, as it is paid, which may be tried out only.
            planned: by the planned minutes and the students that planned pay counts.

        Returns:
            Minor units; None where a student's place has no price, or one in another
            currency than pay.
        """
        households = {student.household_id for student in session.students}
        if {self._currencies[one] for one in households} - {session.currency}:
            return None
        facts = self._facts[session.session_id]
        outcomes = _outcomes(session, planned=planned)
        students = tuple(_as_paid(one, outcomes) for one in facts.students)
        try:
            return charging_price(replace(facts, students=students), as_planned=planned)
        except MissingRateError:
            return None

    @cached_property
    def _facts(self) -> Mapping[int, ChargedSession]:
        return load_many(self._work, [each.session_id for each in self._sessions])

    @cached_property
    def _currencies(self) -> Mapping[int, str]:
        households = {
            student.household_id for each in self._sessions for student in each.students
        }
        query = select(Household.id, Household.currency)
        rows = self._work.execute(query.where(Household.id.in_(households)))
        return dict(rows.all())


def _outcomes(
    session: SessionFacts, *, planned: bool
) -> dict[int, tuple[AttendanceState, int | None]]:
    if not planned:
        return {one.student_id: (one.state, one.minutes) for one in session.students}
    return {one.student_id: (AttendanceState.EXPECTED, None) for one in session.booked}


def _as_paid(
    student: ChargedStudent, outcomes: dict[int, tuple[AttendanceState, int | None]]
) -> ChargedStudent:
    nobody = (AttendanceState.CANCELLED_IN_TIME, None)
    state, minutes = outcomes.get(student.student_id, nobody)
    return replace(student, state=state, actual_minutes=minutes)
