"""Does every session that took place sit on one charge and one pay line, or say why?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Select, select

from app.models.agreements import Contract
from app.models.billing import Charge
from app.models.closing import CloseOut
from app.models.database import Snapshot
from app.models.payroll import PayLine
from app.models.people import Payer
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.errors import OfficeError
from app.models.values.payroll import PayKind
from app.models.values.schedule import SessionStatus
from app.services.charging.loading import load_facts
from app.services.charging.settling import would_charge
from app.services.checking.findings import Finding, named
from app.services.payroll.unrated import Unrated, unrated
from app.text import _

_SESSION_PAY = (PayKind.SESSION, PayKind.NO_SHOW, PayKind.LATE_CANCEL)


def check_charges(snapshot: Snapshot) -> Iterator[Finding]:
    """Find decided sessions whose students have neither a charge nor a reason."""
    charged = _charged(snapshot)
    funded = _funded(snapshot)
    found, reasons, missing = 0, Counter[str](), list[tuple[int, int]]()
    for session_id, student_id, reason in snapshot.execute(
        select(Attendance.session_id, Attendance.student_id, Attendance.charge_reason)
        .join(Session, Session.id == Attendance.session_id)
        .where(Session.id.in_(_decided()))
    ):
        if student_id in charged[session_id] or session_id in funded:
            found += 1
        elif reason:
            reasons[reason] += 1
        else:
            missing.append((session_id, student_id))
    unpriced = _unpriced(snapshot, missing)
    for session_id, sentence in unpriced.values():
        yield Finding(
            "no_price", sentence, named("session", session_id), is_error=False
        )
    reasons["no price"] += len(unpriced)
    faulty = [place for place in missing if place not in unpriced]
    if faulty:
        yield Finding(
            "charge_missing",
            _("{count} places in sessions have neither a charge nor a reason.").format(
                count=len(faulty)
            ),
            named("session", *(session_id for session_id, _student in faulty)),
        )
    yield Finding(
        "charges_complete",
        _("{found} places in decided sessions are charged; {why}.").format(
            found=found, why=_in_words(reasons)
        ),
        is_error=False,
    )


def check_pay(snapshot: Snapshot) -> Iterator[Finding]:
    """Find decided sessions whose tutors have neither a pay line nor a reason."""
    paid = _paid(snapshot)
    rateless = [part for part in unrated(snapshot) if not part.is_claim]
    yield from map(_rateless, rateless)
    unpaid = {(part.session_id, part.tutor_id) for part in rateless}
    found, reasons, missing = 0, Counter[str](), list[int]()
    for session_id, tutor_id, reason in snapshot.execute(
        select(
            SessionTutor.session_id, SessionTutor.tutor_id, SessionTutor.pay_reason
        ).where(SessionTutor.session_id.in_(_decided()))
    ):
        if tutor_id in paid[session_id]:
            found += 1
        elif reason:
            reasons[reason] += 1
        elif (session_id, tutor_id) in unpaid:
            reasons["no rate"] += 1
        else:
            missing.append(session_id)
    if missing:
        yield Finding(
            "pay_missing",
            _("{count} tutors' parts have neither a pay line nor a reason.").format(
                count=len(missing)
            ),
            named("session", *missing),
        )
    yield Finding(
        "pay_complete",
        _("{found} tutors' parts in decided sessions are paid; {why}.").format(
            found=found, why=_in_words(reasons)
        ),
        is_error=False,
    )


def _paid(snapshot: Snapshot) -> dict[int | None, set[int]]:
    paid: dict[int | None, set[int]] = defaultdict(set)
    for session_id, tutor_id in snapshot.execute(
        select(PayLine.session_id, PayLine.tutor_id).where(
            PayLine.live_key.is_not(None), PayLine.kind.in_(_SESSION_PAY)
        )
    ):
        paid[session_id].add(tutor_id)
    return paid


def _rateless(part: Unrated) -> Finding:
    records = (*named("session", part.session_id), *named("tutor", part.tutor_id))
    return Finding("no_rate", part.sentence, records, is_error=False)


def check_decided(snapshot: Snapshot) -> Iterator[Finding]:
    """Find sessions whose status and close-out contradict each other."""
    closed = set(snapshot.scalars(select(CloseOut.session_id)))
    outcome = (SessionStatus.HELD, SessionStatus.NO_SHOW)
    for session_id, status in snapshot.execute(select(Session.id, Session.status)):
        if status in outcome and session_id not in closed:
            yield Finding(
                "close_out",
                _("A session counts as held or missed, but nobody closed it out."),
                named("session", session_id),
            )
        if status.is_ahead and session_id in closed:
            yield Finding(
                "close_out",
                _("A session was closed out, but still counts as planned."),
                named("session", session_id),
            )


def _decided() -> Select[int]:
    ahead = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)
    return select(Session.id).where(Session.status.not_in(ahead))


def _charged(snapshot: Snapshot) -> dict[int | None, set[int | None]]:
    charged: dict[int | None, set[int | None]] = defaultdict(set)
    for session_id, student_id in snapshot.execute(
        select(Charge.session_id, Charge.student_id).where(
            Charge.live_key.is_not(None), Charge.session_id.is_not(None)
        )
    ):
        charged[session_id].add(student_id)
    return charged


def _funded(snapshot: Snapshot) -> set[int | None]:
    """Give the sessions a funder pays once for all students together."""
    query = (
        select(Charge.session_id)
        .join(Payer, Payer.id == Charge.payer_id)
        .join(Contract, Contract.household_id == Payer.household_id)
        .where(Charge.live_key.is_not(None), Charge.student_id.is_(None))
    )
    return set(snapshot.scalars(query))


def _unpriced(
    snapshot: Snapshot, places: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, str]]:
    """Say of places without a charge why they cannot be priced, where that is so."""
    by_session: dict[int, set[int]] = defaultdict(set)
    for session_id, student_id in places:
        by_session[session_id].add(student_id)
    return {
        (session_id, student_id): (session_id, sentence)
        for session_id, students in by_session.items()
        for student_id, sentence in _faults(snapshot, session_id).items()
        if student_id in students
    }


def _faults(snapshot: Snapshot, session_id: int) -> Mapping[int, str]:
    try:
        return would_charge(load_facts(snapshot, session_id)).faults
    except OfficeError:  # a broken record explains nothing
        return {}


def _in_words(reasons: Counter[str]) -> str:
    if not any(reasons.values()):
        return _("none is without")
    listed = ", ".join(
        f"{count} {reason.replace('_', ' ')}"
        for reason, count in sorted(reasons.items())
        if count
    )
    return _("not charged or paid, with the reason: {listed}").format(listed=listed)
