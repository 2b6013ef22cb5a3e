"""The monthly charges of flat fees, each month once, part months by days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select

from app.models.agreements import FlatFee
from app.models.billing import Charge
from app.models.database import Snapshot, Transaction
from app.models.people import Household
from app.models.values.billing import ChargeKind
from app.models.values.money import round_half_away
from app.services.charging.credited import credited_for_good
from app.services.charging.facts import Draft, HouseholdFacts
from app.services.charging.loading_shares import load_shares
from app.services.charging.reconcile import (
    Due,
    Origin,
    content_of,
    reconcile,
)
from app.services.charging.shares import divide
from app.services.desk import fetch
from app.text import _

_LONGEST_MONTH = 31


def source_of(fee_id: int) -> str:
    """Name a flat fee as the source of its charges."""
    return f"flat_fee:{fee_id}"


def following(first: date) -> date:
    """Give the first day of the month after the one of a day."""
    return (first.replace(day=1) + timedelta(days=_LONGEST_MONTH + 1)).replace(day=1)


def months(from_on: date, until_on: date) -> Iterator[tuple[date, date]]:
    """List the stretches of whole or part months between two days, both included."""
    first = from_on
    while first <= until_on:
        after = following(first)
        yield first, min(until_on, after - timedelta(days=1))
        first = after


def month_amount(amount: int, first: date, last: date) -> int:
    """Give the part of a monthly amount: days active by days in the month."""
    month = first.replace(day=1)
    active = (last - first).days + 1
    return round_half_away(Fraction(amount * active, (following(month) - month).days))


def bring_up_to(transaction: Transaction, fee_id: int, until_on: date) -> None:
    """Charge the months of a flat fee that have begun, and correct the others.

    A month's first charge bears the month's day even where that is locked, so that
    its run bills it; a correction bears a day of the open period.

    Months after the fee's end are taken back; months after ``until_on`` that were
    charged before and still hold are left as they are.

    Raises:
        NoPayerError: The household has nobody who pays.
    """
    fee = fetch(transaction, FlatFee, fee_id, "flat fee")
    ever = _charged(transaction, fee)
    charged = [row for row in ever if row.live_key is not None]
    known = {row.period for row in charged}
    begun = {row.period for row in ever}
    spans = {
        f"{first:%Y-%m}": (first, last)
        for first, last in months(fee.from_on, _horizon(fee, charged, until_on))
        if first <= until_on or f"{first:%Y-%m}" in known
    }
    for period in sorted(spans.keys() | known):
        drafts = _drafts(transaction, fee, *spans[period]) if period in spans else ()
        wanted = _uncredited(transaction, fee, period, drafts)
        live = {content_of(row) for row in charged if row.period == period}
        if live != {draft.content for draft in wanted}:
            origin = Origin(source=source_of(fee.id), period=period)
            due = Due(origin, wanted, is_first=period not in begun)
            reconcile(transaction, transaction.at, due)


def _horizon(fee: FlatFee, charged: Iterable[Charge], until_on: date) -> date:
    """Give the last day to look at: of the month, or of the fee if it ends before."""
    latest = max([until_on, *(row.service_on for row in charged)])
    return min(fee.until_on or date.max, following(latest) - timedelta(days=1))


def _charged(work: Snapshot | Transaction, fee: FlatFee) -> list[Charge]:
    """Read what stands or stood on paper of a flat fee, in order."""
    return list(
        work.scalars(
            select(Charge)
            .where(Charge.source == source_of(fee.id), Charge.replaced_at.is_(None))
            .order_by(Charge.id)
        )
    )


def _drafts(
    work: Snapshot | Transaction, fee: FlatFee, first: date, last: date
) -> tuple[Draft, ...]:
    amount = month_amount(fee.amount, first, last)
    shares = load_shares(work, [fee.household_id], fee.placement_id, first)
    household = fetch(work, Household, fee.household_id, "household")
    facts = HouseholdFacts(
        household.id, household.name, shares.get(fee.household_id, ())
    )
    reason = ""
    if first.day != 1 or following(first) - timedelta(days=1) != last:
        reason = _("{first:%d %b} to {last:%d %b}").format(first=first, last=last)
    return tuple(
        Draft(
            first,
            fee.student_id,
            payer_id,
            ChargeKind.FLAT_FEE,
            fee.tax_code_id,
            part,
            reason=reason,
        )
        for payer_id, part in divide(amount, facts)
    )


def _uncredited(
    work: Snapshot | Transaction, fee: FlatFee, period: str, drafts: Iterable[Draft]
) -> list[Draft]:
    """Leave out what was credited for good, as long as it is still the same."""
    former = work.scalars(
        select(Charge)
        .where(Charge.source == source_of(fee.id), Charge.period == period)
        .order_by(Charge.id)
    ).all()
    gone = credited_for_good(work, former)
    return [draft for draft in drafts if draft.content not in gone]
