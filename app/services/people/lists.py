"""Reading households and students; a tutor reads only those of the own students."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, select

from app.models.database import Snapshot
from app.models.people import Guardian, Household, Payer, Student
from app.models.values.policies import FamilyContacts
from app.models.values.schedule import local_date
from app.services.desk import Desk, fetch, zone
from app.services.people.requests import (
    GuardianRow,
    HouseholdDetail,
    HouseholdRow,
    PayerRow,
    StudentRow,
)
from app.services.people.shares import shares_on
from app.services.policies import Concern, rule_for
from app.services.rights import (
    NotYoursError,
    own_households,
    own_students,
    require_own_student,
)
from app.text import _

_DIGITS_LEFT = 2


class HouseholdLists:
    """Tells about households and students."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def households(self, *, with_archived: bool = False) -> tuple[HouseholdRow, ...]:
        """List the households by name; a tutor's are those of the own students."""
        query = select(Household).order_by(Household.name, Household.id)
        if not with_archived:
            query = query.where(Household.archived_at.is_(None))
        with self._desk.snapshot() as snapshot:
            own = self._own_households(snapshot)
            rows = [
                row for row in snapshot.scalars(query) if own is None or row.id in own
            ]
            return self._rows(snapshot, rows)

    def household(self, household_id: int) -> HouseholdDetail:
        """Tell everything about one household, as far as the actor may know it.

        Raises:
            MissingRecordError: There is none.
            NotYoursError: A tutor asked for a family of others.
        """
        with self._desk.snapshot() as snapshot:
            household = fetch(snapshot, Household, household_id, _("family"))
            own = self._own_households(snapshot)
            if own is not None and household_id not in own:
                raise NotYoursError(_("families"))
            on = local_date(self._desk.now(), zone(snapshot))
            (row,) = self._rows(snapshot, [household])
            return HouseholdDetail(
                row=row,
                language=household.language,
                channel=household.channel,
                notes=household.notes if own is None else "",
                payers=_payers(snapshot, household_id) if own is None else (),
                shares=shares_on(snapshot, on, household_id=household_id)
                if own is None
                else (),
                guardians=self._guardians(snapshot, household_id, on),
                students=self._students(snapshot, Student.household_id == household_id),
            )

    def students(self, *, with_archived: bool = False) -> tuple[StudentRow, ...]:
        """List the students by name; a tutor's are the own ones."""
        where = Student.archived_at.is_(None) if not with_archived else Student.id > 0
        with self._desk.snapshot() as snapshot:
            return self._students(snapshot, where)

    def student(self, student_id: int) -> StudentRow:
        """Tell about one student.

        Raises:
            MissingRecordError: There is none.
            NotYoursError: A tutor asked for a student of others.
        """
        with self._desk.snapshot() as snapshot:
            fetch(snapshot, Student, student_id, _("student"))
            require_own_student(snapshot, self._desk.actor, student_id)
            return self._students(snapshot, Student.id == student_id)[0]

    def _own_households(self, snapshot: Snapshot) -> frozenset[int] | None:
        actor = self._desk.actor
        if actor.is_office:
            return None
        return own_households(snapshot, actor.tutor_id or 0)

    def _rows(
        self, snapshot: Snapshot, households: Collection[Household]
    ) -> tuple[HouseholdRow, ...]:
        is_office = self._desk.actor.is_office
        ids = [household.id for household in households]
        students: dict[int, list[str]] = defaultdict(list)
        for student in self._students(snapshot, Student.household_id.in_(ids)):
            if not student.is_archived:
                students[student.household_id].append(student.name)
        payers: dict[int, list[str]] = defaultdict(list)
        if is_office:
            named = select(Payer.household_id, Payer.name).where(
                Payer.household_id.in_(ids), Payer.archived_at.is_(None)
            )
            for household_id, name in snapshot.execute(
                named.order_by(Payer.position, Payer.id)
            ):
                payers[household_id].append(name)
        return tuple(
            HouseholdRow(
                household.id,
                household.version,
                household.name,
                household.kind,
                household.currency,
                household.model if is_office else None,
                tuple(students[household.id]),
                tuple(payers[household.id]),
                household.archived_at is not None,
            )
            for household in households
        )

    def _students(
        self, snapshot: Snapshot, where: ColumnElement[bool]
    ) -> tuple[StudentRow, ...]:
        actor = self._desk.actor
        own = None
        if not actor.is_office:
            own = own_students(snapshot, actor.tutor_id or 0)
        query = (
            select(Student, Household.name)
            .join(Household, Household.id == Student.household_id)
            .where(where)
            .order_by(Student.name, Student.id)
        )
        return tuple(
            StudentRow(
                student.id,
                student.version,
                student.household_id,
                household,
                student.name,
                student.called,
                student.school_year,
                student.born_on,
                student.needs,
                student.home_place_id,
                student.archived_at is not None,
            )
            for student, household in snapshot.execute(query)
            if own is None or student.id in own
        )

    def _guardians(
        self, snapshot: Snapshot, household_id: int, on: date
    ) -> tuple[GuardianRow, ...]:
        show = "shown"
        actor = self._desk.actor
        if not actor.is_office:
            concern = Concern(household_id=household_id, tutor_id=actor.tutor_id)
            show = rule_for(snapshot, FamilyContacts, on, concern).show
        query = select(Guardian).where(Guardian.household_id == household_id)
        if not actor.is_office:
            query = query.where(Guardian.archived_at.is_(None))
        return tuple(
            _guardian(guardian, show)
            for guardian in snapshot.scalars(
                query.order_by(Guardian.position, Guardian.id)
            )
        )


def masked(text: str) -> str:
    """Hide a phone number or an e-mail address but for its last two characters."""
    return "•••" + text[-_DIGITS_LEFT:] if text else ""


def _guardian(guardian: Guardian, show: str) -> GuardianRow:
    phones, email = tuple(guardian.phones), guardian.email
    if show == "masked":
        phones, email = tuple(masked(phone) for phone in phones), masked(email)
    elif show != "shown":
        phones, email = (), ""
    return GuardianRow(
        guardian.id,
        guardian.version,
        guardian.position,
        guardian.name,
        guardian.relation,
        phones,
        email,
        guardian.channel,
        guardian.may_see,
        guardian.may_collect,
        {kind: date.fromisoformat(day) for kind, day in guardian.consents.items()},
        guardian.archived_at is not None,
    )


def _payers(snapshot: Snapshot, household_id: int) -> tuple[PayerRow, ...]:
    query = select(Payer).where(Payer.household_id == household_id)
    return tuple(
        PayerRow(
            payer.id,
            payer.version,
            payer.name,
            payer.address,
            payer.email,
            payer.phone,
            payer.tax_number,
            payer.reference,
            payer.archived_at is not None,
        )
        for payer in snapshot.scalars(query.order_by(Payer.position, Payer.id))
    )
