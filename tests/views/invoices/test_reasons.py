"""A command that cannot be used tells why, and numbers agree wherever they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.models.values.schedule import local_date
from app.services.billing.requests import RunDone
from app.views.invoices.page import InvoicesPage
from app.views.invoices.reasons import (
    why_no_correction,
    why_no_payment,
    why_no_write_off,
    why_not_one,
)
from app.views.invoices.rows import InvoiceRow, Standing
from app.views.shell.waiting import badges
from app.views.today.figures import Figures
from app.views.today.needs import needs
from app.views.today.reading import read_day, read_waiting
from app.views.tools import Place
from tests.fakes import FakeClock


def open_row(page: InvoicesPage) -> InvoiceRow:
    return next(row for row in page.list.table.model.rows if row.is_payable)


def test_reasons_name_what_is_missing(issued: RunDone, page: InvoicesPage) -> None:
    assert issued.document_ids
    row = open_row(page)
    paid = replace(row, open=0, standing=Standing.PAID)
    draft = replace(row, document_id=0, standing=Standing.DRAFT)
    other = replace(row, key=row.key + 1, payer_id=row.payer_id + 1)
    assert "open amount" in why_no_payment([paid])
    assert "one payer" in why_no_payment([row, other])
    assert "issued invoice" in why_no_correction([draft])
    assert "open amount" in why_no_write_off([paid])
    assert "first" in why_not_one([])
    assert "one invoice" in why_not_one([row, other])
    every = (why_no_payment, why_no_correction, why_no_write_off, why_not_one)
    assert not any(why([row]) for why in every)


def test_a_command_at_rest_says_why(issued: RunDone, page: InvoicesPage) -> None:
    assert issued.document_ids
    row = open_row(page)
    page.list.table.select(row.key)
    assert page.pay.isEnabled()
    assert not page.pay.statusTip()
    page.list.chips.choose(Standing.DRAFT.value)
    page.list.table.clear_selection()
    for action in (page.pay, page.correct, page.write_off):
        assert not action.isEnabled()
        assert action.property("reason") == action.toolTip() == action.statusTip()
        assert "invoice" in action.statusTip()


def test_one_figure_of_late_invoices_everywhere(
    issued: RunDone, page: InvoicesPage, clock: FakeClock
) -> None:
    assert issued.document_ids
    clock.time += timedelta(days=60)
    notes: list[str] = []
    page.noted.connect(notes.append)
    page.refresh()
    tools = page.tools
    zone = tools.formats.zone
    late = len(tools.office.ledger.overdue())
    assert late > 1
    badge = badges(tools.office, local_date(clock.now(), zone), is_office=True)
    assert badge[Place.INVOICES.value].count == late
    rows = page.list.table.model.rows
    assert sum(row.standing is Standing.OVERDUE for row in rows) == late
    assert f"{late} overdue" in notes[-1]
    assert notes[-1].startswith(f"{len(rows)} invoices")
    waiting = read_waiting(tools.office, clock.now(), zone)
    figures = Figures(tools.formats, is_office=True)
    figures.show_waiting(waiting)
    assert f"{late} overdue" in figures.last.accessibleName()
    listed = needs(read_day(tools.office, clock.now(), zone), waiting, tools.formats)
    need = next(one for one in listed if one.key.startswith("overdue"))
    assert need.title.startswith(f"{late} invoices are overdue")
    assert need.deed.words == "Remind"
