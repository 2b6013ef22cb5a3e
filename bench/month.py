"""A month's money: close-outs, its lines and its documents, beside bare drivers.

The floor of looking at a month reads what any look needs: the charges with all that
their lines print, the tutors of their sessions, and the sessions that nobody charged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.models.values.schedule import SessionStatus
from app.services.billing.requests import InvoiceRunOf, StartRun
from app.services.closing.requests import CloseSession
from bench.footprints import footprint, last_entry, undo
from bench.places import LATER, Place
from bench.sizes import CHARGED_WEEKS, FIRST
from bench.timing import Measured, Work, compare

PAYERS = 100
_LAST = date(2026, 3, 29)
_ON = date(2026, 4, 5)
_WAITING = """
SELECT c.*, s.starts_at, s.ends_at, t.name, o.name, p.name, p.address, h.currency,
  x.name, x.rate, x.category, x.reason, a.actual_minutes, e.state
FROM charge AS c JOIN session AS s ON s.id = c.session_id
JOIN offering AS o ON o.id = s.offering_id JOIN student AS t ON t.id = c.student_id
JOIN payer AS p ON p.id = c.payer_id JOIN household AS h ON h.id = p.household_id
JOIN tax_code AS x ON x.id = c.tax_code_id
LEFT JOIN attendance AS a ON a.session_id = s.id AND a.student_id = t.id
LEFT JOIN close_out AS e ON e.session_id = s.id
WHERE c.line_id IS NULL AND c.replaced_at IS NULL AND c.service_on <= ?
"""
_TEACHING = """
SELECT p.session_id, t.name, p.actual_starts_at
FROM session_tutor AS p JOIN tutor AS t ON t.id = p.tutor_id
WHERE p.session_id IN (SELECT session_id FROM charge
  WHERE line_id IS NULL AND replaced_at IS NULL AND service_on <= ?)
"""
_FORGOTTEN = """
SELECT s.id, s.starts_at, a.student_id, t.household_id
FROM session AS s JOIN attendance AS a ON a.session_id = s.id
JOIN student AS t ON t.id = a.student_id
WHERE s.starts_at >= ? AND s.starts_at < ? AND s.status IN ('held', 'no_show')
  AND a.charge_reason = '' AND NOT EXISTS (SELECT 1 FROM charge AS c
    WHERE c.session_id = s.id AND c.live_key IS NOT NULL)
"""


def measure(place: Place, repetitions: int) -> list[Measured]:
    """Measure what a month's end does, least changing first."""
    few = max(repetitions // 2, 1)
    return [
        _lines(place, repetitions),
        _documents(place, few),
        _close_outs(place, few, together=False),
        _close_outs(place, few, together=True),
    ]


def _lines(place: Place, repetitions: int) -> Measured:
    of = InvoiceRunOf(FIRST.date(), _LAST, _ON)

    def ours() -> None:
        """Look at the month without issuing."""
        if not place.office.invoices.preview(of).drafts:
            msg = "nothing would be issued"
            raise RuntimeError(msg)

    span = [int(FIRST.timestamp()), int((FIRST + timedelta(days=28)).timestamp())]

    def bare() -> None:
        """Read the same charges, tutors and sessions without a charge."""
        place.bare.rows(_WAITING, (_LAST,))
        place.bare.rows(_TEACHING, (_LAST,))
        place.bare.rows(_FORGOTTEN, span)

    return compare(
        "the month's lines and documents, looked at",
        "the driver's tuples of the same rows",
        bare,
        ours,
        goal=3.0,
        repetitions=repetitions,
    )


def _documents(place: Place, repetitions: int) -> Measured:
    payers = range(1, min(place.size.students, PAYERS) + 1)
    asked = StartRun(FIRST.date(), _LAST, _ON, "bench", payer_ids=tuple(payers))
    return _written(
        place,
        f"issue the month's documents of {len(payers)} payers",
        lambda: place.office.invoices.run(asked),
        repetitions,
    )


def _close_outs(place: Place, repetitions: int, *, together: bool) -> Measured:
    place.clock.go_to(LATER)
    start = int((FIRST + timedelta(weeks=len(CHARGED_WEEKS))).timestamp())
    found = place.bare.rows(
        "SELECT id FROM session WHERE starts_at >= ? AND status = ? "
        "ORDER BY id LIMIT ?",
        (start, SessionStatus.PLANNED.value, place.size.closed),
    )
    requests = [CloseSession(row[0]) for row in found]
    how = "in one step" if together else "one by one"
    return _written(
        place,
        f"close {len(requests)} sessions out, {how}, with charges and pay",
        lambda: _close(place, requests, together=together),
        repetitions,
    )


def _close(place: Place, requests: Sequence[CloseSession], *, together: bool) -> None:
    if together:
        place.office.close_outs.close_many(requests)
        return
    for request in requests:
        place.office.close_outs.close(request)


def _written(place: Place, job: str, ours: Work, repetitions: int) -> Measured:
    before = last_entry(place.bare)
    ours()
    rows = footprint(place.bare, before)
    undo(place.bare, before)
    if len(rows.transactions) == 0:
        msg = f"nothing happened: {job}"
        raise RuntimeError(msg)
    return compare(
        job,
        f"the driver's {rows.rows} rows in {len(rows.transactions)} transactions",
        lambda: rows.write(place.bare),
        ours,
        after=lambda: undo(place.bare, before),
        goal=4.0,
        repetitions=repetitions,
    )
