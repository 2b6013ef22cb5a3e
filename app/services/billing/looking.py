"""Looks at what a run would issue, and what it has to point out first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.people import Payer
from app.services.billing import troubles, wording
from app.services.billing.agreed import load_agreed
from app.services.billing.requests import (
    Draft,
    DraftLine,
    InvoiceRunOf,
    RunException,
    RunPreview,
)
from app.services.billing.sheets import (
    Sheet,
    Terms,
    load_printed,
    make_sheet,
    sums_to_nothing,
)
from app.services.billing.waiting import (
    Receiver,
    Waiting,
    load_receivers,
    load_waiting,
    until,
)
from app.services.desk import Desk, profile, zone


@dataclass(frozen=True, slots=True)
class Look:
    """What a run found: what it would issue, and what it points out.

    Attributes:
        blocked: households, or single payers of them, that are left out.
    """

    sheets: tuple[Sheet, ...]
    exceptions: tuple[RunException, ...]
    blocked: frozenset[tuple[int | None, int | None]]

    @classmethod
    def at(cls, sheets: Sequence[Sheet], exceptions: Sequence[RunException]) -> Look:
        """Put together what was found."""
        blocked = frozenset(
            (each.household_id, each.payer_id)
            for each in exceptions
            if each.is_blocking
        )
        return cls(tuple(sheets), tuple(exceptions), blocked)

    def is_held(self, sheet: Sheet) -> bool:
        """Say whether something blocks the payer of a sheet."""
        household_id = sheet.receiver.household_id
        whole, own = (household_id, None), (household_id, sheet.receiver.payer_id)
        return whole in self.blocked or own in self.blocked


def _concerned(work: Snapshot | Transaction, of: InvoiceRunOf) -> list[int] | None:
    if of.payer_ids is not None:
        return list(of.payer_ids)
    if of.household_ids is None:
        return None
    return list(
        work.scalars(select(Payer.id).where(Payer.household_id.in_(of.household_ids)))
    )


def sheets_of(
    work: Snapshot | Transaction, of: InvoiceRunOf, payer_ids: Iterable[int] | None
) -> tuple[list[Sheet], list[RunException]]:
    """Make what waits into documents, in the order of issue; name what stays."""
    by_payer: dict[int, list[Waiting]] = defaultdict(list)
    for charge in load_waiting(work, until(of.until_on, payer_ids)):
        by_payer[charge.payer_id].append(charge)
    receivers = load_receivers(work, by_payer)
    agreed = load_agreed(work, {each.household_id for each in receivers})
    printed = load_printed(
        work, [charge for charges in by_payer.values() for charge in charges]
    )
    office = profile(work)
    terms = Terms(of.on, office.prices, office.tax_rounding)
    sheets: list[Sheet] = []
    waits: list[RunException] = []
    for receiver in receivers:
        ready, excuses = _ready(receiver, by_payer)
        waits += excuses
        if ready:
            reductions = agreed.get(receiver.household_id, ())
            sheets.append(make_sheet(receiver, ready, reductions, printed, terms))
    return sheets, waits


def _ready(
    receiver: Receiver, by_payer: Mapping[int, Sequence[Waiting]]
) -> tuple[list[Waiting], list[RunException]]:
    charges = by_payer[receiver.payer_id]
    ready = [charge for charge in charges if charge.is_approved]
    waits = []
    if len(ready) < len(charges):
        waits.append(troubles.of_waiting(receiver, is_approved=False))
    if ready and sums_to_nothing(ready):
        waits.append(troubles.of_waiting(receiver, is_approved=True))
        ready = []
    return ready, waits


def look(
    work: Snapshot | Transaction,
    desk: Desk,
    of: InvoiceRunOf,
    faults: Sequence[RunException],
) -> Look:
    """Find what a run would issue; ``faults`` came up before it could be charged."""
    office = profile(work)
    sheets, waits = sheets_of(work, of, _concerned(work, of))
    households = list({sheet.receiver.household_id for sheet in sheets})
    found = [*troubles.of_office(work, office), *faults]
    if of.payer_ids is None:
        found += troubles.of_sessions(work, of, zone(work), desk.at(work))
    for sheet in sheets:
        found += troubles.of_receiver(sheet.receiver, office)
    found += troubles.of_changes(work, sheets)
    found += troubles.of_packages(work, of, households)
    return Look.at(sheets, [*found, *waits])


def told(work: Snapshot | Transaction, found: Look) -> RunPreview:
    """Put what a run would do into values."""
    sheets = [sheet for sheet in found.sheets if not found.is_held(sheet)]
    return RunPreview(found.exceptions, _drafts(work, sheets))


def waiting_drafts(work: Snapshot | Transaction, of: InvoiceRunOf) -> tuple[Draft, ...]:
    """Put what waits already into values, whatever may hold it back."""
    sheets, _waits = sheets_of(work, of, _concerned(work, of))
    return _drafts(work, sheets)


def _drafts(work: Snapshot | Transaction, sheets: Sequence[Sheet]) -> tuple[Draft, ...]:
    charges = [line.charge for sheet in sheets for line in sheet.lines]
    names = wording.load_names(work, charges)
    last = troubles.last_invoices(work)
    return tuple(_draft(sheet, names, last) for sheet in sheets)


def _draft(
    sheet: Sheet, names: Mapping[str, str], last: Mapping[int, troubles.LastInvoice]
) -> Draft:
    receiver = sheet.receiver
    lines = tuple(
        DraftLine(
            charge_id=line.charge.charge_id,
            student=line.charge.student,
            kind=line.charge.kind,
            service_on=line.charge.service_on,
            text=wording.line_text(line, names),
            minutes=line.charge.minutes,
            amount=line.amount,
            session_id=line.charge.session_id,
        )
        for line in sheet.lines
    )
    former = last.get(receiver.payer_id)
    is_alike = former is not None and former.currency == receiver.currency
    return Draft(
        household_id=receiver.household_id,
        payer_id=receiver.payer_id,
        payer=receiver.name,
        kind=sheet.kind,
        currency=receiver.currency,
        lines=lines,
        discount=sum(off for _name, off in sheet.reductions),
        net=sheet.totals.net,
        tax=sheet.totals.tax,
        total=sheet.totals.total,
        household=receiver.household,
        email=receiver.email,
        former=former.total if former and is_alike else None,
    )
