"""What the law of a country wants on invoices, as far as the office must enter it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from app.models.catalog import TaxCode
from app.models.database import Snapshot, Transaction
from app.models.office import OfficeProfile
from app.text import _

_NORTH = ("BE", "DE", "DK", "EE", "FI", "IE", "LT", "LU", "LV", "NL", "PL", "SE")
_SOUTH = ("AT", "BG", "CY", "CZ", "ES", "FR", "GR", "HR", "HU", "IT", "MT", "PT")
_EUROPEAN = frozenset((*_NORTH, *_SOUTH, "RO", "SI", "SK"))
# There, invoices come from certified software or are reported.
_REPORTING = frozenset(("ES", "GR", "HU", "IT", "PL", "PT", "RO"))
_NUMBERED = {
    "AU": _("the ABN"),
    "CA": _("the GST/HST registration number"),
    "GB": _("the VAT number"),
}


def missing_on_office(
    work: Snapshot | Transaction, office: OfficeProfile
) -> tuple[str, ...]:
    """List, in sentences, what the office's letterhead lacks by its country's law."""
    sentences = []
    if not office.address.strip():
        sentences.append(
            _("The office has no address; every invoice must show it. Enter it.")
        )
    number = _number_wanted(office.country, charges_tax=_charges_tax(work))
    if number and not office.tax_number.strip():
        sentences.append(
            _("Invoices from {country} must show {number}; enter it.").format(
                country=office.country, number=number
            )
        )
    if office.country in _REPORTING:
        sentences.append(
            _(
                "Invoices from {country} may have to be made or reported by certified "
                "software, which this program is not; ask your tax adviser."
            ).format(country=office.country)
        )
    return tuple(sentences)


def _number_wanted(country: str, *, charges_tax: bool) -> str:
    if country == "DE":
        return _("the tax number or VAT number")
    if not charges_tax:
        return ""
    if country in _EUROPEAN:
        return _("the VAT number")
    return _NUMBERED.get(country, "")


def _charges_tax(work: Snapshot | Transaction) -> bool:
    rates = work.scalars(select(TaxCode.rate).where(TaxCode.archived_at.is_(None)))
    return any(rate > Decimal(0) for rate in rates)
