"""Which currency the amounts of a row are in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.models.billing import Document
from app.models.database import Snapshot
from app.models.people import Household, Payer
from app.services.desk import profile

_AMOUNTS = frozenset(
    (
        *("amount", "price", "rate", "approved_amount", "gross", "net", "deducted"),
        *("minimum", "minimum_amount", "trial_amount", "course_amount"),
    )
)
_NO_MONEY = frozenset(("tax_code",))  # its rate is a percentage


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currencies of the office, its payers, households and documents."""

    office: str
    by_payer: Mapping[int, str]
    by_household: Mapping[int, str]
    by_document: Mapping[int, str]

    def of(self, row: Mapping[str, Any]) -> str:
        """Give the currency of a row: its document's, payer's, household's or ours."""
        for key, found in (
            ("document_id", self.by_document),
            ("invoice_id", self.by_document),
            ("payer_id", self.by_payer),
            ("household_id", self.by_household),
        ):
            row_id = row.get(key)
            if row_id is not None and row_id in found:
                return found[row_id]
        return self.office


def has_amounts(table: str, columns: Collection[str]) -> bool:
    """Say whether a table needs a currency beside its columns."""
    is_money = table not in _NO_MONEY and not _AMOUNTS.isdisjoint(columns)
    return is_money and "currency" not in columns


def load_currencies(snapshot: Snapshot) -> Currencies:
    """Read every currency once."""
    households = dict(snapshot.execute(select(Household.id, Household.currency)).all())
    payers = snapshot.execute(select(Payer.id, Payer.household_id))
    return Currencies(
        profile(snapshot).currency,
        {payer_id: households[household_id] for payer_id, household_id in payers},
        households,
        dict(snapshot.execute(select(Document.id, Document.currency)).all()),
    )
