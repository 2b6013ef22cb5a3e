"""Steps with money: prices, packages, invoices, credit notes and payments."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.models.values.billing import ChargeKind, PriceLevel, PricePer
from app.services.billing.requests import (
    CreditInvoice,
    ReceivePayment,
    RefundPayment,
    ReversePayment,
    StartRun,
    UseCredit,
    WriteOffInvoice,
)
from app.services.billing.terms import AddFee, AddFlatFee, BuyPackage, RefundRest
from app.services.catalog.requests import SetPrice
from tests.properties.ledger_rules import is_invoice, on_accounts, open_amounts
from tests.properties.machine import OfficeMachine, pick
from tests.properties.picture import Entry
from tests.properties.plans import Price
from tests.properties.timetable_steps import Number

Ago = st.sampled_from((None, 0, 5, -5, 30))


class BillingSteps(OfficeMachine):
    """What the office does in its books."""

    def invoices(self) -> list[Entry]:
        """List the invoices."""
        return [row for row in self.now.rows("document") if is_invoice(row)]

    @rule(
        level=st.sampled_from(
            (PriceLevel.OFFERING, PriceLevel.HOUSEHOLD, PriceLevel.PLACEMENT)
        ),
        which=Number,
        whose=Number,
        amount=Price,
        per_hour=st.booleans(),
        ago=Ago,
    )
    def set_price(
        self,
        level: PriceLevel,
        which: int,
        whose: int,
        amount: int,
        per_hour: bool,  # noqa: FBT001  drawn
        ago: int | None,
    ) -> None:
        """Let another price hold."""
        world = self.world
        is_placed = level is PriceLevel.PLACEMENT
        is_own = level is PriceLevel.HOUSEHOLD
        since = None if ago is None else self.now.today - timedelta(days=ago)
        request = SetPrice(
            level,
            amount,
            offering_id=None if is_placed else pick(world.offerings, which),
            household_id=pick(world.households[:3], whose) if is_own else None,
            placement_id=world.placement if is_placed else None,
            per=PricePer.HOUR if per_hour else PricePer.SESSION,
            valid_from=since,
        )
        self.take_with_money(
            "set price", partial(self.office.catalog.set_price, request)
        )

    @rule(
        which=Number,
        whose=Number,
        days=st.sampled_from((0, 10, -3)),
        with_key=st.booleans(),
        for_one=st.booleans(),
    )
    def buy_package(
        self,
        which: int,
        whose: int,
        days: int,
        with_key: bool,  # noqa: FBT001  drawn
        for_one: bool,  # noqa: FBT001  drawn
    ) -> None:
        """Sell a package."""
        student = pick(self.world.students, whose)
        household = self.now.get("student", student).household_id
        payers = self.now.of("payer", "household_id", household)
        request = BuyPackage(
            pick(self.world.packages, which),
            household,
            self.now.today - timedelta(days=days),
            student_id=student,
            payer_id=pick(payers, whose).id if for_one else None,
            request_key=self.key() if with_key else "",
        )
        self.take("buy package", partial(self.office.packages.buy, request))

    @precondition(lambda self: self.now.rows("lot"))
    @rule(which=Number)
    def refund_rest(self, which: int) -> None:
        """Give back what is left of a package."""
        lot = pick(self.now.rows("lot"), which)
        request = RefundRest(lot.id, self.now.today, "Moved away")
        self.take("refund rest", partial(self.office.packages.refund_rest, request))

    @precondition(lambda self: self.now.rows("lot"))
    @rule()
    def expire(self) -> None:
        """Let packages run out, twice as well as once."""
        self.take("expire", self.office.packages.expire_due)
        before = self.now
        self.take("expire again", self.office.packages.expire_due)
        self.judge([] if before.same(self.now) else ["packages expired twice"])

    @rule(
        whose=Number,
        amount=st.sampled_from((500, 1999, -700)),
    )
    def add_fee(self, whose: int, amount: int) -> None:
        """Charge something by hand."""
        request = AddFee(
            ChargeKind.MATERIALS if amount > 0 else ChargeKind.ADJUSTMENT,
            amount,
            self.now.today,
            "Books",
            pick(self.world.taxes, whose),
            self.key(),
            household_id=pick(self.world.households[:3], whose),
        )
        self.take("add fee", partial(self.office.fees.add_fee, request))

    @rule(whose=Number, included=st.sampled_from((None, 1, 2)), days=Number)
    def add_flat_fee(self, whose: int, included: int | None, days: int) -> None:
        """Agree a monthly amount, from a day of this month or the next."""
        day = self.now.today.replace(day=1) + timedelta(days=days % 45)
        request = AddFlatFee(
            pick(self.world.households[:3], whose),
            9_999,
            day,
            pick(self.world.taxes, whose),
            included=included,
        )
        self.take("add flat fee", partial(self.office.flat_fees.add_flat_fee, request))

    @precondition(lambda self: self.now.rows("flat_fee"))
    @rule(which=Number, days=st.one_of(st.none(), st.integers(-20, 40)))
    def end_flat_fee(self, which: int, days: int | None) -> None:
        """Let a monthly amount end."""
        fee = pick(self.now.rows("flat_fee"), which)
        until = None if days is None else self.now.today + timedelta(days=days)
        self.take(
            "end flat fee",
            partial(self.office.flat_fees.end_flat_fee, fee.id, until),
        )

    @rule(
        ahead=st.sampled_from((0, 0, 7, 40)),
        whose=st.one_of(st.none(), st.none(), Number),
        again=st.booleans(),
    )
    def bill(self, ahead: int, whose: int | None, again: bool) -> None:  # noqa: FBT001
        """Issue what waits; the same request again changes nothing."""
        today = self.now.today
        chosen = None if whose is None else (pick(self.world.households, whose),)
        request = StartRun(
            today.replace(day=1),
            today + timedelta(days=ahead),
            today,
            self.key(),
            household_ids=chosen,
        )
        done = self.take("bill", partial(self.office.invoices.run, request))
        if again and done is not None:
            before = self.now
            same = self.take("bill again", partial(self.office.invoices.run, request))
            self.judge(
                [] if same == done and before.same(self.now) else ["billed twice"]
            )

    bill_more = bill  # each name of a step makes it more likely

    @precondition(lambda self: self.invoices())
    @rule(
        which=Number,
        lines=st.one_of(st.none(), st.sets(st.integers(0, 4), min_size=1)),
        rebill=st.booleans(),
        again=st.booleans(),
    )
    def credit(
        self,
        which: int,
        lines: set[int] | None,
        rebill: bool,  # noqa: FBT001  drawn
        again: bool,  # noqa: FBT001  drawn
    ) -> None:
        """Take an invoice back, whole or some of its lines."""
        invoice = pick(self.invoices(), which)
        rows = [
            row.id
            for row in self.now.of("document_line", "document_id", invoice.id)
            if row.charge_id is not None
        ]
        chosen = None if lines is None else tuple({pick(rows, n) for n in lines})
        request = CreditInvoice(
            invoice.id,
            self.now.today,
            "Wrong",
            self.key(),
            line_ids=chosen,
            rebill=rebill,
        )
        done = self.take("credit", partial(self.office.credits.credit, request))
        if again and done is not None:
            same = self.take(
                "credit again", partial(self.office.credits.credit, request)
            )
            self.judge([] if same == done else ["credited twice"])

    credit_more = credit

    @rule(
        whose=Number,
        amount=st.one_of(st.sampled_from((1, 5000, 20_000)), st.integers(1, 60_000)),
        to=st.sampled_from(("oldest", "oldest", "named", "part", "exact")),
        which=Number,
    )
    def receive(self, whose: int, amount: int, to: str, which: int) -> None:
        """Record money, for the oldest invoice or named ones."""
        payer = pick(self.world.payers, whose)
        opened = open_amounts(self.now)
        own = [
            row
            for row in self.invoices()
            if opened[row.id] and (to == "exact" or row.payer_id == payer)
        ]
        named: tuple[int | tuple[int, int], ...] = ()
        if own and to != "oldest":
            invoice = pick(own, which)
            payer = invoice.payer_id
            amount = opened[invoice.id] if to == "exact" else amount
            part = max(1, min(amount, opened[invoice.id]) // 2)
            named = ((invoice.id, part),) if to == "part" else (invoice.id,)
        request = ReceivePayment(
            payer, amount, self.now.today, self.key(), method="transfer", to=named
        )
        self.take("receive", partial(self.office.payments.receive, request))

    @precondition(lambda self: any(n > 0 for n in on_accounts(self.now).values()))
    @rule(which=Number, part=st.sampled_from((1, 2, 3)), out=st.booleans())
    def use_account(self, which: int, part: int, out: bool) -> None:  # noqa: FBT001
        """Pay out what lies on account, or set it against invoices."""
        kept = [(who, n) for who, n in sorted(on_accounts(self.now).items()) if n > 0]
        payer, amount = pick(kept, which)
        if out:
            refund = RefundPayment(
                payer, max(1, amount // part), self.now.today, self.key()
            )
            self.take("refund", partial(self.office.payments.refund, refund))
        else:
            use = UseCredit(payer, self.now.today, self.key())
            self.take("use credit", partial(self.office.payments.use_credit, use))

    @precondition(lambda self: self.now.rows("payment"))
    @rule(which=Number)
    def reverse_payment(self, which: int) -> None:
        """Take a payment back, such as a bounced one."""
        payment = pick(self.now.rows("payment"), which)
        request = ReversePayment(payment.id, self.now.today, "Bounced", self.key())
        self.take(
            "reverse payment", partial(self.office.payments.reverse_payment, request)
        )

    @precondition(lambda self: self.invoices())
    @rule(which=Number, amount=st.sampled_from((None, 1, 100)))
    def write_off(self, which: int, amount: int | None) -> None:
        """Give up what nobody will pay."""
        opened = open_amounts(self.now)
        open_ones = [row for row in self.invoices() if opened[row.id]]
        invoice = pick(open_ones or self.invoices(), which)
        request = WriteOffInvoice(
            invoice.id, self.now.today, "Gone", self.key(), amount
        )
        self.take("write off", partial(self.office.payments.write_off, request))
