"""A close-out's note for the family, to be printed or sent."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.catalog import Offering, Place
from app.models.database import Snapshot
from app.models.people import Student
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.errors import RuleError
from app.models.values.schedule import SessionStatus, wall_clock
from app.services.closing.reading import report
from app.services.closing.results import Report
from app.services.desk import Desk, MissingRecordError, fetch, profile
from app.services.documents.locale import Locale, locale_for
from app.services.documents.rendering import Job
from app.services.documents.values import SessionNote
from app.services.letterheads import letterhead_of
from app.services.logos import logo_of
from app.text import _


class NotClosedOutError(RuleError):
    """There is nothing to tell a family about a session yet."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This session has not been closed out, so there is no note of it yet; "
                "close it out first."
            )
        )


def note_job(snapshot: Snapshot, desk: Desk, session_id: int, student_id: int) -> Job:
    """Gather what a family reads about one session of one student.

    Raises:
        MissingRecordError: There is no such session, or the student is not in it.
        NotClosedOutError: Nobody has said yet what happened in it.
    """
    office = profile(snapshot)
    zone, locale = ZoneInfo(office.zone), locale_for(office.locale)
    session = fetch(snapshot, Session, session_id, _("session"))
    told = report(snapshot, desk, session_id)
    if told.closed_at is None:
        raise NotClosedOutError
    own = next((one for one in told.students if one.student_id == student_id), None)
    if own is None:
        raise MissingRecordError(_("student in this session"))
    offering = fetch(snapshot, Offering, session.offering_id, _("offering"))
    student = fetch(snapshot, Student, student_id, _("student"))
    place = snapshot.get(Place, session.place_id) if session.place_id else None
    note = SessionNote(
        student=student.name,
        subject=offering.name,
        tutor=", ".join(tutor.name for tutor in told.tutors),
        day=wall_clock(session.starts_at, zone).date(),
        start=wall_clock(session.starts_at, zone).time(),
        end=wall_clock(session.ends_at, zone).time(),
        place=place.name if place else "",
        facts=_facts(locale, told, own.actual_minutes, student_id),
        sections=_sections(told, student_id),
        tasks=_tasks(locale, told, student_id),
        next_session=_next(snapshot, session, student_id, zone, locale),
    )
    letterhead = letterhead_of(office, logo_of(snapshot, office.logo_id))
    return Job(note, letterhead, office.locale, office.country)


def _facts(
    locale: Locale, told: Report, minutes: int | None, student_id: int
) -> tuple[tuple[str, str, str], ...]:
    facts = [(_("Status"), told.status.value.replace("_", " ").capitalize(), "")]
    if minutes is not None:
        facts.append((_("Length"), f"{locale.hours(minutes)} h", ""))
    facts += [
        (skill.skill, _("step {n} of 5").format(n=skill.step) if skill.step else "", "")
        for skill in told.skills
        if skill.student_id == student_id
    ][:2]
    return tuple(facts)


def _sections(told: Report, student_id: int) -> tuple[tuple[str, str], ...]:
    own = [
        note.text
        for note in told.notes
        if not note.is_internal and note.student_id in {None, student_id}
    ]
    return tuple((_("What we did"), text) for text in dict.fromkeys(own))


def _tasks(locale: Locale, told: Report, student_id: int) -> tuple[str, ...]:
    found: list[str] = []
    for task in told.homework:
        if task.student_id == student_id:
            due = ""
            if task.due_on:
                due = f" ({_('until')} {locale.short_date(task.due_on)})"
            found.append(f"{task.text}{due}")
    return tuple(found)


def _next(
    snapshot: Snapshot,
    session: Session,
    student_id: int,
    zone: ZoneInfo,
    locale: Locale,
) -> str:
    """Say when the student's next session with the same tutor is."""
    tutor = select(SessionTutor.tutor_id).where(SessionTutor.session_id == session.id)
    query = (
        select(Session.starts_at)
        .join(Attendance, Attendance.session_id == Session.id)
        .join(SessionTutor, SessionTutor.session_id == Session.id)
        .where(
            Attendance.student_id == student_id,
            SessionTutor.tutor_id.in_(tutor),
            Session.starts_at > session.starts_at,
            Session.status == SessionStatus.PLANNED,
        )
        .order_by(Session.starts_at)
        .limit(1)
    )
    found = snapshot.scalar(query)
    if found is None:
        return ""
    wall = wall_clock(found, zone)
    return f"{locale.long_date(wall.date())}, {locale.clock(wall.time())}"
