"""What students and families wish of tutors; only the office sees wishes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.models.people import Household, Preference, Student, Tutor
from app.models.values import entries
from app.models.values.people import PreferenceKind
from app.services.desk import Desk
from app.services.people.placement_errors import WishOwnerError
from app.services.records import names_a_record, read_at
from app.text import _


@dataclass(frozen=True, slots=True)
class AddPreference:
    """A request to note a wish: one of student and household, one of tutor and trait.

    Attributes:
        trait: such as ``patient`` or ``speaks de``.
    """

    kind: PreferenceKind
    student_id: int | None = None
    household_id: int | None = None
    tutor_id: int | None = None
    trait: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PreferenceRow:
    """A wish as the office's lists show it."""

    preference_id: int
    version: int
    kind: PreferenceKind
    student_id: int | None
    household_id: int | None
    tutor_id: int | None
    trait: str
    reason: str


class Preferences:
    """Keeps wishes about tutors and traits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_preference(self, request: AddPreference) -> int:
        """Note a wish.

        Raises:
            WishOwnerError: It is nobody's, or about nothing.
            ArchivedError: Somebody named is archived.
        """
        self._desk.require_office()
        trait = entries.short(request.trait, _("trait"))
        reason = entries.lines(request.reason, _("reason"))
        is_one = (request.student_id is None) != (request.household_id is None)
        if not is_one or (request.tutor_id is None) != bool(trait):
            raise WishOwnerError
        with self._desk.transaction(_("Note a wish")) as transaction:
            names_a_record(transaction, Student, request.student_id, _("student"))
            names_a_record(transaction, Household, request.household_id, _("family"))
            names_a_record(transaction, Tutor, request.tutor_id, _("tutor"))
            wish = Preference(
                kind=PreferenceKind(request.kind),
                student_id=request.student_id,
                household_id=request.household_id,
                tutor_id=request.tutor_id,
                trait=trait,
                reason=reason,
            )
            transaction.add(wish)
            transaction.flush()
            return wish.id

    def archive_preference(
        self, preference_id: int, version: int | None = None
    ) -> None:
        """Take a wish back.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Take a wish back")) as transaction:
            wish = read_at(transaction, Preference, preference_id, version, _("wish"))
            wish.archived_at = transaction.at

    def preferences(
        self, *, student_id: int | None = None, household_id: int | None = None
    ) -> tuple[PreferenceRow, ...]:
        """List the wishes of a student or a household, or of everybody."""
        self._desk.require_office()
        query = select(Preference).where(Preference.archived_at.is_(None))
        if student_id is not None:
            query = query.where(Preference.student_id == student_id)
        if household_id is not None:
            query = query.where(Preference.household_id == household_id)
        with self._desk.snapshot() as snapshot:
            return tuple(
                PreferenceRow(
                    row.id,
                    row.version,
                    row.kind,
                    row.student_id,
                    row.household_id,
                    row.tutor_id,
                    row.trait,
                    row.reason,
                )
                for row in snapshot.scalars(query.order_by(Preference.id))
            )
