"""The section of packages, funders' contracts and monthly fees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter

from app.models.values.billing import ContractBasis, HouseholdKind, LotOwner, LotUnit
from app.models.values.schedule import local_date
from app.services.billing.contracts import ContractRow
from app.services.billing.flat_fees import FlatFeeRow
from app.services.billing.terms import (
    AddContract,
    AddFlatFee,
    AddPackage,
    PackageRow,
)
from app.services.office import Office
from app.text import _
from app.views.formats import Formats
from app.views.settings.asking import AskDialog, Asked, Values, choice, line, tick
from app.views.settings.fields import NumberField
from app.views.settings.lists import ListCard, Listing, ListSection
from app.views.tables.columns import Column
from app.views.tools import Tools
from app.views.widgets.inputs import DateEdit, MoneyField

HOUR = 60
Choices = Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Agreements:
    """What is sold in advance or agreed for months, and what it can be made of."""

    packages: tuple[PackageRow, ...]
    contracts: tuple[ContractRow, ...]
    fees: tuple[FlatFeeRow, ...]
    names: Mapping[int, str]
    families: Choices
    funders: Choices
    taxes: Choices


def read_agreements(office: Office) -> Agreements:
    """Read packages, contracts and flat fees."""
    everybody = office.households.households(with_archived=True)
    usable = [one for one in everybody if not one.is_archived]
    return Agreements(
        office.packages.packages(),
        tuple(row for row in office.contracts.contracts() if not row.is_archived),
        office.flat_fees.flat_fees(),
        {one.household_id: one.name for one in everybody},
        [
            (one.name, one.household_id)
            for one in usable
            if one.kind is not HouseholdKind.FUNDER
        ],
        [
            (one.name, one.household_id)
            for one in usable
            if one.kind is HouseholdKind.FUNDER
        ],
        [(row.name, row.tax_code_id) for row in office.catalog.tax_codes()],
    )


def add_package(office: Office, values: Values) -> int:
    """Let a package be bought from now on; time is typed in hours."""
    factor = HOUR if values["unit"] is LotUnit.MINUTES else 1
    days = values["expires_days"]
    units = int(values["units"] * factor)
    expires = None if days is None else int(days)
    kept = {**values, "units": units, "expires_days": expires}
    return office.packages.add_package(AddPackage(**kept))


def add_contract(office: Office, values: Values) -> int:
    """Agree a contract; its pool is typed in hours."""
    hours = values["pool_minutes"]
    pool = None if hours is None else int(hours * HOUR)
    return office.contracts.add_contract(
        AddContract(**{**values, "pool_minutes": pool})
    )


def add_fee(office: Office, values: Values) -> int:
    """Agree a monthly fee."""
    return office.flat_fees.add_flat_fee(AddFlatFee(**values))


def end_fee(office: Office, flat_fee_id: int, values: Values) -> None:
    """Let a monthly fee end."""
    office.flat_fees.end_flat_fee(flat_fee_id, values["until_on"])


class PackagesSection(ListSection):
    """Lists packages, contracts and monthly fees."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._found: Agreements | None = None
        self._today = local_date(tools.clock.now(), tools.formats.zone)
        self.packages: ListCard[PackageRow] = ListCard(_packages(tools.formats), tools)
        new = self.packages.add_button(_("New package…"))
        new.clicked.connect(self.ask_package)
        rename = self.packages.add_deed(_("Rename…"))
        rename.clicked.connect(self.rename_package)
        out = self.packages.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive_package)
        self.contracts: ListCard[ContractRow] = ListCard(
            _contracts(tools.formats, self.name_of), tools
        )
        new = self.contracts.add_button(_("New contract…"))
        new.clicked.connect(self.ask_contract)
        out = self.contracts.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive_contract)
        self.fees: ListCard[FlatFeeRow] = ListCard(
            _fees(tools.formats, self.name_of), tools
        )
        self.fees.add_button(_("New monthly fee…")).clicked.connect(self.ask_fee)
        self.fees.add_deed(_("End…"), "x").clicked.connect(self.ask_end)
        for card in (self.packages, self.contracts, self.fees):
            self.add(card)
        self.column.addStretch()

    def refresh(self) -> None:
        self.run(partial(read_agreements, self.tools.office), self._show)

    def name_of(self, household_id: int) -> str:
        """Name a family or funder."""
        return self._found.names.get(household_id, "") if self._found else ""

    def rename_package(self) -> None:
        """Ask for another name of the current package."""
        row = self.packages.current()
        if row is not None:
            rename = self.tools.office.packages.rename_package
            self.ask_name(row.name, partial(rename, row.package_id))

    def ask_package(self) -> None:
        """Ask for a package."""
        if self._found is None:
            return
        formats = self.tools.formats
        units = choice(
            ((_("hours"), LotUnit.MINUTES), (_("sessions"), LotUnit.SESSIONS))
        )
        owners = choice(
            (
                (_("one student"), LotOwner.STUDENT),
                (_("the whole family"), LotOwner.HOUSEHOLD),
            )
        )
        days = NumberField(formats, 0, 36_500, whole=True, unit=_("days"))
        asked = (
            Asked("name", _("Name"), line("", _("Ten hours")), is_needed=True),
            Asked("units", _("Holds"), NumberField(formats), is_needed=True),
            Asked("unit", _("Counted in"), units),
            Asked("price", _("Price"), MoneyField(None, formats), is_needed=True),
            Asked("tax_code_id", _("Tax"), choice(self._found.taxes), is_needed=True),
            Asked("owner", _("Covers"), owners),
            Asked("expires_days", _("Expires after"), days, _("Empty: never.")),
            Asked("carries_over", "", tick(_("What is left becomes a new package"))),
            Asked("usable_when_paid", "", tick(_("Usable only once it is paid"))),
        )
        self._open(_("New package"), asked, partial(add_package, self.tools.office))

    def archive_package(self) -> None:
        """Stop selling the current package."""
        row = self.packages.current()
        if row is not None:
            archive = self.tools.office.packages.archive_package
            self.run(partial(archive, row.package_id), self.taken_out)

    def ask_contract(self) -> None:
        """Ask for a contract with a funder."""
        if self._found is None:
            return
        formats = self.tools.formats
        basis = choice([(words, key) for key, words in _bases().items()])
        first, last = (DateEdit(None, formats, self._today) for _n in range(2))
        hours = NumberField(formats, 0, 100_000, unit="h")
        asked = (
            Asked("name", _("Name"), line(), is_needed=True),
            Asked(
                "household_id", _("Funder"), choice(self._found.funders), is_needed=True
            ),
            Asked("basis", _("Counts"), basis),
            Asked(
                "rate", _("Rate per hour"), MoneyField(None, formats), is_needed=True
            ),
            Asked("pool_minutes", _("Authorised"), hours, _("Empty: without limit.")),
            Asked("tax_code_id", _("Tax"), choice(self._found.taxes)),
            Asked("valid_from", _("From"), first),
            Asked("valid_until", _("Until"), last),
        )
        self._open(_("New contract"), asked, partial(add_contract, self.tools.office))

    def archive_contract(self) -> None:
        """Use the current contract no more for new sessions."""
        row = self.contracts.current()
        if row is not None:
            archive = self.tools.office.contracts.archive_contract
            self.run(partial(archive, row.contract_id), self.taken_out)

    def ask_fee(self) -> None:
        """Ask for a monthly fee."""
        if self._found is None:
            return
        formats = self.tools.formats
        first = DateEdit(self._today, formats, self._today)
        last = DateEdit(None, formats, self._today)
        family, tax = choice(self._found.families), choice(self._found.taxes)
        asked = (
            Asked("household_id", _("Family"), family, is_needed=True),
            Asked("amount", _("A month"), MoneyField(None, formats), is_needed=True),
            Asked("tax_code_id", _("Tax"), tax, is_needed=True),
            Asked("from_on", _("Valid from"), first, is_needed=True),
            Asked("until_on", _("Until"), last),
        )
        self._open(_("New monthly fee"), asked, partial(add_fee, self.tools.office))

    def ask_end(self) -> None:
        """Ask when the current monthly fee ends."""
        row = self.fees.current()
        if row is not None:
            day = DateEdit(row.until_on or self._today, self.tools.formats, self._today)
            hint = _("The last day; empty goes on without end.")
            asked = (Asked("until_on", _("Until"), day, hint),)
            work = partial(end_fee, self.tools.office, row.flat_fee_id)
            self._open(_("End a monthly fee"), asked, work)

    def _open(
        self, title: str, asked: Sequence[Asked], work: partial[int] | partial[None]
    ) -> None:
        dialog = AskDialog(title, self.tools, asked, work, self)
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def _show(self, found: Agreements) -> None:
        self._found = found
        self.packages.show_rows(found.packages)
        self.contracts.show_rows(found.contracts)
        self.fees.show_rows(found.fees)


def _packages(formats: Formats) -> Listing[PackageRow]:
    def price(row: PackageRow) -> str:
        """Write what it costs."""
        return formats.money(row.price)

    def holds(row: PackageRow) -> str:
        """Write what it holds."""
        if row.unit is LotUnit.SESSIONS:
            return _("{n} sessions").format(n=row.units)
        return formats.hours(row.units)

    columns: tuple[Column[PackageRow], ...] = (
        Column("name", _("Name"), attrgetter("name"), "strong", stretch=True),
        Column("holds", _("Holds"), holds, sort_by=attrgetter("units"), width=120),
        Column("price", _("Price"), price, sort_by=attrgetter("price"), width=120),
        Column("expires", _("Expires"), _expires, "muted", width=140),
    )
    noun = (_("package"), _("packages"))
    return Listing("packages", _("Packages"), noun, attrgetter("package_id"), columns)


def _contracts(formats: Formats, name_of: object) -> Listing[ContractRow]:
    def funder(row: ContractRow) -> str:
        """Name the funder."""
        return str(name_of(row.household_id)) if callable(name_of) else ""

    def rate(row: ContractRow) -> str:
        """Write the rate."""
        return formats.money(row.rate)

    def used(row: ContractRow) -> str:
        """Write what was used of what is authorised."""
        if row.pool_minutes is None:
            return formats.hours(row.used_minutes)
        pool = formats.hours(row.pool_minutes)
        return _("{used} of {pool}").format(
            used=formats.hours(row.used_minutes), pool=pool
        )

    minutes = attrgetter("used_minutes")
    columns: tuple[Column[ContractRow], ...] = (
        Column("name", _("Name"), attrgetter("name"), "strong", stretch=True),
        Column("funder", _("Funder"), funder, width=180),
        Column("rate", _("Rate"), rate, sort_by=attrgetter("rate"), width=100),
        Column("used", _("Used"), used, sort_by=minutes, width=140),
    )
    noun = (_("contract"), _("contracts"))
    key = attrgetter("contract_id")
    return Listing("contracts", _("Contracts with funders"), noun, key, columns)


def _fees(formats: Formats, name_of: object) -> Listing[FlatFeeRow]:
    def family(row: FlatFeeRow) -> str:
        """Name the family."""
        return str(name_of(row.household_id)) if callable(name_of) else ""

    def amount(row: FlatFeeRow) -> str:
        """Write the amount."""
        return formats.money(row.amount)

    def since(row: FlatFeeRow) -> str:
        """Write the first day."""
        return formats.date(row.from_on)

    def until(row: FlatFeeRow) -> str:
        """Write the last day."""
        return formats.date(row.until_on)

    columns: tuple[Column[FlatFeeRow], ...] = (
        Column("family", _("Family"), family, "strong", stretch=True),
        Column("amount", _("A month"), amount, sort_by=attrgetter("amount")),
        Column("from", _("From"), since, "date", sort_by=attrgetter("from_on")),
        Column("until", _("Until"), until, "date", sort_by=_until_on),
    )
    noun = (_("monthly fee"), _("monthly fees"))
    key = attrgetter("flat_fee_id")
    return Listing("fees", _("Monthly fees"), noun, key, columns)


def _bases() -> dict[ContractBasis, str]:
    return {
        ContractBasis.STUDENT_TIME: _("each student's time"),
        ContractBasis.SESSION_ONCE: _("the session once"),
        ContractBasis.SESSION_TIMES_TUTORS: _("the session for every tutor"),
    }


def _expires(row: PackageRow) -> str:
    if row.expires_days is None:
        return _("never")
    return _("after {n} days").format(n=row.expires_days)


def _until_on(row: FlatFeeRow) -> date:
    return row.until_on or date.max
