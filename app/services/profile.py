"""The office's own record: who it is, its zone, its currency, how it counts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.models.billing import NumberSeries
from app.models.catalog import TaxCode
from app.models.office import Attachment, OfficeProfile
from app.models.values import entries
from app.models.values.billing import DocumentKind, PriceBasis, TaxRounding
from app.models.values.errors import InputError, RuleError
from app.models.values.payroll import DistanceUnit
from app.models.values.schedule import Unknown
from app.models.values.unchanged import UNCHANGED, Unchanged
from app.services.desk import Desk, profile
from app.services.logos import as_kept, keep_logo, logo_of, read_file
from app.services.records import (
    Checks,
    as_is,
    change,
    cleaned,
    names_a_record,
    optional,
    read_at,
)
from app.text import _

EXEMPT = "exempt"
_GRIDS = (5, 10, 15, 20, 30, 60)


class AlreadySetUpError(RuleError):
    """The office has its record already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "This office was set up already, as “{name}”; change it in Settings."
            ).format(name=name)
        )


class GridError(InputError):
    """A calendar grid that does not divide the hour."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            _(
                "A grid of {minutes} minutes does not divide the hour; choose "
                "5, 10, 15, 20, 30 or 60."
            ).format(minutes=minutes)
        )


class UnitError(InputError):
    """A unit of distance that nobody counts in."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not a unit of distance; choose km or mile.").format(
                text=text[:40]
            )
        )


class CurrencyInUseError(RuleError):
    """The currency was to change although money was counted in it."""

    def __init__(self, currency: str) -> None:
        super().__init__(
            _(
                "The office's currency stays {currency}, because it was chosen when "
                "the office was set up and amounts are kept in it; set up another "
                "office for another currency."
            ).format(currency=currency)
        )


class SamePrefixError(InputError):
    """Invoices and credit notes would get the same numbers."""

    def __init__(self, prefix: str) -> None:
        super().__init__(
            _(
                "Invoices and credit notes cannot both begin with “{prefix}”; give "
                "credit notes a prefix of their own, such as CN-."
            ).format(prefix=prefix)
        )


@dataclass(frozen=True, slots=True)
class SetUpOffice:
    """A request to give a new office its record.

    Attributes:
        zone: of the office's wall clock, such as Europe/London.
        payment_rows: pairs of label and text printed on invoices.
        invoice_prefix: what invoice numbers begin with; credit notes have their own.
    """

    name: str
    zone: str
    currency: str
    address: str = ""
    contact: str = ""
    legal: str = ""
    email: str = ""
    country: str = ""
    locale: str = "en-GB"
    prices: PriceBasis = PriceBasis.NET
    tax_rounding: TaxRounding = TaxRounding.DOCUMENT
    tax_number: str = ""
    payee: str = ""
    iban: str = ""
    bic: str = ""
    payment_rows: tuple[tuple[str, str], ...] = ()
    payment_link: str = ""
    payment_days: int = 14
    credit_on_issue: bool = False
    grid_minutes: int = 15
    first_weekday: int = 0
    default_travel_minutes: int = 0
    unknown_availability: Unknown = Unknown.ASK
    distance_unit: str = "km"
    invoice_prefix: str = "INV-"
    credit_note_prefix: str = "CN-"


@dataclass(frozen=True, slots=True)
class ChangeOffice:
    """A request to change the office's record; the currency stays."""

    version: int
    name: str | Unchanged = UNCHANGED
    zone: str | Unchanged = UNCHANGED
    currency: str | Unchanged = UNCHANGED
    address: str | Unchanged = UNCHANGED
    contact: str | Unchanged = UNCHANGED
    legal: str | Unchanged = UNCHANGED
    email: str | Unchanged = UNCHANGED
    country: str | Unchanged = UNCHANGED
    locale: str | Unchanged = UNCHANGED
    prices: PriceBasis | Unchanged = UNCHANGED
    tax_rounding: TaxRounding | Unchanged = UNCHANGED
    tax_number: str | Unchanged = UNCHANGED
    payee: str | Unchanged = UNCHANGED
    iban: str | Unchanged = UNCHANGED
    bic: str | Unchanged = UNCHANGED
    payment_rows: tuple[tuple[str, str], ...] | Unchanged = UNCHANGED
    payment_link: str | Unchanged = UNCHANGED
    payment_days: int | Unchanged = UNCHANGED
    credit_on_issue: bool | Unchanged = UNCHANGED
    grid_minutes: int | Unchanged = UNCHANGED
    first_weekday: int | Unchanged = UNCHANGED
    default_travel_minutes: int | Unchanged = UNCHANGED
    unknown_availability: Unknown | Unchanged = UNCHANGED
    distance_unit: str | Unchanged = UNCHANGED
    logo_id: int | Unchanged | None = UNCHANGED


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """The office's record as it stands.

    Attributes:
        uid: tells it from every other office, wherever its file lies.
    """

    version: int
    uid: str
    name: str
    zone: str
    currency: str
    address: str
    contact: str
    legal: str
    email: str
    country: str
    locale: str
    prices: PriceBasis
    tax_rounding: TaxRounding
    tax_number: str
    payee: str
    iban: str
    bic: str
    payment_rows: tuple[tuple[str, str], ...]
    payment_link: str
    payment_days: int
    credit_on_issue: bool
    grid_minutes: int
    first_weekday: int
    default_travel_minutes: int
    unknown_availability: Unknown
    distance_unit: str
    logo_id: int | None


class OfficeSettings:
    """Sets the office up, and changes its own record."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set_up(self, request: SetUpOffice) -> int:
        """Give a new office its record, its numbering and the tax code “exempt”.

        Raises:
            AlreadySetUpError: It has one.
            OfficeOnlyError: A tutor asked.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, _CHECKS)
        numbering = _numbering(request)
        with self._desk.transaction(_("Set the office up")) as transaction:
            former = transaction.scalars(select(OfficeProfile)).first()
            if former is not None:
                raise AlreadySetUpError(former.name)
            office = OfficeProfile(**values)
            transaction.add(office)
            transaction.add_all(numbering)
            known = transaction.scalars(select(TaxCode).where(TaxCode.name == EXEMPT))
            if known.first() is None:
                transaction.add(_exempt())
            transaction.flush()
            return office.id

    def change_office(self, request: ChangeOffice) -> None:
        """Change the office's own record.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            CurrencyInUseError: Another currency was asked for.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, _CHECKS)
        with self._desk.transaction(_("Change the office's settings")) as transaction:
            office = profile(transaction)
            read_at(transaction, OfficeProfile, office.id, request.version, _("office"))
            if values.get("currency", office.currency) != office.currency:
                raise CurrencyInUseError(office.currency)
            names_a_record(transaction, Attachment, values.get("logo_id"), _("picture"))
            change(office, values)

    def set_logo(self, file: Path) -> None:
        """Print a picture in the place of the mark from now on.

        Documents that were issued keep the logo that they were issued with.

        Raises:
            LogoError: It is no PNG or JPEG file, damaged, too large or too small.
            UnavailableError: The file cannot be read.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        kept = as_kept(read_file(file))
        with self._desk.transaction(_("Change the office's logo")) as transaction:
            logo_id = keep_logo(transaction, file.name, kept)
            profile(transaction).logo_id = logo_id

    def take_logo_away(self) -> None:
        """Print the office's letter again.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Take the office's logo away")) as transaction:
            profile(transaction).logo_id = None

    def logo(self) -> bytes:
        """Give the logo as it is printed; nothing where there is none.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return logo_of(snapshot, profile(snapshot).logo_id)

    def office(self) -> OfficeRecord:
        """Tell the office's record.

        Raises:
            NoProfileError: The office was not set up yet.
        """
        with self._desk.snapshot() as snapshot:
            office = profile(snapshot)
            values: dict[str, Any] = {
                field.name: getattr(office, field.name)
                for field in fields(OfficeRecord)
            }
        rows = tuple((label, text) for label, text in values["payment_rows"])
        return OfficeRecord(**{**values, "payment_rows": rows})


def _numbering(request: SetUpOffice) -> list[NumberSeries]:
    if request.invoice_prefix.strip() == request.credit_note_prefix.strip():
        raise SamePrefixError(request.invoice_prefix.strip())
    prefixes = {
        DocumentKind.INVOICE: request.invoice_prefix,
        DocumentKind.CREDIT_NOTE: request.credit_note_prefix,
    }
    return [
        NumberSeries(kind=kind, prefix=entries.short(prefix, _("prefix"), 16))
        for kind, prefix in prefixes.items()
    ]


def _exempt() -> TaxCode:
    reason = _("Exempt from tax.")
    return TaxCode(name=EXEMPT, rate=Decimal(0), category="E", reason=reason)


def _grid(minutes: int) -> int:
    if minutes not in _GRIDS:
        raise GridError(minutes)
    return minutes


def _unit(text: str) -> str:
    if text not in {unit.value for unit in DistanceUnit}:
        raise UnitError(text)
    return text


def _rows(rows: tuple[tuple[str, str], ...]) -> list[list[str]]:
    return [
        [entries.short(label, _("label")), entries.short(text, _("payment text"))]
        for label, text in rows
    ]


_CHECKS: Checks = {
    "name": partial(entries.named, what=_("office's name")),
    "zone": entries.zone_name,
    "currency": entries.currency_code,
    "address": partial(entries.lines, what=_("address")),
    "contact": partial(entries.short, what=_("contact line")),
    "legal": partial(entries.lines, what=_("legal line")),
    "email": entries.email,
    "country": entries.country_code,
    "locale": entries.locale_name,
    "prices": PriceBasis,
    "tax_rounding": TaxRounding,
    "tax_number": partial(entries.short, what=_("tax number")),
    "payee": partial(entries.short, what=_("payee")),
    "iban": entries.iban,
    "bic": partial(entries.short, what=_("BIC"), limit=11),
    "payment_rows": _rows,
    "payment_link": partial(entries.short, what=_("payment link"), limit=2000),
    "payment_days": partial(entries.whole, what=_("days to pay"), high=365),
    "credit_on_issue": as_is,
    "grid_minutes": _grid,
    "first_weekday": partial(entries.whole, what=_("first day of the week"), high=6),
    "default_travel_minutes": partial(
        entries.whole, what=_("usual travel time"), high=600
    ),
    "unknown_availability": Unknown,
    "distance_unit": _unit,
    "logo_id": optional(as_is),
}
