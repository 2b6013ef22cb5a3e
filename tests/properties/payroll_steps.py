"""Steps of pay: rates, entries, runs, and taking runs back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.models.values.payroll import PayLevel, PayPer
from app.services.closing.requests import CloseSession, Outcome
from app.services.payroll.requests import (
    AddAdjustment,
    AddDeduction,
    SetPay,
    StartPayRun,
)
from tests.properties.audit import own_check
from tests.properties.billing_steps import Ago
from tests.properties.machine import OfficeMachine, pick
from tests.properties.timetable_steps import Number


class PayrollSteps(OfficeMachine):
    """What the office does for its tutors."""

    @rule(
        level=st.sampled_from((PayLevel.TUTOR, PayLevel.TUTOR_OFFERING)),
        whose=Number,
        which=Number,
        per=st.sampled_from(PayPer),
        amount=st.one_of(st.sampled_from((0, 2000)), st.integers(500, 4_999)),
        ago=Ago,
    )
    def set_pay(
        self,
        level: PayLevel,
        whose: int,
        which: int,
        per: PayPer,
        amount: int,
        ago: int | None,
    ) -> None:
        """Let another rate of pay hold."""
        is_percent = per is PayPer.PERCENT
        is_own = level is PayLevel.TUTOR_OFFERING
        request = SetPay(
            level,
            tutor_id=pick(self.world.tutors, whose),
            offering_id=pick(self.world.offerings, which) if is_own else None,
            per=per,
            amount=0 if is_percent else amount,
            percent=Decimal(amount % 100) if is_percent else None,
            valid_from=(None if ago is None else self.now.today - timedelta(days=ago)),
        )
        self.take_with_money("set pay", partial(self.office.pay_rates.set_pay, request))

    @rule(whose=Number, amount=st.sampled_from((1500, -300)), less=st.booleans())
    def enter_pay(self, whose: int, amount: int, less: bool) -> None:  # noqa: FBT001
        """Enter an adjustment, or a deduction."""
        tutor, today = pick(self.world.tutors, whose), self.now.today
        entries = self.office.pay_entries
        if less:
            off = AddDeduction(
                tutor, "Card", abs(amount), today, is_fixed=bool(whose % 2)
            )
            self.take("add deduction", partial(entries.add_deduction, off))
        else:
            more = AddAdjustment(tutor, today, amount, "Agreed")
            self.take("add adjustment", partial(entries.add_adjustment, more))

    @rule(
        ahead=st.sampled_from((0, 0, 10)),
        whose=st.one_of(st.none(), Number),
        again=st.booleans(),
    )
    def pay(self, ahead: int, whose: int | None, again: bool) -> None:  # noqa: FBT001
        """Pay what waits; the same request again changes nothing."""
        today = self.now.today
        request = StartPayRun(
            today.replace(day=1),
            today + timedelta(days=ahead),
            today,
            self.key(),
            None if whose is None else (pick(self.world.tutors, whose),),
        )
        done = self.take("pay", partial(self.office.pay_runs.run, request))
        if again and done is not None:
            before = self.now
            same = self.take("pay again", partial(self.office.pay_runs.run, request))
            self.judge([] if same == done and before.same(self.now) else ["paid twice"])

    pay_more = pay

    @precondition(lambda self: self.now.rows("pay_run"))
    @rule(which=Number, is_paid=st.sampled_from((False, False, True)))
    def end_run(self, which: int, is_paid: bool) -> None:  # noqa: FBT001  drawn
        """Take an unpaid run back, or say that it was paid out."""
        run = pick(self.now.rows("pay_run"), which)
        runs = self.office.pay_runs
        if is_paid:
            act = partial(runs.mark_paid, run.id, self.now.today)
            self.take("mark paid", act)
        else:
            self.take("cancel pay run", partial(runs.cancel_unpaid, run.id))

    @precondition(lambda self: self.paid_sessions())
    @rule(which=Number, minutes=st.sampled_from((15, 45, 75)), again=st.booleans())
    def cancel_correction(self, which: int, minutes: int, again: bool) -> None:  # noqa: FBT001  drawn
        """Correct what was paid, pay that, take the run back, and perhaps pay anew."""
        session_id = pick(self.paid_sessions(), which)
        request = CloseSession(session_id, Outcome.OTHER_TIMES, minutes=minutes)
        close = partial(self.office.close_outs.close, request)
        self.take_with_money("correct what was paid", close, session_id)
        self.pay(0, None, again=False)
        run = self.now.rows("pay_run")[-1]
        cancel = partial(self.office.pay_runs.cancel_unpaid, run.id)
        self.take("cancel a correction", cancel)
        with self.database.snapshot() as snapshot:
            self.judge(own_check(snapshot))
        if again:
            self.pay(0, None, again=False)

    def paid_sessions(self) -> list[int]:
        """List the sessions of which something lies on a pay statement."""
        paid = {
            row.session_id
            for row in self.now.rows("pay_line")
            if row.statement_id is not None and row.live_key is not None
        }
        return sorted(paid - {None})
