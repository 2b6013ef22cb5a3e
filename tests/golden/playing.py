"""Plays the steps of a money story through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import singledispatchmethod
from itertools import count

from app.models.values.billing import DocumentKind, PriceLevel
from app.models.values.payroll import DistanceUnit, PayLevel
from app.models.values.schedule import AttendanceState
from app.services.billing.ledger import FindDocuments
from app.services.billing.requests import CreditInvoice, ReceivePayment, StartRun
from app.services.billing.terms import BuyPackage
from app.services.catalog.requests import SetPrice
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    StudentOutcome,
)
from app.services.office import Office
from app.services.payroll.requests import SetMileageRate, SetPay, StartPayRun
from app.services.scheduling.requests import BookSession
from tests.golden import steps
from tests.golden.names import Names, acting, known, pay_request
from tests.golden.steps import Step
from tests.golden.story import Story
from tests.golden.strict import CaseError
from tests.golden.terms import PayAsked
from tests.golden.timing import CaseClock

REASON = "As the case says"
_PAY, _INVOICE = "set_pay", "invoice"


class HeldBackError(AssertionError):
    """A run left somebody out although the case's set-up lacks nothing."""


class Player:
    """Does one step after the other, each by whom the case names."""

    def __init__(
        self, office: Office, told: Story, names: Names, clock: CaseClock
    ) -> None:
        self._office = office
        self._story = told
        self._names = names
        self._clock = clock
        self._books: dict[str, steps.Book] = {}
        self._keys = (f"step {number}" for number in count(1))
        self._unit = DistanceUnit.MILE

    def play(self, step: Step) -> None:
        """Do a step.

        Raises:
            CaseError: It names what is nowhere in the case.
            OfficeError: The services refuse it.
        """
        self._do(step, acting(self._office, step, self._names))

    @singledispatchmethod
    def _do(self, step: Step, _office: Office) -> None:
        raise CaseError(type(step).__name__, "nobody knows how to do this step")

    @_do.register
    def _(self, step: steps.Book, office: Office) -> None:
        names = self._names
        if step.session in self._books:
            raise CaseError(step.session, "there is a session of this name")
        offering = known(names.offerings, step.offering, "offering")
        pay = step.pay
        self._books[step.session] = step
        booked = office.bookings.book(
            BookSession(
                offering,
                tuple(known(names.tutors, one, "tutors") for one in step.tutors),
                tuple(known(names.students, one, "students") for one in step.students),
                step.start,
                self._length(step),
                contract_id=self._contract(step),
                make_up_of_id=self._missed(step),
                accept_soft=True,
                price=None if step.price is None else names.price(step.price),
                pay=None if pay is None else names.pay(pay, pay.amount),
            )
        )
        names.sessions[step.session] = booked.session_id

    @_do.register
    def _(self, step: steps.Close, office: Office) -> None:
        names, session_id = self._names, self._session(step.session)
        self._clock.reach(
            self._end(step) if step.at is None else self._clock.instant(step.at)
        )
        is_timed = step.start is not None or step.minutes is not None
        teller = step.as_ or self._books[step.session].tutors[0]
        tutor_id = known(names.tutors, teller, "tutors")
        office.close_outs.close(
            CloseSession(
                session_id,
                Outcome.OTHER_TIMES if is_timed else Outcome.AS_PLANNED,
                start=step.start,
                minutes=step.minutes,
                students=self._attended(step),
                tutor_minutes={
                    known(names.tutors, one, "tutor_minutes"): minutes
                    for one, minutes in step.tutor_minutes.items()
                },
                mileage=()
                if step.miles is None
                else (ClaimMileage(tutor_id, step.miles, self._unit),),
                expenses=tuple(
                    ClaimExpense(tutor_id, spent.what, names.money(spent.amount))
                    for spent in step.expenses
                ),
            )
        )

    @_do.register
    def _(self, step: steps.Cancel, office: Office) -> None:
        at = self._clock.instant(step.at)
        self._clock.reach(at)
        office.cancellations.cancel(
            CancelSession(
                self._session(step.session),
                step.by,
                at,
                student_id=self._student(step.student),
                waive_reason=step.waive or "",
            )
        )

    @_do.register
    def _(self, step: steps.Restore, office: Office) -> None:
        session_id = self._session(step.session)
        office.cancellations.restore(session_id, self._student(step.student))

    @_do.register
    def _(self, step: steps.BuyPackage, office: Office) -> None:
        names = self._names
        self._clock.reach_evening(step.on)
        office.packages.buy(
            BuyPackage(
                known(names.packages, step.package, "package"),
                known(names.households, step.household, "household"),
                step.on,
                self._student(step.student),
            )
        )

    @_do.register
    def _(self, step: steps.Bill, office: Office) -> None:
        self._clock.reach_evening(step.on)
        done = office.invoices.run(
            StartRun(step.from_, step.to, step.on, next(self._keys))
        )
        if done.held_back:
            raise HeldBackError([one.sentence for one in done.held_back])

    @_do.register
    def _(self, step: steps.Credit, office: Office) -> None:
        self._clock.reach_evening(step.on)
        sessions = step.sessions
        office.credits.credit(
            CreditInvoice(
                self._invoice(step.invoice),
                step.on,
                REASON,
                next(self._keys),
                session_ids=None
                if sessions is None
                else tuple(self._session(one) for one in sessions),
                rebill=step.rebill,
            )
        )

    @_do.register
    def _(self, step: steps.Receive, office: Office) -> None:
        self._clock.reach_evening(step.on)
        office.payments.receive(
            ReceivePayment(
                self._payer(step),
                self._names.money(step.amount),
                step.on,
                next(self._keys),
                to=tuple(self._invoice(one) for one in step.to),
            )
        )

    @_do.register
    def _(self, step: steps.PayRun, office: Office) -> None:
        self._clock.reach_evening(step.on)
        done = office.pay_runs.run(
            StartPayRun(step.from_, step.to, step.on, next(self._keys))
        )
        if done.held_back:
            raise HeldBackError(list(done.held_back))

    @_do.register
    def _(self, step: steps.Mileage, office: Office) -> None:
        self._unit = step.per
        office.pay_rates.set_mileage_rate(
            SetMileageRate(step.rate, step.per, step.from_)
        )

    @_do.register
    def _(self, step: steps.SetPrice, office: Office) -> None:
        office.catalog.set_price(
            SetPrice(
                PriceLevel.OFFERING,
                self._names.money(step.amount),
                offering_id=known(self._names.offerings, step.offering, "offering"),
                valid_from=step.from_,
            )
        )

    @_do.register
    def _(self, step: steps.SetPay, office: Office) -> None:
        office.pay_rates.set_pay(self._new_pay(step))

    def _new_pay(self, step: steps.SetPay) -> SetPay:
        """Change the amount only; a percentage stands where else the amount does."""
        names = self._names
        if step.tutor is None and step.offering is None:
            raise CaseError(_PAY, "neither a tutor nor an offering is named")
        asked = PayAsked()
        tutor_id = offering_id = None
        level = PayLevel.OFFERING
        if step.tutor is not None:
            tutor_id = known(names.tutors, step.tutor, "tutor")
            asked = self._story.tutors[step.tutor].pay
            level = PayLevel.TUTOR
        if step.offering is not None:
            offering_id = known(names.offerings, step.offering, "offering")
            level = PayLevel.OFFERING if tutor_id is None else PayLevel.TUTOR_OFFERING
        terms = names.pay(asked, step.amount)
        return pay_request(terms, level, tutor_id, offering_id, step.from_)

    def _session(self, name: str) -> int:
        return known(self._names.sessions, name, "session")

    def _student(self, name: str | None) -> int | None:
        return None if name is None else known(self._names.students, name, "student")

    def _contract(self, step: steps.Book) -> int | None:
        if step.contract is None:
            return None
        return known(self._names.contracts, step.contract, "contract")

    def _missed(self, step: steps.Book) -> int | None:
        return None if step.make_up_of is None else self._session(step.make_up_of)

    def _payer(self, step: steps.Receive) -> int:
        payers = self._names.payers
        of_household = [one for one in payers if one[0] == step.household]
        wanted = of_household[:1]
        if step.payer is not None:
            wanted = [one for one in of_household if one[1] == step.payer]
        if not wanted:
            raise CaseError(step.household, f"“{step.payer}” is no payer of it")
        return payers[wanted[0]]

    def _invoice(self, number: int) -> int:
        wanted = FindDocuments(kind=DocumentKind.INVOICE)
        ids = sorted(row.document_id for row in self._office.ledger.documents(wanted))
        if not 1 <= number <= len(ids):
            raise CaseError(_INVOICE, f"there is no {number}. one so far")
        return ids[number - 1]

    def _length(self, step: steps.Book) -> int:
        if step.minutes is not None:
            return step.minutes
        return self._story.offerings[step.offering].length

    def _end(self, step: steps.Close) -> datetime:
        """Give the later of the planned and the reported end."""
        book = self._books[step.session]
        planned = self._length(book)
        told = [one for one in step.students.values() if one != "absent"]
        told += step.tutor_minutes.values()
        longest = max([planned if step.minutes is None else step.minutes, *told])
        starts_at = self._clock.instant(book.start)
        began_at = starts_at if step.start is None else self._clock.instant(step.start)
        return max(
            starts_at + timedelta(minutes=planned),
            began_at + timedelta(minutes=longest),
        )

    def _attended(self, step: steps.Close) -> tuple[StudentOutcome, ...]:
        found = []
        for name, told in step.students.items():
            student_id = known(self._names.students, name, "students")
            if told == "absent":
                found.append(StudentOutcome(student_id, AttendanceState.ABSENT))
            else:
                found.append(StudentOutcome(student_id, minutes=told))
        return tuple(found)
