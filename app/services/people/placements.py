"""Placements: a tutor matched with students for an offering, and who books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Select, select

from app.models.agreements import Contract
from app.models.catalog import Offering, Place
from app.models.database import Snapshot, Transaction
from app.models.people import Student, Tutor
from app.models.scheduling import Placement, PlacementStudent, Session
from app.models.values import entries
from app.models.values.billing import BillingModel, PriceLevel
from app.models.values.people import Trust
from app.models.values.schedule import PlacementState, TimeSpan, day_span, local_date
from app.models.values.terms import PriceTerms
from app.models.values.unchanged import UNCHANGED, Unchanged
from app.services.catalog import SetPrice, write_price
from app.services.concerned import SessionConcerned, sessions_concerned
from app.services.desk import Desk, fetch, zone
from app.services.people.checks import WEEK
from app.services.people.placement_errors import (
    AlreadyEndedError,
    NoStudentsError,
    StudentTwiceError,
    TooManyStudentsError,
)
from app.services.records import (
    Checks,
    as_is,
    change,
    cleaned,
    names_a_record,
    optional,
    read_at,
    usable,
)
from app.services.rights import require_self
from app.text import _

_FAR = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class MakePlacement:
    """A request to place students with a tutor.

    Attributes:
        model: how it is billed; None is the household's way.
        weekly_minutes, total_minutes: limits for a tutor who books.
        price: a price of its own, from the beginning.
    """

    tutor_id: int
    offering_id: int
    student_ids: tuple[int, ...]
    who_books: Trust = Trust.OFFICE_BOOKS
    model: BillingModel | None = None
    contract_id: int | None = None
    place_id: int | None = None
    weekly_minutes: int | None = None
    total_minutes: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    state: PlacementState = PlacementState.ACTIVE
    price: PriceTerms | None = None


@dataclass(frozen=True, slots=True)
class ChangePlacement:
    """A request to change a placement; its people stay."""

    placement_id: int
    version: int
    who_books: Trust | Unchanged = UNCHANGED
    model: BillingModel | Unchanged | None = UNCHANGED
    contract_id: int | Unchanged | None = UNCHANGED
    place_id: int | Unchanged | None = UNCHANGED
    weekly_minutes: int | Unchanged | None = UNCHANGED
    total_minutes: int | Unchanged | None = UNCHANGED
    from_on: date | Unchanged | None = UNCHANGED
    until_on: date | Unchanged | None = UNCHANGED


@dataclass(frozen=True, slots=True)
class PlacementEnded:
    """A placement that ended, and its sessions still planned after that day."""

    placement_id: int
    concerned: tuple[SessionConcerned, ...]


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement as lists show it; a tutor is told no model and no contract."""

    placement_id: int
    version: int
    tutor_id: int
    tutor: str
    offering_id: int
    offering: str
    student_ids: tuple[int, ...]
    students: tuple[str, ...]
    state: PlacementState
    who_books: Trust
    model: BillingModel | None
    contract_id: int | None
    place_id: int | None
    weekly_minutes: int | None
    total_minutes: int | None
    from_on: date | None
    until_on: date | None


class Placements:
    """Keeps who teaches whom; a tutor sees only the own placements."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make_placement(self, request: MakePlacement) -> int:
        """Place students with a tutor for an offering.

        Raises:
            NoStudentsError: Nobody is placed.
            StudentTwiceError: A student is listed twice.
            TooManyStudentsError: They are more than the offering's group.
            ArchivedError: The tutor, a student, the offering or place is archived.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, _CHECKS)
        entries.in_order(request.from_on, request.until_on)
        with self._desk.transaction(_("Make a placement")) as transaction:
            _require_people(transaction, request)
            _require_named(transaction, values)
            placement = Placement(
                tutor_id=request.tutor_id,
                offering_id=request.offering_id,
                state=request.state,
                made_at=transaction.at,
                **values,
            )
            transaction.add(placement)
            transaction.flush()
            for position, student_id in enumerate(request.student_ids):
                transaction.add(
                    PlacementStudent(
                        placement_id=placement.id,
                        student_id=student_id,
                        position=position,
                    )
                )
            if request.price is not None:
                _write_price(transaction, placement.id, request.price)
            return placement.id

    def change_placement(self, request: ChangePlacement) -> None:
        """Change how a placement is booked, billed or limited.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, _CHECKS)
        with self._desk.transaction(_("Change a placement")) as transaction:
            placement = read_at(
                transaction,
                Placement,
                request.placement_id,
                request.version,
                _("placement"),
            )
            _require_named(transaction, values)
            change(placement, values)
            entries.in_order(placement.from_on, placement.until_on)

    def end_placement(
        self, placement_id: int, on: date | None = None, version: int | None = None
    ) -> PlacementEnded:
        """End a placement with a day, today unless said; sessions stay as planned.

        Raises:
            AlreadyEndedError: It has ended.
            DatesError: The day lies before its first.
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("End a placement")) as transaction:
            placement = read_at(
                transaction, Placement, placement_id, version, _("placement")
            )
            if placement.state is PlacementState.ENDED:
                raise AlreadyEndedError
            here = zone(transaction)
            last = on or local_date(transaction.at, here)
            entries.in_order(placement.from_on, last)
            placement.state = PlacementState.ENDED
            placement.until_on = last
            after = day_span(last, here).end
            ahead = sessions_concerned(
                transaction,
                TimeSpan(after, after + _FAR),
                tutor_id=placement.tutor_id,
            )
            of_it = set(
                transaction.scalars(
                    select(Session.id).where(Session.placement_id == placement_id)
                )
            )
            return PlacementEnded(
                placement_id,
                tuple(one for one in ahead if one.session_id in of_it),
            )

    def placements(
        self,
        *,
        tutor_id: int | None = None,
        student_id: int | None = None,
        with_ended: bool = False,
    ) -> tuple[PlacementRow, ...]:
        """List placements by tutor, student or all; a tutor's are the own.

        Raises:
            NotYoursError: A tutor asked for another's.
        """
        actor = self._desk.actor
        if not actor.is_office:
            tutor_id = actor.tutor_id or 0 if tutor_id is None else tutor_id
            require_self(actor, tutor_id, _("placements"))
        query = _listed().where(Placement.archived_at.is_(None))
        if tutor_id is not None:
            query = query.where(Placement.tutor_id == tutor_id)
        if student_id is not None:
            seats = select(PlacementStudent.placement_id)
            query = query.where(
                Placement.id.in_(seats.where(PlacementStudent.student_id == student_id))
            )
        if not with_ended:
            query = query.where(Placement.state != PlacementState.ENDED)
        with self._desk.snapshot() as snapshot:
            return _rows(
                snapshot,
                snapshot.execute(query).all(),
                is_office=actor.is_office,
            )

    def placement(self, placement_id: int) -> PlacementRow:
        """Tell about one placement.

        Raises:
            MissingRecordError: There is none.
            NotYoursError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            row = fetch(snapshot, Placement, placement_id, _("placement"))
            require_self(self._desk.actor, row.tutor_id, _("placements"))
            found = snapshot.execute(_listed().where(Placement.id == placement_id))
            is_office = self._desk.actor.is_office
            return _rows(snapshot, found.all(), is_office=is_office)[0]


def _require_people(transaction: Transaction, request: MakePlacement) -> None:
    usable(transaction, Tutor, request.tutor_id, _("tutor"))
    offering = usable(transaction, Offering, request.offering_id, _("offering"))
    if not request.student_ids:
        raise NoStudentsError
    seen: set[int] = set()
    for student_id in request.student_ids:
        student = usable(transaction, Student, student_id, _("student"))
        if student_id in seen:
            raise StudentTwiceError(student.name)
        seen.add(student_id)
    if len(seen) > offering.group_size:
        raise TooManyStudentsError(offering.name, offering.group_size, len(seen))


def _require_named(transaction: Transaction, values: dict[str, Any]) -> None:
    names_a_record(transaction, Contract, values.get("contract_id"), _("contract"))
    names_a_record(transaction, Place, values.get("place_id"), _("place"))


def _write_price(
    transaction: Transaction, placement_id: int, price: PriceTerms
) -> None:
    request = SetPrice(
        level=PriceLevel.PLACEMENT,
        placement_id=placement_id,
        per=price.per,
        amount=price.amount,
        tiers=price.tiers,
    )
    write_price(transaction, request)


def _listed() -> Select[Placement, str, str]:
    return (
        select(Placement, Tutor.name, Offering.name)
        .join(Tutor, Tutor.id == Placement.tutor_id)
        .join(Offering, Offering.id == Placement.offering_id)
        .order_by(Tutor.name, Placement.id)
    )


def _rows(
    snapshot: Snapshot,
    found: Sequence[tuple[Placement, str, str]],
    *,
    is_office: bool,
) -> tuple[PlacementRow, ...]:
    students = _students(snapshot, [row.id for row, _tutor, _offering in found])
    return tuple(
        PlacementRow(
            placement_id=row.id,
            version=row.version,
            tutor_id=row.tutor_id,
            tutor=tutor,
            offering_id=row.offering_id,
            offering=offering,
            student_ids=tuple(student_id for student_id, _name in students[row.id]),
            students=tuple(name for _student_id, name in students[row.id]),
            state=row.state,
            who_books=row.who_books,
            model=row.model if is_office else None,
            contract_id=row.contract_id if is_office else None,
            place_id=row.place_id,
            weekly_minutes=row.weekly_minutes,
            total_minutes=row.total_minutes,
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row, tutor, offering in found
    )


def _students(
    snapshot: Snapshot, placement_ids: Collection[int]
) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    query = (
        select(PlacementStudent.placement_id, Student.id, Student.name)
        .join(Student, Student.id == PlacementStudent.student_id)
        .where(PlacementStudent.placement_id.in_(placement_ids))
        .order_by(PlacementStudent.position, PlacementStudent.id)
    )
    for placement_id, student_id, name in snapshot.execute(query):
        found[placement_id].append((student_id, name))
    return found


_CHECKS: Checks = {
    "who_books": Trust,
    "model": optional(BillingModel),
    "contract_id": as_is,
    "place_id": as_is,
    "weekly_minutes": optional(
        partial(entries.whole, what=_("minutes a week"), low=1, high=WEEK)
    ),
    "total_minutes": optional(
        partial(entries.whole, what=_("minutes altogether"), low=1, high=1_000_000)
    ),
    "from_on": as_is,
    "until_on": as_is,
}
