"""Statements of account, and how late what is owed is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from app.models.database import Snapshot
from app.services.billing.accounts import OpenInvoice, balances, open_invoices
from app.services.billing.faces import text_lines
from app.services.billing.postings import (
    AccountEntry,
    age_labels,
    by_age,
    load_entries,
    open_as_of,
)
from app.services.billing.waiting import load_receivers
from app.services.desk import MissingRecordError
from app.services.documents import values


@dataclass(frozen=True, slots=True)
class AgeRow:
    """What a payer owes by how late it is, minor units.

    Attributes:
        ages: not yet due, up to 30, 60, 90 days late, and later.
    """

    payer_id: int
    payer: str
    household_id: int
    household: str
    currency: str
    ages: tuple[int, ...]
    on_account: int
    balance: int


def ageing(snapshot: Snapshot, today: date) -> tuple[AgeRow, ...]:
    """Say by payer how late what they owe is."""
    owed = balances(snapshot)
    by_payer: dict[int, list[OpenInvoice]] = defaultdict(list)
    for invoice in open_invoices(snapshot):
        by_payer[invoice.payer_id].append(invoice)
    rows = []
    for receiver in load_receivers(snapshot, owed):
        ages = by_age(by_payer[receiver.payer_id], today)
        balance = owed[receiver.payer_id]
        rows.append(
            AgeRow(
                receiver.payer_id,
                receiver.name,
                receiver.household_id,
                receiver.household,
                receiver.currency,
                ages,
                sum(ages) - balance,
                balance,
            )
        )
    return tuple(rows)


def statement(
    snapshot: Snapshot, payer_id: int, from_on: date, until_on: date
) -> values.Statement:
    """Give a payer's account over a period, with what is late at its end.

    Raises:
        MissingRecordError: There is no such payer.
    """
    receivers = load_receivers(snapshot, [payer_id])
    if not receivers:
        what = "payer"
        raise MissingRecordError(what)
    receiver = receivers[0]
    entries = load_entries(snapshot, payer_id)
    before = [each for each in entries if each.on < from_on]
    during = [each for each in entries if from_on <= each.on <= until_on]
    brought = before[-1].balance if before else 0
    ages = by_age(open_as_of(snapshot, payer_id, until_on), until_on)
    balance = during[-1].balance if during else brought
    return values.Statement(
        as_of=until_on,
        first_day=from_on,
        payer=values.Party(receiver.name, tuple(text_lines(receiver.address))),
        reference=receiver.reference,
        currency=receiver.currency,
        brought_forward=brought,
        postings=tuple(_posting(each) for each in during),
        balance=balance,
        overdue=sum(ages[1:]),
        ages=tuple(
            values.Entry(label, amount)
            for label, amount in zip(age_labels(), ages, strict=True)
        ),
        on_account=sum(ages) - balance,
    )


def _posting(entry: AccountEntry) -> values.Posting:
    return values.Posting(
        entry.on,
        entry.document,
        entry.text,
        entry.charge,
        entry.payment,
        entry.balance,
    )
