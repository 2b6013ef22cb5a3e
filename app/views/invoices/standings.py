"""The chips above the list: how many stand where, and which are shown."""

from __future__ import annotations

from functools import partial

from app.text import _
from app.views.invoices.rows import InvoiceRow, Standing, words_of
from app.views.tables.chips import ALL, Filter, FilterChips

_ALWAYS = frozenset({Standing.DRAFT, Standing.OVERDUE, Standing.PAID})


def standing_chips() -> FilterChips[InvoiceRow]:
    """Make a chip for each standing; a rare one that nothing has is left out."""
    filters: list[Filter[InvoiceRow]] = [
        Filter(each.value, words_of(each), partial(_stands, each), each not in _ALWAYS)
        for each in Standing
    ]
    return FilterChips([Filter(ALL, _("All")), *filters])


def _stands(standing: Standing, row: InvoiceRow) -> bool:
    return row.standing is standing
