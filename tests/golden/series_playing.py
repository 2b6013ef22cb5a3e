"""Plays series cases through the services, and asks what sessions stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import singledispatchmethod
from typing import Any
from zoneinfo import ZoneInfo

from app.models.values.billing import PricePer
from app.models.values.payroll import PayLevel
from app.models.values.schedule import TimeSpan, wall_clock
from app.models.values.terms import PriceTerms
from app.models.values.unchanged import UNCHANGED
from app.services.catalog.requests import AddOffering
from app.services.closing.requests import CloseSession
from app.services.days import AddClosure
from app.services.office import Office
from app.services.people.requests import AddHousehold, AddStudent, NewPayer
from app.services.places.requests import AddPlace, AddRoom
from app.services.profile import EXEMPT
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import (
    BookSeries,
    BookSession,
    CancelSeries,
    EditSeries,
    ExtendSeries,
)
from tests.golden import series_story as form
from tests.golden.founding import add_tutor, set_up
from tests.golden.names import Names, acting, known, pay_request
from tests.golden.series_story import DAYS, SeriesStory
from tests.golden.steps import Step
from tests.golden.strict import CaseError
from tests.golden.terms import PAY, PRICE, OfficeTerms, PayAsked
from tests.golden.timing import CaseClock

_EVER = TimeSpan(
    datetime(1990, 1, 1, tzinfo=UTC),
    datetime(2100, 1, 1, tzinfo=UTC),
)
_FAMILY, _SOLD = "family", "lessons"


class SeriesPlayer:
    """An office with nothing but what a series case names, and what happens there."""

    def __init__(self, office: Office, told: SeriesStory, clock: CaseClock) -> None:
        self._office = office
        self._clock = clock
        self._zone = ZoneInfo(told.office.zone)
        self._names = Names(told.office.currency)
        self._rooms: dict[str, int] = {}
        self._series: dict[str, int] = {}
        self._offering = self._found(told)

    def play(self, step: Step) -> None:
        """Do a step.

        Raises:
            CaseError: It names what is nowhere in the case.
            OfficeError: The services refuse it.
        """
        self._do(step, acting(self._office, step, self._names))

    def sessions(self) -> list[dict[str, Any]]:
        """List the sessions that are not cancelled, by start."""
        return [
            {
                "start": wall_clock(card.starts_at, self._zone),
                "minutes": (card.ends_at - card.starts_at) // timedelta(minutes=1),
                "tutor": card.tutors[0][1],
                "room": self._office.timetable.session(card.session_id).room or None,
                "status": card.status,
            }
            for card in self._cards()
        ]

    @singledispatchmethod
    def _do(self, step: Step, _office: Office) -> None:
        raise CaseError(type(step).__name__, "nobody knows how to do this step")

    @_do.register
    def _(self, step: form.BookSeries, office: Office) -> None:
        repeat = step.repeat
        booked = office.series.book_series(
            BookSeries(
                self._offering,
                (self._tutor(step.tutor),),
                self._students(step.students),
                step.start,
                step.minutes,
                every_weeks=repeat.every_weeks,
                weekdays=tuple(DAYS.index(day) for day in repeat.days),
                until_on=repeat.until,
                count=repeat.count,
                room_id=self._room(step.room),
                on_clash=step.on_clash,
                on_closure=step.on_closure,
                accept_soft=True,
            )
        )
        self._series[step.series] = booked.series_id

    @_do.register
    def _(self, step: form.BookOne, office: Office) -> None:
        office.bookings.book(
            BookSession(
                self._offering,
                (self._tutor(step.tutor),),
                self._students(step.students),
                step.start,
                step.minutes,
                room_id=self._room(step.room),
                accept_soft=True,
            )
        )

    @_do.register
    def _(self, step: form.Edit, office: Office) -> None:
        new = step.set
        office.series.edit(
            EditSeries(
                self._at(step.series, step.at).session_id,
                step.scope,
                start=new.get("start"),
                minutes=new.get("minutes"),
                tutor_ids=(self._tutor(new["tutor"]),) if "tutor" in new else None,
                room_id=self._room(new["room"]) if "room" in new else UNCHANGED,
                include_changed=step.include_changed,
                on_clash=step.on_clash,
                accept_soft=True,
            )
        )

    @_do.register
    def _(self, step: form.CancelSeries, office: Office) -> None:
        session_id = self._at(step.series, step.at).session_id
        office.series.cancel_series(CancelSeries(session_id, step.scope))

    @_do.register
    def _(self, step: form.Extend, office: Office) -> None:
        series_id = known(self._series, step.series, "series")
        office.series.extend(ExtendSeries(series_id, step.until, accept_soft=True))

    @_do.register
    def _(self, step: form.CloseOne, office: Office) -> None:
        card = self._at(step.series, step.at)
        self._clock.reach(card.ends_at)
        office.close_outs.close(CloseSession(card.session_id))

    def _found(self, told: SeriesStory) -> int:
        office, names = self._office, self._names
        terms = OfficeTerms(currency=told.office.currency, zone=told.office.zone)
        set_up(office, terms)
        for closed in told.office.closures:
            office.days.add_closure(AddClosure(closed.name, closed.from_, closed.to))
        place = office.places.add_place(AddPlace("Office"))
        for name in dict.fromkeys(_named(told, "room")):
            self._rooms[name] = office.places.add_room(AddRoom(place, name))
        for name in dict.fromkeys(_named(told, "tutor")):
            names.tutors[name] = add_tutor(office, name)
            pay = names.pay(PayAsked(), PAY)
            office.pay_rates.set_pay(
                pay_request(pay, PayLevel.TUTOR, names.tutors[name])
            )
        payer = NewPayer(_FAMILY)
        family = office.households.add_household(
            AddHousehold(_FAMILY, payers=(payer,))
        ).household_id
        for name in dict.fromkeys(_named(told, "students")):
            request = AddStudent(family, name)
            names.students[name] = office.households.add_student(request)
        [tax] = [one for one in office.catalog.tax_codes() if one.name == EXEMPT]
        price = PriceTerms(PricePer.HOUR, names.money(PRICE))
        request_ = AddOffering(_SOLD, tax.tax_code_id, price, group_size=50)
        return office.catalog.add_offering(request_)

    def _cards(self) -> tuple[SessionCard, ...]:
        return self._office.timetable.sessions_in(_EVER)

    def _at(self, series: str, wall: datetime) -> SessionCard:
        """Find the session of a series that is now at a time."""
        series_id = known(self._series, series, "series")
        starts_at = self._clock.instant(wall)
        for card in self._cards():
            if (card.series_id, card.starts_at) == (series_id, starts_at):
                return card
        raise CaseError(series, f"none of its sessions is at {wall}")

    def _tutor(self, name: str) -> int:
        return known(self._names.tutors, name, "tutor")

    def _students(self, named: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(known(self._names.students, one, "students") for one in named)

    def _room(self, name: str | None) -> int | None:
        return None if name is None else known(self._rooms, name, "room")


def _named(told: SeriesStory, key: str) -> Iterator[str]:
    """Give everybody or everything that steps name under a key."""
    for step in told.steps:
        fields: Any = step.set if isinstance(step, form.Edit) else step
        named = fields.get(key) if isinstance(fields, dict) else getattr(step, key, ())
        yield from [named] if isinstance(named, str) else named or ()
