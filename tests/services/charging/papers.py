"""Documents that charges lie on, as billing freezes them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.models.billing import Charge, Document, DocumentLine, NumberSeries, Run
from app.models.values.billing import DocumentKind, PriceBasis, TaxRounding
from tests.services.charging.story import Story, at

DAY = at(1).date()


def put_on_document(
    story: Story,
    kind: DocumentKind,
    charge_ids: Sequence[int],
    *,
    in_run: bool = False,
) -> int:
    """Issue charges on a document, asked for alone or by a run."""
    number = next(story.line)
    run = _run(story, number) if in_run else None
    document = story.make.save(_document(story, kind, number, run))
    with story.desk.transaction("issue") as transaction:
        for position, charge_id in enumerate(charge_ids):
            row = transaction.get_one(Charge, charge_id)
            line = DocumentLine(
                document_id=document,
                position=position,
                charge_id=charge_id,
                kind=row.kind,
                service_on=row.service_on,
                amount=abs(row.amount),
                tax_rate=Decimal(0),
            )
            transaction.add(line)
            transaction.flush()
            row.line_id = line.id
    return document


def _run(story: Story, number: int) -> int:
    return story.make.save(
        Run(
            verb="bill",
            request_key=str(number),
            content_hash="",
            from_on=DAY,
            until_on=DAY,
            on=DAY,
            started_at=at(1),
        )
    )


def _document(
    story: Story, kind: DocumentKind, number: int, run: int | None
) -> Document:
    series = NumberSeries(kind=kind, prefix=str(number))
    return Document(
        kind=kind,
        number_series_id=story.make.save(series),
        sequence=number,
        number=str(number),
        household_id=story.household,
        payer_id=story.payer,
        issued_on=DAY,
        issued_at=at(1),
        currency="GBP",
        prices=PriceBasis.NET,
        tax_rounding=TaxRounding.DOCUMENT,
        net=10_000,
        tax=0,
        total=10_000,
        run_id=run,
        face={},
        chain="",
    )
