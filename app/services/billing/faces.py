"""What documents print besides their lines, frozen with them as JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from app.models.agreements import Lot, LotUse, Package
from app.models.billing import Charge
from app.models.database import Snapshot, Transaction
from app.models.office import OfficeProfile
from app.models.values.billing import ChargeKind
from app.services.billing.sheets import Sheet
from app.services.billing.totals import TaxGroup
from app.services.billing.waiting import Receiver
from app.services.documents.codes import structured_reference

_BOUGHT = (
    select(Charge.payer_id, Charge.source)
    .where(
        Charge.payer_id.in_(bindparam("ids", expanding=True)),
        Charge.kind == ChargeKind.PACKAGE,
        Charge.live_key.is_not(None),
    )
    .order_by(Charge.id)
)

_SEPA = "EUR"


@dataclass(frozen=True, slots=True)
class Settling:
    """What is set off at issue: amounts by label, minor units."""

    entries: tuple[tuple[str, int], ...] = ()

    @property
    def amount(self) -> int:
        """The sum of what is set off."""
        return sum(amount for _label, amount in self.entries)


def make_face(
    office: OfficeProfile,
    sheet: Sheet,
    number: str,
    settling: Settling,
    packages: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Gather everything that a document prints besides its columns and lines."""
    left = sheet.totals.total - settling.amount
    return {
        "office": _letterhead(office),
        "payer": _address(sheet.receiver),
        "language": sheet.receiver.language or office.locale,
        "subtotal": sheet.subtotal,
        "discounts": [list(each) for each in sheet.reductions],
        "taxes": _taxes(sheet),
        "settled": [list(each) for each in settling.entries],
        "open": left,
        "transfer": _transfer(office, number, sheet.receiver.currency),
        "packages": [dict(each) for each in packages],
        "note": "",
    }


def text_lines(text: str) -> list[str]:
    """Split an address into its lines, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _letterhead(office: OfficeProfile) -> dict[str, Any]:
    return {
        "name": office.name,
        "address": text_lines(office.address),
        "contact": office.contact,
        "legal": office.legal,
        "email": office.email,
        "country": office.country,
        "tax_number": office.tax_number,
        "logo_id": office.logo_id,
    }


def _address(receiver: Receiver) -> dict[str, Any]:
    return {
        "name": receiver.name,
        "lines": text_lines(receiver.address),
        "reference": receiver.reference,
        "tax_number": receiver.tax_number,
        "email": receiver.email,
    }


def _taxes(sheet: Sheet) -> list[dict[str, Any]]:
    names: dict[TaxGroup, str] = {}
    for line in sheet.lines:
        names.setdefault(line.charge.tax, line.charge.tax_name)
    return [
        {
            "name": names[each.group],
            "rate": f"{each.group.rate:f}",
            "category": each.group.category,
            "reason": each.group.reason,
            "basis": each.net,
            "amount": each.tax,
        }
        for each in sheet.totals.taxes
    ]


def _transfer(
    office: OfficeProfile, number: str, currency: str
) -> dict[str, Any] | None:
    if not (office.iban or office.payment_rows or office.payment_link):
        return None
    return {
        "payee": office.payee or office.name,
        "rows": [list(row) for row in office.payment_rows],
        "reference": _reference(office, number, currency),
        "iban": office.iban,
        "bic": office.bic,
        "link": office.payment_link,
    }


def _reference(office: OfficeProfile, number: str, currency: str) -> str:
    """Give what a payer writes: structured where banks carry it, else the number."""
    if currency == _SEPA and office.iban:
        return structured_reference(number) or number
    return number


def load_packages(
    work: Snapshot | Transaction, payer_ids: Iterable[int], from_on: date
) -> dict[int, list[dict[str, Any]]]:
    """Read the packages that payers bought and that are not long finished."""
    bought = work.rows(_BOUGHT, {"ids": list(payer_ids)})
    lots: dict[int, int] = {}
    for payer_id, source in bought:
        lots[int(source.removeprefix("lot:"))] = payer_id
    found: dict[int, list[dict[str, Any]]] = {}
    for lot_id, face in _lot_faces(work, list(lots), from_on):
        found.setdefault(lots[lot_id], []).append(face)
    return found


def _lot_faces(
    work: Snapshot | Transaction, lot_ids: Sequence[int], from_on: date
) -> list[tuple[int, dict[str, Any]]]:
    if not lot_ids:
        return []
    uses = {
        row_id: (int(units), last)
        for row_id, units, last in work.execute(
            select(LotUse.lot_id, func.sum(LotUse.units), func.max(LotUse.used_on))
            .where(LotUse.lot_id.in_(lot_ids), LotUse.returned_at.is_(None))
            .group_by(LotUse.lot_id)
        )
    }
    query = (
        select(Lot, Package.name)
        .join(Package, Package.id == Lot.package_id)
        .where(Lot.id.in_(lot_ids))
        .order_by(Lot.id)
    )
    faces = []
    for lot, name in work.execute(query):
        used, last = uses.get(lot.id, (0, None))
        left = lot.granted - used - lot.forfeited - lot.refunded
        if left > 0 or max(lot.bought_on, last or lot.bought_on) >= from_on:
            faces.append(
                (
                    lot.id,
                    {
                        "name": name,
                        "unit": lot.unit.value,
                        "bought": lot.granted,
                        "used": used,
                        "left": left,
                        "expires": lot.expires_on.isoformat()
                        if lot.expires_on
                        else None,
                    },
                )
            )
    return faces
