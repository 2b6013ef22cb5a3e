"""Does every charge and pay line count once, or was it taken back once?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from app.models.billing import Charge
from app.models.database import Snapshot
from app.models.payroll import PayLine
from app.models.scheduling import Attendance, SessionTutor
from app.models.values.payroll import PayKind
from app.services.checking.findings import Finding, named
from app.text import _

_MONEY: tuple[type[Charge | PayLine], ...] = (Charge, PayLine)
_SESSION_PAY = (PayKind.SESSION, PayKind.NO_SHOW, PayKind.LATE_CANCEL)


def check_counted_once(snapshot: Snapshot) -> Iterator[Finding]:
    """Find places charged twice and parts paid twice, or besides a reason."""
    place = (Charge.session_id, Charge.student_id, Charge.payer_id)
    twice = (
        select(*place)
        .where(Charge.live_key.is_not(None), Charge.session_id.is_not(None))
        .group_by(*place)
        .having(func.count() > 1)
    )
    for session_id, _student, payer_id in snapshot.execute(twice):
        yield Finding(
            "double_charge",
            _("A payer is charged twice for one place in a session."),
            (*named("session", session_id), *named("payer", payer_id)),
        )
    part = (PayLine.session_id, PayLine.tutor_id)
    paid = PayLine.live_key.is_not(None) & PayLine.kind.in_(_SESSION_PAY)
    twice_paid = select(*part).where(paid, PayLine.session_id.is_not(None))
    for session_id, tutor_id in snapshot.execute(
        twice_paid.group_by(*part).having(func.count() > 1)
    ):
        yield Finding(
            "double_pay",
            _("A tutor is paid twice for one session."),
            (*named("session", session_id), *named("tutor", tutor_id)),
        )
    yield from _besides_a_reason(snapshot)


def _besides_a_reason(snapshot: Snapshot) -> Iterator[Finding]:
    charged = select(Attendance.session_id).join(
        Charge,
        and_(
            Charge.session_id == Attendance.session_id,
            Charge.student_id == Attendance.student_id,
        ),
    )
    for session_id in snapshot.scalars(
        charged.where(
            Charge.live_key.is_not(None), Attendance.charge_reason != ""
        ).distinct()
    ):
        yield Finding(
            "double_charge",
            _("A place in a session is charged, and says why it is not."),
            named("session", session_id),
        )
    paid = select(SessionTutor.session_id).join(
        PayLine,
        and_(
            PayLine.session_id == SessionTutor.session_id,
            PayLine.tutor_id == SessionTutor.tutor_id,
        ),
    )
    for session_id in snapshot.scalars(
        paid.where(
            PayLine.live_key.is_not(None),
            PayLine.kind.in_(_SESSION_PAY),
            SessionTutor.pay_reason != "",
        ).distinct()
    ):
        yield Finding(
            "double_pay",
            _("A tutor is paid for a session that says why it pays nothing."),
            named("session", session_id),
        )


def check_taken_back(snapshot: Snapshot) -> Iterator[Finding]:
    """Find rows that ceased to count without being taken back to the last cent."""
    for model in _MONEY:
        kind = model.__tablename__
        back = aliased(model)
        lost = (
            select(model.id)
            .outerjoin(back, back.reverses_id == model.id)
            .where(
                model.live_key.is_(None),
                model.replaced_at.is_(None),
                model.reverses_id.is_(None),
                back.id.is_(None),
            )
        )
        for row_id in snapshot.scalars(lost):
            yield Finding(
                "reversal",
                _("What was billed or paid counts no longer, but was not taken back."),
                named(kind, row_id),
            )
        wrong = (
            select(model.id)
            .join(back, back.reverses_id == model.id)
            .where((back.amount != -model.amount) | model.live_key.is_not(None))
        )
        for row_id in snapshot.scalars(wrong):
            yield Finding(
                "reversal",
                _("A row and what takes it back do not come to nothing."),
                named(kind, row_id),
            )
