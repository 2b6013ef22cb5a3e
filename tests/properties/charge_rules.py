"""What must hold of charges and of pay lines at every moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from app.models.values.billing import ChargeKind
from app.models.values.payroll import PayKind
from tests.properties.ledger_rules import Rule
from tests.properties.picture import Entry, Picture

OUTCOMES = (ChargeKind.SESSION, ChargeKind.NO_SHOW, ChargeKind.LATE_CANCEL)
PAID_OUTCOMES = (PayKind.SESSION, PayKind.NO_SHOW, PayKind.LATE_CANCEL)


def live(rows: Sequence[Entry]) -> list[Entry]:
    """Keep the rows that count."""
    return [row for row in rows if row.live_key is not None]


def is_decided(picture: Picture, session: Entry) -> bool:
    """Say whether a session was closed out or called off."""
    return bool(session.status.is_cancelled) or bool(
        picture.of("close_out", "session_id", session.id)
    )


def every_place_is_charged_or_says_why(picture: Picture) -> Iterator[str]:
    """Let each student's place have a charge or a reason, and not both."""
    for session in picture.rows("session"):
        charges = live(picture.of("charge", "session_id", session.id))
        of_all = any(row.student_id is None for row in charges)
        places = picture.of("attendance", "session_id", session.id)
        for place in places:
            own = [row for row in charges if row.student_id == place.student_id]
            is_over = is_decided(picture, session) or place.state.is_cancelled
            named = f"session {session.id}, student {place.student_id}"
            if is_over and not own and not of_all and not place.charge_reason:
                yield f"{named} has neither charge nor reason"
            if own and place.charge_reason:
                yield f"{named} is charged and says {place.charge_reason}"
        known = {place.student_id for place in places} | {None}
        for row in charges:
            if row.student_id not in known:
                yield f"session {session.id} charges a stranger, {row.student_id}"


def charges_are_single(picture: Picture) -> Iterator[str]:
    """Let a payer have one live charge for a place, and one for a source's period."""
    seen: Counter[Any] = Counter()
    for row in live(picture.rows("charge")):
        if row.session_id is None:
            seen[row.source, row.period, row.payer_id, row.kind] += 1
        else:
            seen[row.session_id, row.student_id, row.payer_id] += 1
    for what, times in seen.items():
        if times > 1:
            yield f"{what} is charged {times} times"


def charges_fit_their_session(picture: Picture) -> Iterator[str]:
    """Let a live charge be of its session's day, and of payers of its household."""
    for row in live(picture.rows("charge")):
        if row.session_id is None:
            continue
        session = picture.get("session", row.session_id)
        if row.service_on != picture.day(session.starts_at):
            yield f"charge {row.id} is of {row.service_on}, its session is not"
        if row.kind not in OUTCOMES or row.amount <= 0:
            yield f"charge {row.id} is {row.kind} of {row.amount}"
        payer = picture.get("payer", row.payer_id)
        if row.student_id is not None and row.rate_source != "contract":
            student = picture.get("student", row.student_id)
            if student.household_id != payer.household_id:
                yield f"charge {row.id} is another family's"


def _even(picture: Picture, table: str, held_by: str) -> Iterator[str]:
    """Let every row that counts no longer be replaced, or taken back exactly once."""
    rows = picture.rows(table)
    back = {row.reverses_id: row for row in rows if row.reverses_id is not None}
    for row in rows:
        named = f"{table} {row.id}"
        if row.replaced_at is not None:
            if row.live_key is not None or getattr(row, held_by) is not None:
                yield f"{named} is replaced and counts"
            continue
        if row.reverses_id is not None:
            former = picture.get(table, row.reverses_id)
            same = (former.session_id, former.kind) == (row.session_id, row.kind)
            if row.amount != -former.amount or not same or row.live_key is not None:
                yield f"{named} does not take back {former.id}"
            if getattr(former, held_by) is None:
                yield f"{named} takes back what was never issued"
        elif row.live_key is None and row.id not in back:
            yield f"{named} counts no longer, but was never taken back"
        if row.live_key is not None and row.id in back:
            yield f"{named} counts although it was taken back"


def charges_cancel_out(picture: Picture) -> Iterator[str]:
    """Let rows, reversals and successors sum to what counts now."""
    yield from _even(picture, "charge", "line_id")
    whole: dict[Any, int] = defaultdict(int)
    for row in picture.rows("charge"):
        if row.replaced_at is None:
            key = (row.session_id, row.student_id, row.payer_id)
            if row.session_id is None:
                key = (row.source, row.period, row.payer_id)
            whole[key] += row.amount - (row.amount if row.live_key else 0)
    for key, left in whole.items():
        if left:
            yield f"{key}: {left} is left of what was taken back"


def every_tutor_is_paid_or_says_why(picture: Picture) -> Iterator[str]:
    """Let each tutor's part of a decided session have one line, or a reason."""
    missing = {
        (row.session_id, row.tutor_id)
        for row in picture.rows("missing_pay_rate")
        if not row.claim
    }
    for session in picture.rows("session"):
        lines = live(picture.of("pay_line", "session_id", session.id))
        parts = picture.of("session_tutor", "session_id", session.id)
        for part in parts:
            own = [
                row
                for row in lines
                if row.tutor_id == part.tutor_id and row.kind in PAID_OUTCOMES
            ]
            named = f"session {session.id}, tutor {part.tutor_id}"
            is_waiting = (session.id, part.tutor_id) in missing
            if is_decided(picture, session) and not is_waiting:
                if len(own) != (0 if part.pay_reason else 1):
                    yield f"{named} has {len(own)} lines and says {part.pay_reason!r}"
            elif own:
                yield f"{named} is paid for an open session"
        tutors = {part.tutor_id for part in parts}
        for row in lines:
            if row.tutor_id not in tutors and row.kind in PAID_OUTCOMES:
                yield f"session {session.id} pays a stranger, {row.tutor_id}"


def claims_are_paid(picture: Picture) -> Iterator[str]:
    """Let each approved expense and each approved way have exactly its line."""
    lines = {
        row.claim: row
        for row in live(picture.rows("pay_line"))
        if row.kind in {PayKind.EXPENSE, PayKind.MILEAGE}
    }
    for expense in picture.rows("expense"):
        line = lines.pop(f"expense:{expense.id}", None)
        due = 0 if expense.withdrawn_at else expense.approved_amount or 0
        paid = 0 if line is None else line.amount
        if paid != due or (line and line.tutor_id != expense.tutor_id):
            yield f"expense {expense.id} of {due} pays {paid}"
    unpriced = {row.claim for row in picture.rows("missing_pay_rate")}
    for claim in picture.rows("mileage_claim"):
        name = f"mileage:{claim.id}"
        is_paid = lines.pop(name, None) is not None
        is_due = claim.withdrawn_at is None and claim.approved
        if is_paid != bool(is_due) and name not in unpriced:
            yield f"mileage claim {claim.id}: paid is {is_paid}"
    for name in lines:
        yield f"{name} is paid and claimed by nobody"


def pay_lines_cancel_out(picture: Picture) -> Iterator[str]:
    """Let lines, reversals and successors sum to what counts now."""
    yield from _even(picture, "pay_line", "statement_id")
    for row in live(picture.rows("pay_line")):
        if row.session_id is not None:
            session = picture.get("session", row.session_id)
            if row.service_on != picture.day(session.starts_at):
                yield f"pay line {row.id} is of {row.service_on}, its session is not"


def statements_add_up(picture: Picture) -> Iterator[str]:
    """Add up every pay statement from its locked lines and deductions."""
    listed: Counter[int] = Counter()
    for statement in picture.rows("pay_statement"):
        lines = picture.of("pay_line", "statement_id", statement.id)
        taken = picture.of("deduction", "statement_id", statement.id)
        gross = sum(line.amount for line in lines)
        deducted = sum(row.amount for row in taken)
        sums = (statement.gross, statement.deducted, statement.net)
        if sums != (gross, deducted, gross - deducted):
            yield f"statement {statement.number} does not add up"
        earned = sum(each["amount"] for each in statement.face["earnings"])
        off = sum(each["amount"] for each in statement.face["deductions"])
        if (earned, off) != (gross, deducted):
            yield f"statement {statement.number} prints other sums"
        listed.update(statement.face["line_ids"])
        if {line.id for line in lines} != set(statement.face["line_ids"]):
            yield f"statement {statement.number} lists other lines than it has"
        if any(line.tutor_id != statement.tutor_id for line in lines):
            yield f"statement {statement.number} pays for somebody else"
    for line_id, times in listed.items():
        if times > 1:
            yield f"pay line {line_id} is paid {times} times"


def cancelled_runs_come_to_nothing(picture: Picture) -> Iterator[str]:
    """Let what cancelled pay runs paid be taken back to the last cent."""
    left = 0
    for run in picture.rows("pay_run"):
        if run.cancelled_at is not None:
            statements = picture.of("pay_statement", "pay_run_id", run.id)
            left += sum(statement.net for statement in statements)
    if left:
        yield f"cancelled pay runs pay {left}"


CHARGE_RULES: tuple[Rule, ...] = (
    every_place_is_charged_or_says_why,
    charges_are_single,
    charges_fit_their_session,
    charges_cancel_out,
    every_tutor_is_paid_or_says_why,
    claims_are_paid,
    pay_lines_cancel_out,
    statements_add_up,
    cancelled_runs_come_to_nothing,
)
