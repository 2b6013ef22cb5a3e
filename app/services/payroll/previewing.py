"""What a pay run would pay, worked out without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, select

from app.models.database import Snapshot, Transaction
from app.models.payroll import MissingPayRate, PayRun, PayStatement
from app.models.people import Tutor
from app.models.values.payroll import Engagement
from app.services.billing.trying import on_trial
from app.services.desk import Desk, profile
from app.services.payroll.deductions import due_deductions
from app.services.payroll.freezing import holiday_terms, ready_draft
from app.services.payroll.gathering import ReadyLine, gather
from app.services.payroll.paying import settle_missing
from app.services.payroll.requests import PayPreview, PayRunOf, StatementDraft
from app.services.payroll.sums import Taken, holiday, sums
from app.services.payroll.troubles import held_back, troubles

Work = Snapshot | Transaction


@contextmanager
def as_a_run_finds_it(desk: Desk) -> Iterator[Work]:
    """Open the books with what waited for a rate settled first, and keep nothing."""
    with desk.snapshot() as snapshot:
        waits = snapshot.scalar(select(MissingPayRate.id).limit(1)) is not None
        if not waits:
            yield snapshot
            return
    with on_trial(desk) as transaction:
        settle_missing(transaction, desk)
        yield transaction


def preview_of(work: Work, asked: PayRunOf, now: datetime) -> PayPreview:
    """Work out every statement of a period, and list what to look at before.

    Tutors who are held back have no draft.
    """
    gathered = gather(work, asked)
    back = held_back(work, asked)
    deductions = due_deductions(work, asked)
    former = _former(work)
    currency = profile(work).currency
    tutors = work.scalars(select(Tutor).order_by(Tutor.name, Tutor.id)).all()
    drafts = tuple(
        _draft(
            tutor,
            with_holiday(tutor, gathered.lines[tutor.id], asked, currency),
            deductions.get(tutor.id, ()),
            asked,
            currency,
            former.get(tutor.id),
        )
        for tutor in tutors
        if tutor.id in gathered.lines and tutor.id not in back
    )
    found = troubles(work, asked, now, gathered.lines, drafts)
    return PayPreview((*found, *gathered.waiting), drafts)


def with_holiday(
    tutor: Tutor, lines: Sequence[ReadyLine], asked: PayRunOf, currency: str
) -> list[ReadyLine]:
    """Add the holiday that is earned with lines."""
    earned = holiday(holiday_terms(tutor), lines, asked.until_on, currency)
    return [*lines, *([ready_draft(earned)] if earned else [])]


def _draft(
    tutor: Tutor,
    lines: Sequence[ReadyLine],
    taken: Iterable[Taken],
    asked: PayRunOf,
    currency: str,
    former_net: int | None,
) -> StatementDraft:
    is_employee = tutor.engagement is Engagement.EMPLOYEE
    total = sums(lines, taken if is_employee else ())
    return StatementDraft(
        tutor_id=tutor.id,
        tutor=tutor.name,
        engagement=tutor.engagement,
        currency=currency,
        minutes=total.minutes,
        gross=total.gross,
        deducted=total.deducted,
        net=total.net,
        lines=len(lines),
        late=sum(line.service_on < asked.from_on for line in lines),
        former_net=former_net,
    )


def _former(work: Work) -> dict[int, int]:
    """Give the net of each tutor's last statement that was not cancelled."""
    newest = (
        select(func.max(PayStatement.id))
        .join(PayRun, PayRun.id == PayStatement.pay_run_id)
        .where(PayRun.cancelled_at.is_(None))
        .group_by(PayStatement.tutor_id)
    )
    rows = work.execute(
        select(PayStatement.tutor_id, PayStatement.net).where(
            PayStatement.id.in_(newest)
        )
    )
    return {row.tutor_id: row.net for row in rows}
