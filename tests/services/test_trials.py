"""What the office's rules would make of a session that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.bootstrap import open_office
from app.models.values.actors import Actor, Role
from app.models.values.policies import LateCancel, MakeUp, NoShow, OfficeCancel
from app.models.values.schedule import AttendanceState, CancelledBy
from app.services.desk import MissingRecordError, OfficeOnlyError
from app.services.office import Office
from app.services.policies import SetPolicy
from app.services.trials import Tried, TrySession
from tests.fakes import FakeClock

START = datetime(2026, 3, 5, 16)  # noqa: DTZ001  the office's wall clock
BEFORE = datetime(2026, 3, 4, 16)  # noqa: DTZ001  exactly 24 hours earlier
AFTER = datetime(2026, 3, 4, 16, 1)  # noqa: DTZ001  a minute later


@pytest.fixture
def office(month: str, clock: FakeClock) -> Iterator[Office]:
    """A small office whose March is planned."""
    opened = open_office(month, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def maths(office: Office) -> int:
    return next(
        row.offering_id for row in office.catalog.offerings() if row.name == "Maths"
    )


def told(*numbers: Decimal | int | None) -> tuple[object, ...]:
    return numbers


def tried(
    office: Office,
    maths: int,
    at: datetime,
    by: CancelledBy | None = CancelledBy.HOUSEHOLD,
) -> Tried:
    return office.trials.try_out(TrySession(maths, START, 90, by, at))


def test_exactly_the_notice_is_in_time(office: Office, maths: int) -> None:
    found = tried(office, maths, BEFORE)
    assert found.state is AttendanceState.CANCELLED_IN_TIME
    assert told(found.charge, found.pay, found.price, found.amount) == (0, 0, 7200, 0)


def test_a_minute_less_is_late(office: Office, maths: int) -> None:
    rule = LateCancel(charge=Decimal(50), pay=Decimal(25))
    office.policies.set_policy(SetPolicy(rule))
    found = tried(office, maths, AFTER)
    assert found.state is AttendanceState.CANCELLED_LATE
    assert told(found.charge, found.pay, found.amount) == (50, 25, 3600)
    assert found.notice_minutes == 24 * 60 - 1


def test_a_make_up_takes_the_place_of_the_charge(office: Office, maths: int) -> None:
    rule = MakeUp(instead_of_charge=True, expires_days=30)
    office.policies.set_policy(SetPolicy(rule))
    found = tried(office, maths, AFTER)
    assert told(found.charge, found.pay, found.amount) == (0, 100, 0)
    assert found.make_up_days == 30


def test_the_rule_of_the_sessions_own_day_is_asked(office: Office, maths: int) -> None:
    rule = NoShow(charge=Decimal(80), pay=Decimal(60))
    office.policies.set_policy(SetPolicy(rule, date(2026, 3, 6)))
    assert tried(office, maths, AFTER, None).charge == 100
    office.policies.set_policy(SetPolicy(rule, date(2026, 3, 5)))
    assert tried(office, maths, AFTER, None).charge == 80


def test_the_office_pays_by_its_own_rule_and_a_tutor_gets_nothing(
    office: Office, maths: int
) -> None:
    office.policies.set_policy(SetPolicy(OfficeCancel(Decimal(40))))
    ours = tried(office, maths, AFTER, CancelledBy.OFFICE)
    tutor = tried(office, maths, AFTER, CancelledBy.TUTOR)
    assert told(ours.charge, ours.pay) == (0, 40)
    assert told(tutor.charge, tutor.pay) == (0, 0)


def test_only_the_office_tries_and_only_what_is_there(
    office: Office, maths: int
) -> None:
    with pytest.raises(MissingRecordError):
        tried(office, 999, AFTER)
    tutor = office.acting_as(Actor("t", Role.TUTOR, 1))
    with pytest.raises(OfficeOnlyError):
        tried(tutor, maths, AFTER)


def test_a_rules_history_tells_the_last_word_for_every_day(
    office: Office,
) -> None:
    day = date(2026, 4, 1)
    for percent, since in ((90, None), (80, day), (70, day)):
        rule = LateCancel(charge=Decimal(percent))
        office.policies.set_policy(SetPolicy(rule, since))
    told = office.policies.history("late_cancel")
    assert [(row.valid_from, row.value) for row in told] == [
        (day, LateCancel(charge=Decimal(70))),
        (None, LateCancel(charge=Decimal(90))),
    ]


def test_a_rule_reaches_what_is_planned_from_its_day_on(
    office: Office, maths: int
) -> None:
    reach = office.policies.reach
    assert reach(None).sessions >= reach(date(2026, 3, 20)).sessions > 0
    assert reach(None, maths).sessions <= reach(None).sessions
    assert reach(date(2030, 1, 1)).sessions == 0
