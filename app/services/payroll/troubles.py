"""What has to be looked at before paying; only a missing rate holds a tutor back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.models.catalog import Offering
from app.models.closing import Expense, MileageClaim
from app.models.database import Snapshot, Transaction
from app.models.payroll import LineQuery, MissingPayRate, PayLine
from app.models.people import Tutor
from app.models.scheduling import Session, SessionTutor
from app.models.values.money import plain_amount
from app.models.values.payroll import PayKind
from app.models.values.schedule import SessionStatus, day_span, local_date
from app.services.desk import profile, zone
from app.services.payroll.gathering import ReadyLine
from app.services.payroll.requests import PayException, PayRunOf, StatementDraft
from app.services.payroll.rules import PRICE
from app.text import _

Work = Snapshot | Transaction


def troubles(
    work: Work,
    asked: PayRunOf,
    now: datetime,
    lines: Mapping[int, Sequence[ReadyLine]],
    drafts: Iterable[StatementDraft],
) -> tuple[PayException, ...]:
    """List what has to be looked at before a period is paid."""
    found = [
        *missing_rates(work, asked),
        *_not_closed(work, asked, now),
        *_waiting_expenses(work, asked),
        *_waiting_mileage(work, asked),
        *_open_questions(work),
        *_overlaps(work, lines),
        *_over_limit(work, lines),
        *_of_drafts(work, drafts),
    ]
    wanted = asked.tutor_ids
    return tuple(one for one in found if wanted is None or one.tutor_id in wanted)


def held_back(work: Work, asked: PayRunOf) -> set[int]:
    """Find the tutors whom a missing rate keeps out of a run."""
    return {one.tutor_id for one in missing_rates(work, asked) if one.is_blocking}


def missing_rates(work: Work, asked: PayRunOf) -> list[PayException]:
    """List the work that has no rate; a missing mileage rate holds nobody back."""
    rows = work.execute(
        select(
            MissingPayRate.session_id,
            MissingPayRate.tutor_id,
            MissingPayRate.claim,
            MissingPayRate.service_on,
            Tutor.name.label("tutor"),
            Offering.name.label("offering"),
        )
        .join(Tutor, Tutor.id == MissingPayRate.tutor_id)
        .join(Session, Session.id == MissingPayRate.session_id)
        .join(Offering, Offering.id == Session.offering_id)
        .where(MissingPayRate.service_on <= asked.until_on)
        .order_by(MissingPayRate.service_on, MissingPayRate.id)
    )
    found: list[PayException] = []
    for row in rows:
        kind, sentence = _missing(row.claim)
        text = sentence.format(
            tutor=row.tutor, offering=row.offering, on=row.service_on
        )
        is_blocking = kind != "no_mileage_rate"
        found.append(
            PayException(kind, row.tutor_id, row.session_id, text, is_blocking)
        )
    return found


def _missing(claim: str) -> tuple[str, str]:
    """Give the kind of exception and the sentence for what is missing."""
    if claim == PRICE:
        return "no_price", _(
            "{tutor} gets a percentage for “{offering}” on {on:%d %b %Y}, which has no "
            "price in the currency of pay; set one, or another rate of pay."
        )
    if claim:
        return "no_mileage_rate", _(
            "There is no mileage rate for the journey of {tutor} on {on:%d %b %Y} "
            "(“{offering}”); set one."
        )
    return "no_rate", _(
        "There is no rate of pay for {tutor} teaching “{offering}” on {on:%d %b %Y}; "
        "set one."
    )


def _not_closed(work: Work, asked: PayRunOf, now: datetime) -> list[PayException]:
    clock = zone(work)
    first = day_span(asked.from_on, clock).start
    last = min(day_span(asked.until_on, clock).end, now)
    rows = work.execute(
        select(Session.id, Session.starts_at, SessionTutor.tutor_id, Tutor.name)
        .join(SessionTutor, SessionTutor.session_id == Session.id)
        .join(Tutor, Tutor.id == SessionTutor.tutor_id)
        .where(
            Session.starts_at >= first,
            Session.starts_at < last,
            Session.ends_at <= now,
            Session.status.in_([SessionStatus.PLANNED, SessionStatus.TENTATIVE]),
        )
        .order_by(Session.starts_at, Session.id)
    )
    sentence = _("The session of {tutor} on {on:%d %b %Y} is not closed out.")
    return [
        PayException(
            "not_closed",
            row.tutor_id,
            row.id,
            sentence.format(tutor=row.name, on=local_date(row.starts_at, clock)),
        )
        for row in rows
    ]


def _waiting_expenses(work: Work, asked: PayRunOf) -> list[PayException]:
    currency = profile(work).currency
    rows = work.execute(
        select(Expense.session_id, Expense.tutor_id, Expense.what, Expense.amount)
        .where(
            Expense.approved_amount.is_(None),
            Expense.withdrawn_at.is_(None),
            Expense.spent_on <= asked.until_on,
        )
        .order_by(Expense.spent_on, Expense.id)
    )
    sentence = _("The expense “{what}” of {amount} waits for a decision.")
    return [
        PayException(
            "expense_waits",
            row.tutor_id,
            row.session_id,
            sentence.format(what=row.what, amount=plain_amount(row.amount, currency)),
        )
        for row in rows
    ]


def _waiting_mileage(work: Work, asked: PayRunOf) -> list[PayException]:
    rows = work.execute(
        select(
            MileageClaim.session_id,
            MileageClaim.tutor_id,
            MileageClaim.claimed,
            MileageClaim.unit,
            MileageClaim.travelled_on,
        )
        .where(
            MileageClaim.approved.is_(None),
            MileageClaim.withdrawn_at.is_(None),
            MileageClaim.travelled_on <= asked.until_on,
        )
        .order_by(MileageClaim.travelled_on, MileageClaim.id)
    )
    sentence = _("The way of {distance} {unit} on {on:%d %b %Y} waits for a decision.")
    return [
        PayException(
            "mileage_waits",
            row.tutor_id,
            row.session_id,
            sentence.format(
                distance=f"{row.claimed:f}", unit=row.unit.value, on=row.travelled_on
            ),
        )
        for row in rows
    ]


def _open_questions(work: Work) -> list[PayException]:
    rows = work.execute(
        select(
            PayLine.tutor_id,
            PayLine.session_id,
            LineQuery.asked_by,
            LineQuery.question,
        )
        .join(PayLine, PayLine.id == LineQuery.pay_line_id)
        .where(LineQuery.answered_at.is_(None))
        .order_by(LineQuery.id)
    )
    sentence = _("{who} asks: “{question}”")
    return [
        PayException(
            "question",
            row.tutor_id,
            row.session_id,
            sentence.format(who=row.asked_by, question=row.question[:200]),
        )
        for row in rows
    ]


def _overlaps(
    work: Work, lines: Mapping[int, Sequence[ReadyLine]]
) -> list[PayException]:
    clock = zone(work)
    sentence = _("Two sessions of {on:%d %b %Y} overlap as they were closed out.")
    found: list[PayException] = []
    for tutor_id, listed in lines.items():
        spans: dict[int, tuple[datetime, datetime]] = {}
        for line in listed:
            if line.kind is PayKind.SESSION and line.starts_at and line.session_id:
                length = timedelta(minutes=line.taught_minutes or 0)
                spans[line.session_id] = (line.starts_at, line.starts_at + length)
        latest = None
        for session_id, (start, end) in sorted(spans.items(), key=lambda one: one[1]):
            if latest is not None and start < latest:
                text = sentence.format(on=local_date(start, clock))
                found.append(PayException("overlap", tutor_id, session_id, text))
            latest = end if latest is None else max(latest, end)
    return found


def _over_limit(
    work: Work, lines: Mapping[int, Sequence[ReadyLine]]
) -> list[PayException]:
    """Name the weeks in which somebody taught more than was agreed."""
    limits = work.execute(
        select(Tutor.id, Tutor.name, Tutor.weekly_limit_minutes).where(
            Tutor.weekly_limit_minutes.is_not(None), Tutor.id.in_(list(lines))
        )
    )
    sentence = _("{tutor} taught {hours} h more than agreed in the week of {on:%d %b}.")
    found: list[PayException] = []
    for tutor_id, name, most in limits:
        limit = most or 0
        weeks: dict[date, int] = defaultdict(int)
        for line in lines[tutor_id]:
            if line.kind is PayKind.SESSION and not line.is_reversal:
                monday = line.service_on - timedelta(days=line.service_on.weekday())
                weeks[monday] += line.taught_minutes or 0
        for monday, minutes in sorted(weeks.items()):
            if minutes > limit:
                over = f"{(minutes - limit) / 60:.1f}"
                text = sentence.format(tutor=name, hours=over, on=monday)
                found.append(PayException("over_limit", tutor_id, None, text))
    return found


def _of_drafts(work: Work, drafts: Iterable[StatementDraft]) -> list[PayException]:
    addresses = dict(work.execute(select(Tutor.id, Tutor.address)).all())
    found: dict[int, list[PayException]] = defaultdict(list)
    for draft in drafts:
        if draft.net < 0:
            text = _("The pay of {tutor} comes to less than nothing.")
            found[draft.tutor_id].append(_about(draft, "negative", text))
        if not addresses[draft.tutor_id].strip():
            text = _("{tutor} has no address to print on the statement.")
            found[draft.tutor_id].append(_about(draft, "no_address", text))
    return [one for listed in found.values() for one in listed]


def _about(draft: StatementDraft, kind: str, sentence: str) -> PayException:
    return PayException(kind, draft.tutor_id, None, sentence.format(tutor=draft.tutor))
