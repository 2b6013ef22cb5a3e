"""Work that is done but has no rate of pay yet, in a sentence for each part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, bindparam, select

from app.models.catalog import Offering
from app.models.database import Snapshot, Transaction
from app.models.payroll import MissingPayRate
from app.models.people import Student, Tutor
from app.models.scheduling import Attendance, Session
from app.services.payroll.rules import PRICE
from app.services.session_parts import has_any
from app.text import _

_ALL = (
    select(
        MissingPayRate.session_id,
        MissingPayRate.tutor_id,
        MissingPayRate.claim,
        MissingPayRate.service_on,
        Tutor.name,
        Offering.name,
    )
    .join(Tutor, Tutor.id == MissingPayRate.tutor_id)
    .join(Session, Session.id == MissingPayRate.session_id)
    .join(Offering, Offering.id == Session.offering_id)
    .order_by(MissingPayRate.service_on, MissingPayRate.id)
)
_OF_SESSIONS = _ALL.where(
    MissingPayRate.session_id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Unrated:
    """A tutor's part in a session that cannot be paid yet.

    Attributes:
        is_claim: the session itself is paid, a journey to it is not.
        sentence: who, with whom, when, and what to do.
    """

    session_id: int
    tutor_id: int
    service_on: date
    is_claim: bool
    sentence: str


def unrated(
    work: Snapshot | Transaction, session_ids: Collection[int] | None = None
) -> tuple[Unrated, ...]:
    """List the parts without a rate by date, of some sessions or of all."""
    rows = _missing(work, session_ids)
    if not rows:
        return ()
    names: dict[int, list[str]] = defaultdict(list)
    for session_id, name in work.rows(
        select(Attendance.session_id, Student.name)
        .join(Student, Student.id == Attendance.student_id)
        .where(Attendance.session_id.in_({row[0] for row in rows}))
        .order_by(Attendance.position, Attendance.id)
    ):
        names[session_id].append(name)
    return tuple(
        Unrated(
            session_id,
            tutor_id,
            on,
            is_claim=claim not in {"", PRICE},
            sentence=_sentence(claim).format(
                tutor=tutor,
                offering=offering,
                students=", ".join(names[session_id]) or _("nobody"),
                on=on,
            ),
        )
        for session_id, tutor_id, claim, on, tutor, offering in rows
    )


def _missing(
    work: Snapshot | Transaction, session_ids: Collection[int] | None
) -> Sequence[Row[int, int, str, date, str, str]]:
    if session_ids is None:
        return work.rows(_ALL)
    ids = list(session_ids)
    if not has_any(work, ids, MissingPayRate):
        return ()
    return work.rows(_OF_SESSIONS, {"ids": ids})


def _sentence(claim: str) -> str:
    if claim == PRICE:
        return _(
            "{tutor} gets a percentage for “{offering}” with {students} on "
            "{on:%d %b %Y}, which has no price in the currency of pay; set one, or "
            "another rate of pay."
        )
    if claim:
        return _(
            "There is no mileage rate for the journey of {tutor} to “{offering}” with "
            "{students} on {on:%d %b %Y}; set one."
        )
    return _(
        "There is no rate of pay for {tutor} teaching “{offering}” with {students} on "
        "{on:%d %b %Y}; set one."
    )
