"""A small office in which a little of everything happened, to be tampered with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from app.bootstrap import open_office
from app.models.values.actors import Actor, Role
from app.models.values.billing import (
    Beyond,
    BillingModel,
    ChargeKind,
    ContractBasis,
    LotOwner,
    LotUnit,
    PriceBasis,
    TaxRounding,
)
from app.models.values.payroll import Engagement, PayPer
from app.models.values.policies import (
    Approval,
    ClaimsApproved,
    LateCancel,
    MakeUp,
    MissedUsesPackage,
    NoShow,
    OfficeCancel,
    PayWhenPaid,
)
from app.models.values.schedule import AttendanceState, CancelledBy
from app.services.billing.locks import LockPeriod
from app.services.billing.requests import (
    CreditInvoice,
    ReceivePayment,
    RefundPayment,
    ReversePayment,
    StartRun,
    WriteOffInvoice,
)
from app.services.billing.terms import AddFee, BuyPackage
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    StudentOutcome,
)
from app.services.office import Office
from app.services.payroll.requests import AddDeduction, StartPayRun
from app.services.scheduling.requests import BookSession
from tests.fakes import FakeClock
from tests.properties.founding import World, found
from tests.properties.plans import (
    ONE_PAYER,
    SHARES,
    ContractPlan,
    OfferingPlan,
    PackagePlan,
    Plan,
    PolicyPlan,
    TutorPlan,
)

MONDAY = date(2026, 3, 2)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)

ALONE = OfferingPlan(
    price=5000,
    per_session=False,
    tiers=(),
    is_split=False,
    group_size=3,
    step=15,
    minimum_minutes=30,
    minimum_amount=None,
    before=0,
    after=0,
    pay_step=1,
    preparation=0,
    trial=None,
    tax=1,
)
TUTOR = TutorPlan(
    per=PayPer.HOUR,
    amount=2000,
    percent=Decimal(50),
    minimum=None,
    per_extra=None,
    gap=10,
    engagement=Engagement.EMPLOYEE,
    holiday=None,
)
PACKAGE = PackagePlan(
    unit=LotUnit.MINUTES,
    units=600,
    price=45_000,
    owner=LotOwner.STUDENT,
    expires=20,
    carries_over=False,
    when_paid=False,
    only_first=False,
)
PLAN = Plan(
    zone="Europe/Berlin",
    currency="EUR",
    prices=PriceBasis.NET,
    rounding=TaxRounding.DOCUMENT,
    start=MONDAY,
    payment_days=14,
    credit_on_issue=False,
    rates=("0", "19"),
    offerings=(ALONE, replace(ALONE, is_split=True), ALONE),
    tutors=(TUTOR, TUTOR, replace(TUTOR, engagement=Engagement.CONTRACTOR)),
    shares=(SHARES[2], ONE_PAYER, ONE_PAYER),
    models=(BillingModel.ARREARS, BillingModel.ARREARS, BillingModel.PACKAGE),
    packages=(PACKAGE, replace(PACKAGE, unit=LotUnit.SESSIONS, units=5)),
    policies=PolicyPlan(
        late=LateCancel(),
        no_show=NoShow(),
        by_office=OfficeCancel(),
        missed=MissedUsesPackage(),
        make_up=MakeUp(),
        approval=Approval(),
        claims=ClaimsApproved(),
        when_paid=PayWhenPaid(),
        own_late=None,
        own_no_show=None,
    ),
    contract=ContractPlan(
        basis=ContractBasis.STUDENT_TIME,
        rate=4000,
        tiers=(),
        minutes=None,
        pool=None,
        beyond=Beyond.NONE,
        is_for_all=True,
    ),
    flat_fee=None,
    discount=(1_000, True),
    changing=5,
    travel=20,
    closed_on=20,
    leave_on=None,
)


def make_story(address: str) -> None:
    """Fill an empty office with a month of sessions, invoices, payments and pay."""
    clock = FakeClock(datetime.combine(MONDAY, time(7), UTC))
    office = open_office(address, clock=clock, create=True)
    try:
        world = found(office, PLAN)
        _Story(office.acting_as(Actor("Olga", Role.OWNER)), clock, world).tell()
    finally:
        office.close()


class _Story:
    def __init__(self, office: Office, clock: FakeClock, world: World) -> None:
        self.office = office
        self.clock = clock
        self.world = world
        self.keys = 0

    def key(self) -> str:
        self.keys += 1
        return f"story {self.keys}"

    def tell(self) -> None:
        """Book, close out, bill, pay, and correct."""
        self.office.packages.buy(
            BuyPackage(
                self.world.packages[0],
                self.world.households[2],
                MONDAY,
                student_id=self.world.students[3],
            )
        )
        sessions = self._book()
        self.clock.set(2026, 3, 9, 12)
        self._close(sessions)
        self._bill(date(2026, 3, 9))
        self._pay(date(2026, 3, 9))
        self._correct(sessions)
        self._bill(date(2026, 3, 10))
        self._settle()
        self._pay(date(2026, 3, 10))
        self.office.locks.lock(LockPeriod(until=date(2026, 3, 9)))

    def _session(self, day: int, hour: int, tutor: int, *students: int) -> int:
        start = datetime.combine(MONDAY + timedelta(days=day), time(hour))
        place, room = self.world.rooms[1]
        request = BookSession(
            self.world.offerings[1 if len(students) > 1 else 0],
            (self.world.tutors[tutor],),
            tuple(self.world.students[one] for one in students),
            start,
            60,
            place_id=place,
            room_id=room,
            accept_soft=True,
        )
        return self.office.bookings.book(request).session_id

    def _book(self) -> list[int]:
        return [
            self._session(0, 10, 0, 0),
            self._session(1, 10, 0, 0, 2),
            self._session(2, 10, 1, 2),
            self._session(3, 10, 1, 1),
            self._session(4, 10, 0, 3),
            self._session(10, 10, 0, 0),
            self._session(10, 12, 0, 0),
        ]

    def _close(self, sessions: Sequence[int]) -> None:
        close = self.office.close_outs.close
        tutor = self.world.tutors[0]
        close(
            CloseSession(
                sessions[0],
                minutes=75,
                expenses=(ClaimExpense(tutor, "Book", 1250),),
                mileage=(ClaimMileage(tutor, Decimal("7.3")),),
            )
        )
        away = StudentOutcome(self.world.students[2], AttendanceState.ABSENT)
        close(CloseSession(sessions[1], students=(away,)))
        close(CloseSession(sessions[2], Outcome.NO_SHOW))
        late = datetime.combine(MONDAY + timedelta(days=3), time(7), UTC)
        self.office.cancellations.cancel(
            CancelSession(sessions[3], CancelledBy.HOUSEHOLD, late)
        )
        close(CloseSession(sessions[4]))

    def _bill(self, on: date) -> None:
        self.office.invoices.run(StartRun(FIRST, LAST, on, self.key()))

    def _pay(self, on: date) -> None:
        tutor = self.world.tutors[0]
        self.office.pay_entries.add_deduction(AddDeduction(tutor, "Card", 300, on))
        self.office.pay_runs.run(StartPayRun(FIRST, LAST, on, self.key()))

    def _correct(self, sessions: Sequence[int]) -> None:
        self.clock.set(2026, 3, 10, 12)
        book = ClaimExpense(self.world.tutors[0], "Book", 1400)
        self.office.close_outs.close(
            CloseSession(sessions[0], minutes=90, expenses=(book,))
        )
        first, second, *_others = self.office.ledger.documents()[::-1]
        today = date(2026, 3, 10)
        self.office.credits.credit(
            CreditInvoice(second.document_id, today, "Wrong", self.key(), rebill=True)
        )
        self.office.fees.add_fee(
            AddFee(
                kind=ChargeKind.MATERIALS,
                amount=2500,
                on=today,
                reason="Books",
                tax_code_id=self.world.taxes[0],
                request_key=self.key(),
                payer_id=first.payer_id,
            )
        )

    def _settle(self) -> None:
        today = date(2026, 3, 10)
        payments, opened = self.office.payments, self.office.ledger.documents()
        left = [row for row in opened if row.due_on is not None and row.open > 0]
        for amount in (1500, 100_000):
            payments.receive(
                ReceivePayment(left[0].payer_id, amount, today, self.key())
            )
        bounced = payments.receive(
            ReceivePayment(left[-1].payer_id, 1000, today, self.key())
        )
        payments.reverse_payment(
            ReversePayment(bounced.payment_id, today, "Bounced", self.key())
        )
        payments.refund(RefundPayment(left[0].payer_id, 200, today, self.key()))
        payments.write_off(
            WriteOffInvoice(left[-1].document_id, today, "Gone", self.key(), 100)
        )
