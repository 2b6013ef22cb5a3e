"""A small office in March 2026 whose February was taught and waits to be billed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.bootstrap import open_office
from app.models.values.billing import BillingModel, PricePer
from app.models.values.payroll import DistanceUnit, Engagement, PayLevel, PayPer
from app.models.values.schedule import (
    AttendanceState,
    CancelledBy,
    PlaceKind,
    TimeSpan,
    Unknown,
)
from app.models.values.terms import PriceTerms
from app.services.billing.terms import AddFlatFee, AddPackage, BuyPackage
from app.services.catalog.requests import AddOffering, AddTaxCode
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    StudentOutcome,
)
from app.services.office import Office
from app.services.payroll.requests import SetMileageRate, SetPay
from app.services.people.requests import AddHousehold, AddStudent, NewPayer
from app.services.people.tutor_requests import AddTutor
from app.services.places.requests import AddPlace, AddRoom, SetTravel
from app.services.profile import SetUpOffice
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import BookSeries
from tests.fakes import FakeClock

FEBRUARY = ("--from", "2026-02-01", "--to", "2026-02-28", "--on", "2026-03-01")
NAMES = ("Ahmed", "Berg", "Costa", "Dahl", "Evans", "Fox", "Gruber", "Hale", "Iqbal")
HOSTILE = '=2+5, "Öz" & <b>Ł</b>'  # a family's name that every format must survive
HELD_BACK = "Nobody"  # a payer without an address
OFFICE = SetUpOffice(
    name="Chalk & Co.",
    zone="Europe/London",
    currency="GBP",
    address="1 High Street\nLondon",
    country="GB",
    email="office@chalk.example",
    tax_number="GB123456789",
    unknown_availability=Unknown.ALWAYS,
)


def make_month(address: str) -> None:
    """Fill an empty office: families, tutors, a taught February, a planned March."""
    clock = FakeClock(datetime(2026, 1, 30, 9, tzinfo=UTC))
    office = open_office(address, clock=clock, create=True)
    try:
        _Month(office, clock).fill()
    finally:
        office.close()


class _Month:
    def __init__(self, office: Office, clock: FakeClock) -> None:
        self.office = office
        self.clock = clock
        office.settings.set_up(OFFICE)
        tax = office.catalog.add_tax_code(AddTaxCode("VAT", Decimal(20), "S"))
        self.tax = tax
        price = PriceTerms(PricePer.HOUR, 4800)
        self.single = office.catalog.add_offering(AddOffering("Maths", tax, price))
        self.group = office.catalog.add_offering(
            AddOffering(
                "Chess club", tax, PriceTerms(PricePer.HOUR, 1733), group_size=4
            )
        )
        self.place = office.places.add_place(AddPlace("Centre"))
        self.rooms = [
            office.places.add_room(AddRoom(self.place, f"Room {n}")) for n in (1, 2, 3)
        ]
        self.home = office.places.add_place(AddPlace("Home", PlaceKind.HOME))
        travel = SetTravel(self.place, self.home, 20, distance=Decimal("7.5"))
        office.places.set_travel(travel)
        self.tutors = [
            self._tutor(name, pay)
            for name, pay in (
                ("Ann", 2700),
                ("Ben", 2533),
                ("Dot", 2600),
                ("Eva", 2475),
            )
        ]
        self.tutors.append(self._tutor("Cem", 3000, Engagement.CONTRACTOR))
        office.pay_rates.set_mileage_rate(
            SetMileageRate(Decimal("0.45"), DistanceUnit.KILOMETRE, date(2020, 1, 1))
        )
        self.students: list[int] = []

    def _tutor(
        self, name: str, pay: int, engagement: Engagement = Engagement.EMPLOYEE
    ) -> int:
        tutor = self.office.tutors.add_tutor(
            AddTutor(f"{name} Teacher", address="2 Low Road", engagement=engagement)
        )
        rate = SetPay(PayLevel.TUTOR, tutor_id=tutor, per=PayPer.HOUR, amount=pay)
        self.office.pay_rates.set_pay(rate)
        return tutor

    def fill(self) -> None:
        """Add the families, book their term and let February take place."""
        for number, name in enumerate(NAMES):
            self._family(name, number)
        self._family(HOSTILE, len(NAMES))
        household = self.office.households.add_household(
            AddHousehold(HELD_BACK, payers=(NewPayer(HELD_BACK, "", ""),))
        )
        self._student(household.household_id, HELD_BACK)
        for number, student in enumerate(self.students):
            self._book(number, (student,), self.single)
        self._book(len(self.students), tuple(self.students[1:4]), self.group)
        self._teach()

    def _family(self, name: str, number: int) -> None:
        mail = f"family.{number}@example.org"
        one = NewPayer(f"Kim {name}", f"{number} Park Lane\nLondon", mail)
        payers: tuple[NewPayer, ...] = (one,)
        if number == 1:
            half = Decimal(50)
            payers = (
                NewPayer(one.name, one.address, mail, percent=half),
                NewPayer(f"Lou {name}", "9 Far Lane", f"lou.{mail}", percent=half),
            )
        model = {2: BillingModel.ADVANCE, 3: BillingModel.FLAT_FEE}.get(number)
        added = self.office.households.add_household(
            AddHousehold(name, model=model or BillingModel.ARREARS, payers=payers)
        )
        student = self._student(added.household_id, name)
        if model is BillingModel.FLAT_FEE:
            fee = AddFlatFee(added.household_id, 15000, date(2026, 2, 1), self.tax)
            self.office.flat_fees.add_flat_fee(fee)
        if number == 4:
            ten = self.office.packages.add_package(
                AddPackage("Ten hours", 600, 40000, self.tax)
            )
            day = date(2026, 2, 2)
            self.office.packages.buy(BuyPackage(ten, added.household_id, day, student))

    def _student(self, household: int, name: str) -> int:
        student = self.office.households.add_student(
            AddStudent(household, f"Sam {name}")
        )
        self.students.append(student)
        return student

    def _book(self, number: int, students: tuple[int, ...], offering: int) -> None:
        day = datetime(2026, 2, 2 + number % 5, 14)  # noqa: DTZ001  the wall clock
        self.office.series.book_series(
            BookSeries(
                offering,
                (self.tutors[number % 5],),
                students,
                day + timedelta(minutes=80 * (number // 5)),
                60,
                until_on=date(2026, 3, 28),
                place_id=self.home if number == 5 else self.place,
                room_id=None if number == 5 else self.rooms[number % 3],
                accept_soft=True,
            )
        )

    def _teach(self) -> None:
        span = TimeSpan(
            datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
        )
        cards = self.office.timetable.sessions_in(span)
        for number, card in enumerate(sorted(cards, key=lambda card: card.starts_at)):
            self.clock.time = card.ends_at + timedelta(hours=1)
            if number % 11 == 7:
                at = card.starts_at - timedelta(hours=5 * (1 + number % 9))
                asked = CancelSession(card.session_id, CancelledBy.HOUSEHOLD, at)
                self.office.cancellations.cancel(asked)
            else:
                self.office.close_outs.close(self._report(number, card))

    def _report(self, number: int, card: SessionCard) -> CloseSession:
        if number % 13 == 5:
            return CloseSession(card.session_id, Outcome.NO_SHOW)
        tutor = card.tutors[0][0]
        away = [student.student_id for student in card.students[2:]][: number % 2]
        return CloseSession(
            card.session_id,
            Outcome.OTHER_TIMES if number % 7 == 3 else Outcome.AS_PLANNED,
            minutes=75 if number % 7 == 3 else None,
            students=tuple(StudentOutcome(row, AttendanceState.ABSENT) for row in away),
            progress_note=f"Note {number}",
            mileage=(
                (ClaimMileage(tutor, Decimal(9)),) if card.place_id == self.home else ()
            ),
            expenses=(ClaimExpense(tutor, "Book", 999),) if number == 4 else (),
        )
