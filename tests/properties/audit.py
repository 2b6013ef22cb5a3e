"""Does everybody who can be asked name the same amounts?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from app.models.database import Database, Snapshot
from app.services.checking.check import _CHECKS
from app.services.office import Office
from tests.properties.ledger_rules import (
    balances,
    is_invoice,
    on_accounts,
    open_amounts,
)
from tests.properties.picture import Picture
from tests.properties.timetable_rules import open_close_outs

DECIMALS = {"JPY": 0, "KWD": 3}


def audit_faults(office: Office, database: Database, picture: Picture) -> Iterator[str]:
    """Ask every list, account and document, and the program's own check."""
    with database.snapshot() as snapshot:
        yield from own_check(snapshot)
    yield from _accounts(office, picture)
    yield from _documents(office, picture)
    yield from _pay(office, picture)
    listed = {each.session_id for each in office.close_outs.open_close_outs()}
    right = open_close_outs(picture, picture.at)
    if listed != right:
        yield f"open close-outs: {sorted(listed)}, not {sorted(right)}"


def own_check(snapshot: Snapshot) -> Iterator[str]:
    """Let the program check its rows; the tables themselves cannot have changed."""
    for finding in chain.from_iterable(check(snapshot) for check in _CHECKS):
        if finding.is_error:
            yield f"check: {finding.code} {finding.message} {finding.records}"


def _accounts(office: Office, picture: Picture) -> Iterator[str]:
    owed, kept = balances(picture), on_accounts(picture)
    told = office.ledger.balances()
    for payer_id in owed.keys() | told.keys():
        if owed[payer_id] != told.get(payer_id, 0):
            yield f"payer {payer_id} owes {owed[payer_id]}, told {told.get(payer_id)}"
        entries = office.ledger.account(payer_id)
        last = entries[-1].balance if entries else 0
        if last != owed[payer_id]:
            yield f"the account of payer {payer_id} ends with {last}"
        statement = office.ledger.statement_of_account(
            payer_id, picture.today.replace(day=1), picture.today.replace(year=2100)
        )
        if statement.balance != owed[payer_id]:
            yield f"the statement of payer {payer_id} says {statement.balance}"
        posted = sum(each.charge - each.payment for each in statement.postings)
        if statement.brought_forward + posted != statement.balance:
            yield f"the statement of payer {payer_id} does not add up"
    for row in office.ledger.ageing():
        mine = (owed[row.payer_id], kept[row.payer_id])
        if (row.balance, row.on_account) != mine:
            yield f"the ages of payer {row.payer_id} say {row.balance}, not {mine}"


def _documents(office: Office, picture: Picture) -> Iterator[str]:
    opened = open_amounts(picture)
    for row in office.ledger.documents():
        document = picture.get("document", row.document_id)
        mine = (document.net, document.tax, document.total)
        if (row.net, row.tax, row.total) != mine:
            yield f"the list shows {row.number} with other sums"
        if is_invoice(document):
            asked = office.ledger.open_amount(row.document_id)
            if not row.open == asked == opened[row.document_id]:
                yield f"{row.number} is open with {row.open} and {asked}"
        paper = office.ledger.document(row.document_id)
        basis = sum(tax.basis for tax in paper.taxes)
        shown = (basis, sum(tax.amount for tax in paper.taxes), paper.total)
        lines = sum(line.amount for group in paper.groups for line in group.lines)
        if shown != mine or lines != paper.subtotal:
            yield f"the paper {row.number} shows {shown}, lines of {lines}"


def _pay(office: Office, picture: Picture) -> Iterator[str]:
    for run in office.pay_runs.runs():
        statements = picture.of("pay_statement", "pay_run_id", run.pay_run_id)
        gross = sum(statement.gross for statement in statements)
        if run.gross != gross:
            yield f"pay run {run.pay_run_id} shows {run.gross}, not {gross}"
        table = csv.DictReader(io.StringIO(office.pay_runs.csv(run.pay_run_id)))
        decimals = DECIMALS.get(picture.office.currency, 2)
        shown = sum(Decimal(row["amount"]).scaleb(decimals) for row in table)
        if shown != gross:
            yield f"the table of pay run {run.pay_run_id} adds up to {shown}"
    for statement in picture.rows("pay_statement"):
        paper = office.pay_runs.document(statement.id)
        if (paper.gross, paper.net) != (statement.gross, statement.net):
            yield f"the paper {statement.number} shows {paper.gross}, {paper.net}"
