"""Whatever happens to a session, its charges say what it costs, once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.models.agreements import Lot, LotUse
from app.models.billing import Charge
from app.models.people import PayerShare
from app.models.scheduling import Attendance
from app.models.values.billing import ChargeKind
from app.models.values.policies import LateCancel, NoShow
from app.models.values.schedule import SessionStatus
from app.services.charging.facts import Draft
from app.services.charging.reconcile import Due, Origin, reconcile
from app.services.charging.settling import Settled
from tests.services.charging.lots import buy
from tests.services.charging.story import CALLED_OFF, Story, at

DAY = date(2026, 11, 10)
SOURCE = Origin(source="fee:1", period="2026-11")

STAYS = st.lists(st.one_of(st.none(), st.integers(1, 150)), min_size=3, max_size=3)
STEPS = st.lists(
    st.one_of(
        STAYS.map(lambda stays: ("close", stays)),
        st.sampled_from(list(CALLED_OFF)).map(lambda status: ("call off", status)),
        st.just(("restore", None)),
        st.just(("bill", None)),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=25,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(steps=STEPS, is_split=st.booleans())
def test_every_place_has_one_charge_for_each_payer_or_a_reason(
    story: Story,
    steps: list[tuple[str, object]],
    is_split: bool,  # noqa: FBT001  a drawn value
) -> None:
    people = _three_students(story)
    offering = story.make.offering(price=4801, is_split=is_split)
    tutors = [story.make.tutor()]
    session = story.book(at(10), tutors=tutors, students=people, offering=offering)
    for name, how in steps:
        settled = _take(story, session, people, name, how)
        _check(story, session, settled)


def _three_students(story: Story) -> list[int]:
    """Make two siblings with two payers and a package, and a student of another."""
    story.set_policy(LateCancel(charge=Decimal("33.3")))
    story.set_policy(NoShow(charge=Decimal(50)))
    household = story.make.household()
    for position in range(2):
        payer = story.make.payer(household)
        share = PayerShare(payer_id=payer, household_id=household, position=position)
        share.percent = Decimal("33.33") if position else Decimal("66.67")
        story.make.save(share)
    siblings = [story.make.student(household=household) for _ in range(2)]
    buy(story, 100, household_id=household, bought_on=date(2026, 1, 1))
    return [*siblings, story.make.student()]


def _take(
    story: Story, session: int, people: list[int], name: str, how: object
) -> Settled:
    if isinstance(how, list):
        return story.close(session, dict(zip(people, how, strict=True)))
    if isinstance(how, SessionStatus):
        return story.call_off(session, how)
    if name == "restore":
        return story.restore(session)
    story.bill()
    return story.settle(session)


def _check(story: Story, session: int, settled: Settled) -> None:
    before = _counts(story)
    assert story.settle(session) == settled
    assert _counts(story) == before, "settling twice wrote something"
    with story.desk.snapshot() as snapshot:
        rows = snapshot.scalars(
            select(Charge).where(Charge.session_id == session)
        ).all()
        seats = snapshot.scalars(
            select(Attendance).where(Attendance.session_id == session)
        ).all()
        lots = snapshot.scalars(select(Lot)).all()
        uses = snapshot.scalars(
            select(LotUse).where(LotUse.returned_at.is_(None))
        ).all()
    live = [row for row in rows if row.live_key is not None]
    standing = [row for row in rows if row.replaced_at is None]
    assert sum(row.amount for row in standing) == settled.charged
    assert sum(row.amount for row in live) == settled.charged
    assert len({(row.student_id, row.payer_id) for row in live}) == len(live)
    for seat in seats:
        is_charged = any(row.student_id == seat.student_id for row in live)
        assert is_charged is (seat.charge_reason == "")
        assert settled.reasons.get(seat.student_id, "") == seat.charge_reason
    for lot in lots:
        used = sum(use.units for use in uses if use.lot_id == lot.id)
        assert 0 <= used <= lot.granted


def _counts(story: Story) -> tuple[int, int, int]:
    with story.desk.snapshot() as snapshot:
        charges = snapshot.scalars(select(func.count(Charge.id))).one()
        changes = snapshot.scalars(select(func.sum(Charge.version))).one()
        uses = snapshot.scalars(select(func.count(LotUse.id))).one()
    return charges, changes or 0, uses


def draft(
    story: Story, tax: int, amount: int, minutes: int | None = None, reason: str = ""
) -> Draft:
    return Draft(
        service_on=DAY,
        student_id=None,
        payer_id=story.payer,
        kind=ChargeKind.MATERIALS,
        tax_code_id=tax,
        amount=amount,
        minutes=minutes,
        reason=reason,
    )


def stand(story: Story, *drafts: Draft) -> None:
    with story.desk.transaction("stand") as transaction:
        reconcile(transaction, story.desk.now(), Due(SOURCE, drafts))


def test_charges_of_another_source_or_period_are_left_alone(story: Story) -> None:
    tax = story.make.tax_code("0")
    with story.desk.transaction("others") as transaction:
        for origin in (
            Origin(source="fee:1", period="2026-12"),
            Origin(source="fee:2"),
        ):
            wanted = [draft(story, tax, 500)]
            reconcile(transaction, story.desk.now(), Due(origin, wanted))
    stand(story, draft(story, tax, 700))
    stand(story)
    live = [row.amount for row in story.rows(Charge) if row.live_key is not None]
    assert live == [500, 500]


def test_a_fee_for_a_visit_does_not_go_with_the_sessions_charge(story: Story) -> None:
    session = story.book(at(10))
    story.close(session)
    tax = story.make.tax_code("0")
    with story.desk.transaction("fee") as transaction:
        origin = Origin(session_id=session, source="fee:1")
        due = Due(origin, [draft(story, tax, 500)])
        reconcile(transaction, story.desk.now(), due)
    story.settle(session)
    assert story.charges(session) == [4800, 500]


def test_two_parts_of_one_key_are_one_charge(story: Story) -> None:
    tax = story.make.tax_code("0")
    parts = [
        draft(story, tax, 700, minutes=20, reason="one"),
        draft(story, tax, 300, minutes=10, reason="two"),
    ]
    stand(story, *parts)
    (row,) = story.rows(Charge)
    assert (row.amount, row.minutes, row.reason) == (1000, 30, "one; two")


def test_nothing_makes_no_row(story: Story) -> None:
    stand(story, draft(story, story.make.tax_code("0"), 0))
    assert story.rows(Charge) == []


def test_a_charge_of_another_kind_follows_the_students_former_one(
    story: Story,
) -> None:
    session = story.book(at(10))
    story.close(session)
    story.close(session, {story.student: None})
    former, new = story.rows(Charge)
    assert (new.kind, new.successor_of_id) == (ChargeKind.NO_SHOW, former.id)


def test_a_charge_that_changed_twice_names_the_one_before(story: Story) -> None:
    tax = story.make.tax_code("0")
    for amount in (700, 800, 900):
        stand(story, draft(story, tax, amount))
    first, second, third = story.rows(Charge)
    assert first.successor_of_id is None
    assert (second.successor_of_id, third.successor_of_id) == (first.id, second.id)
