"""Packages: prepaid time that is sold, used, given back, and that expires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import func, select

from app.models.agreements import Lot, LotUse, Package
from app.models.billing import Charge, DocumentLine
from app.models.catalog import Offering, TaxCode
from app.models.database import Snapshot, Transaction
from app.models.people import Household
from app.models.values import entries
from app.models.values.billing import ChargeKind, DocumentKind, LotOwner
from app.models.values.money import cumulative_split, round_half_away
from app.models.values.schedule import local_date
from app.services.billing.asking import Asked, begin, finish, is_done
from app.services.billing.dividing import (
    NewCharge,
    add_charges,
    require_student,
    shared,
)
from app.services.billing.errors import (
    NothingLeftError,
    NotPositiveError,
    OwnerMissingError,
)
from app.services.billing.locks import require_open
from app.services.billing.looking import sheets_of
from app.services.billing.requests import InvoiceRunOf
from app.services.billing.terms import (
    AddPackage,
    Bought,
    BuyPackage,
    LotLeft,
    PackageRow,
    RefundRest,
    RestRefunded,
)
from app.services.charging.paid_lots import lot_source
from app.services.desk import Desk, fetch, zone
from app.services.records import usable
from app.text import _


class Packages:
    """Sells packages and looks after what is left of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_package(self, request: AddPackage) -> int:
        """Let a package be bought from now on, and give its id.

        Raises:
            EmptyError: It has no name.
            NotPositiveError: It holds no units.
            NumberError: It would expire before it is bought.
            MissingRecordError: The tax code or an offering is not there.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        if entries.whole(request.units, _("units"), high=10**7) == 0:
            raise NotPositiveError(_("a number of units"))
        if request.expires_days is not None:
            entries.whole(request.expires_days, _("days until the expiry"), high=36_500)
        with self._desk.transaction(_("Add a package")) as transaction:
            usable(transaction, TaxCode, request.tax_code_id, _("tax code"))
            for offering_id in request.offering_ids:
                usable(transaction, Offering, offering_id, _("offering"))
            package = Package(
                name=entries.named(request.name, _("package's name")),
                unit=request.unit,
                units=request.units,
                price=entries.amount(request.price, _("price")),
                tax_code_id=request.tax_code_id,
                offering_ids=list(request.offering_ids),
                owner=request.owner,
                expires_days=request.expires_days,
                carries_over=request.carries_over,
                usable_when_paid=request.usable_when_paid,
            )
            transaction.add(package)
            transaction.flush()
            return package.id

    def rename_package(self, package_id: int, name: str) -> None:
        """Give a package another name; what was billed keeps the former one.

        Raises:
            EmptyError: It would have no name.
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        kept = entries.named(name, _("package's name"))
        with self._desk.transaction(_("Rename a package")) as transaction:
            fetch(transaction, Package, package_id, "package").name = kept

    def archive_package(self, package_id: int) -> None:
        """Stop selling a package; what was bought stays.

        Raises:
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a package")) as transaction:
            package = fetch(transaction, Package, package_id, "package")
            package.archived_at = package.archived_at or transaction.at

    def buy(self, request: BuyPackage) -> Bought:
        """Sell a package: the lot is there at once, its price waits for the next run.

        The same request, by its key if it has one, sells once.

        Raises:
            ArchivedError: The package is not sold any more.
            OwnerMissingError: It is for one student, and none is named.
            NotOfHouseholdError: The student or payer belongs to another household.
            NoPayerError: The household has nobody who pays.
            PeriodLockedError: The day of sale lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Sell a package")) as transaction:
            if not request.request_key:
                return _sell(transaction, request)
            asked = Asked("buy package", request.request_key, request, request.on)
            run = begin(transaction, asked)
            if not is_done(run):
                bought = _sell(transaction, request)
                result = {"lot": bought.lot_id, "charges": list(bought.charge_ids)}
                finish(transaction, run, result)
            return Bought(run.result["lot"], tuple(run.result["charges"]))

    def refund_rest(self, request: RefundRest) -> RestRefunded:
        """Give back what a package has left: price less the value used.

        The amount lands on the next document.

        Raises:
            EmptyError: No reason is given.
            NothingLeftError: Nothing is left.
            PeriodLockedError: The day lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        reason = entries.named(request.reason, _("reason"))
        with self._desk.transaction(_("Refund a package")) as transaction:
            require_open(transaction, request.on)
            lot = fetch(transaction, Lot, request.lot_id, "package")
            [left] = _left(transaction, [lot])
            if left.left <= 0:
                raise NothingLeftError(left.package)
            amount = rest_value(lot.price, left.granted - left.left, left.granted)
            lot.refunded += left.left
            given = _give_back(transaction, lot, amount, request.on, reason)
            return RestRefunded(left.left, given)

    def expire_due(self) -> int:
        """Let the packages that ran out forfeit or carry over; give their number.

        Doing it twice changes nothing.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Let packages expire")) as transaction:
            today = local_date(transaction.at, zone(transaction))
            ended = 0
            while due := _due(transaction, today):  # what is carried over may be, too
                for lot, left in due:
                    _expire(transaction, lot, left)
                ended += len(due)
            return ended

    def packages(self) -> tuple[PackageRow, ...]:
        """List the packages that can be bought, by name.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        query = (
            select(Package)
            .where(Package.archived_at.is_(None))
            .order_by(Package.name, Package.id)
        )
        with self._desk.snapshot() as snapshot:
            return tuple(_package_row(row) for row in snapshot.scalars(query))

    def lots(
        self, household_id: int | None = None, *, with_ended: bool = False
    ) -> tuple[LotLeft, ...]:
        """List bought packages with what is left of them.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            query = select(Lot).order_by(Lot.id)
            if household_id is not None:
                query = query.where(Lot.household_id == household_id)
            rows = _left(snapshot, snapshot.scalars(query).all())
            return tuple(row for row in rows if with_ended or row.left > 0)


def _package_row(row: Package) -> PackageRow:
    return PackageRow(
        row.id,
        row.name,
        row.unit,
        row.units,
        row.price,
        row.owner,
        row.expires_days,
        tuple(row.offering_ids),
    )


def rest_value(price: int, used: int, granted: int) -> int:
    """Give price less value used, the value used being price x used / granted."""
    return price - round_half_away(Fraction(price * used, granted))


def _sell(transaction: Transaction, request: BuyPackage) -> Bought:
    require_open(transaction, request.on)
    package = usable(transaction, Package, request.package_id, _("package"))
    usable(transaction, Household, request.household_id, _("family"))
    require_student(transaction, request.household_id, request.student_id)
    is_personal = package.owner is LotOwner.STUDENT
    if is_personal and request.student_id is None:
        raise OwnerMissingError(package.name)
    days = package.expires_days
    lot = Lot(
        package_id=package.id,
        household_id=request.household_id,
        student_id=request.student_id if is_personal else None,
        bought_on=request.on,
        expires_on=None if days is None else request.on + timedelta(days=days),
        unit=package.unit,
        granted=package.units,
        price=package.price,
        offering_ids=list(package.offering_ids),
        usable_when_paid=package.usable_when_paid,
    )
    transaction.add(lot)
    transaction.flush()
    parts = shared(
        transaction,
        request.household_id,
        request.payer_id,
        package.price,
        request.on,
    )
    new = NewCharge(
        kind=ChargeKind.PACKAGE,
        source=lot_source(lot.id),
        service_on=request.on,
        tax_code_id=package.tax_code_id,
        student_id=request.student_id,
    )
    return Bought(lot.id, add_charges(transaction, new, parts))


def _left(work: Snapshot | Transaction, lots: Sequence[Lot]) -> list[LotLeft]:
    """Give what is left of lots, in their order."""
    used: dict[int, int] = defaultdict(int)
    live = LotUse.returned_at.is_(None)
    ids = [lot.id for lot in lots]
    query = select(LotUse.lot_id, func.sum(LotUse.units)).group_by(LotUse.lot_id)
    for lot_id, units in work.execute(query.where(live, LotUse.lot_id.in_(ids))):
        used[lot_id] = int(units)
    names = dict(work.execute(select(Package.id, Package.name)).all())
    return [
        LotLeft(
            lot_id=lot.id,
            package=names[lot.package_id],
            household_id=lot.household_id,
            student_id=lot.student_id,
            unit=lot.unit,
            bought_on=lot.bought_on,
            expires_on=lot.expires_on,
            granted=lot.granted,
            used=used[lot.id],
            forfeited=lot.forfeited,
            refunded=lot.refunded,
        )
        for lot in lots
    ]


def _give_back(
    transaction: Transaction, lot: Lot, amount: int, on: date, reason: str
) -> int:
    """Charge an amount below zero to those who bought a lot, as they shared it.

    What was sold at a discount is given back with the discount off, also where the
    sale waits to be billed; the sum is told.
    """
    first = lot
    while first.carried_from_id is not None:
        first = fetch(transaction, Lot, first.carried_from_id, "package")
    bought = transaction.scalars(
        select(Charge)
        .where(
            Charge.source == lot_source(first.id),
            Charge.kind == ChargeKind.PACKAGE,
            Charge.live_key.is_not(None),
        )
        .order_by(Charge.id)
    ).all()
    given = 0
    parts = cumulative_split(amount, [charge.amount for charge in bought])
    for charge, whole in zip(bought, parts, strict=True):
        asked = _asked(transaction, charge, on)
        part = round_half_away(Fraction(whole * asked, charge.amount))
        given += part
        new = NewCharge(
            kind=ChargeKind.ADJUSTMENT,
            source=lot_source(lot.id),
            service_on=on,
            tax_code_id=charge.tax_code_id,
            reason=reason,
            student_id=lot.student_id,
        )
        add_charges(transaction, new, ((charge.payer_id, -part),))
    return given


def _asked(transaction: Transaction, charge: Charge, on: date) -> int:
    """Give what a sale's charge asks for after discounts, billed or yet to be."""
    if charge.line_id is not None:
        line = transaction.get_one(DocumentLine, charge.line_id)
        return line.amount - line.document_discount
    of = InvoiceRunOf(charge.service_on, max(on, charge.service_on), on)
    sheets, _waits = sheets_of(transaction, of, [charge.payer_id])
    for sheet in sheets:
        sign = 1 if sheet.kind is DocumentKind.INVOICE else -1
        for waiting in sheet.lines:
            if waiting.charge.charge_id == charge.id:
                return sign * (waiting.amount - waiting.discount)
    return charge.amount


def _due(transaction: Transaction, today: date) -> list[tuple[Lot, int]]:
    """Find the lots that ran out with something left, and how much."""
    lots = transaction.scalars(
        select(Lot).where(Lot.expires_on < today).order_by(Lot.id)
    ).all()
    rows = zip(lots, _left(transaction, lots), strict=True)
    return [(lot, row.left) for lot, row in rows if row.left > 0]


def _expire(transaction: Transaction, lot: Lot, left: int) -> None:
    """Forfeit what is left, or let it go on as a new lot from the day after."""
    lot.forfeited += left
    package = fetch(transaction, Package, lot.package_id, "package")
    if not package.carries_over or lot.expires_on is None:
        return
    days = (lot.expires_on - lot.bought_on).days
    starts = lot.expires_on + timedelta(days=1)
    transaction.add(
        Lot(
            package_id=lot.package_id,
            household_id=lot.household_id,
            student_id=lot.student_id,
            bought_on=starts,
            expires_on=starts + timedelta(days=days),
            unit=lot.unit,
            granted=left,
            price=rest_value(lot.price, lot.granted - left, lot.granted),
            offering_ids=lot.offering_ids,
            usable_when_paid=lot.usable_when_paid,
            carried_from_id=lot.id,
        )
    )
