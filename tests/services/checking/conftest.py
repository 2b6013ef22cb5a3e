"""An office with something of everything, to be spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app.bootstrap import database_url, open_office
from app.models.copying import restore
from app.services.billing.requests import CreditInvoice, ReceivePayment, StartRun
from app.services.payroll.requests import StartPayRun
from tests.fakes import FakeClock
from tests.once import once
from tests.servers import PostgresServer

CLOCK = FakeClock(datetime(2026, 3, 4, 22, tzinfo=UTC))
PERIOD = (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))
_numbers = count(1)


def bill_and_pay(path: Path, month: Path) -> None:
    """Bill and pay a copy of the month, take payments, and take one invoice back."""
    shutil.copyfile(month, path)
    office = open_office(str(path), clock=CLOCK)
    issued = office.invoices.run(StartRun(*PERIOD, "bill")).document_ids
    office.pay_runs.run(StartPayRun(*PERIOD, "pay"))
    for row in office.ledger.documents():
        if row.document_id in issued[1:4]:
            day, amount = date(2026, 3, 3), row.open // row.document_id
            office.payments.receive(
                ReceivePayment(
                    row.payer_id, amount, day, row.number, to=(row.document_id,)
                )
            )
    office.credits.credit(
        CreditInvoice(issued[0], PERIOD[2], "Wrong child", "credit", rebill=True)
    )
    office.close()


@pytest.fixture(scope="session")
def billed_file(month_file: Path) -> Path:
    """The file of the office as it is before anybody spoils it."""
    return once("billed.chalkbook", lambda path: bill_and_pay(path, month_file))


@pytest.fixture(scope="session")
def billed_template(
    postgres_server: PostgresServer, billed_file: Path, worker_id: str
) -> str:
    """The name of the same office's PostgreSQL database."""
    name = f"billed_{worker_id}"
    url = make_url(database_url(postgres_server.create(name)))
    restore(billed_file, url, CLOCK.now(), billed_file.parent)
    return name


@pytest.fixture
def billed_sqlite(billed_file: Path, tmp_path: Path) -> str:
    """A copy of the office in a file."""
    return str(shutil.copyfile(billed_file, tmp_path / "billed.chalkbook"))


@pytest.fixture
def billed_postgres(
    postgres_server: PostgresServer, billed_template: str
) -> Iterator[str]:
    """A copy of the office on a server."""
    name = f"{billed_template}_{next(_numbers)}"
    yield postgres_server.create(name, billed_template)
    postgres_server.drop(name)


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def billed(request: pytest.FixtureRequest) -> str:
    """An office with something of everything, as a person names it."""
    return str(request.getfixturevalue(f"billed_{request.param}"))
