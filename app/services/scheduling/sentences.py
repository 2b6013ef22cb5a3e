"""Says each clash in one sentence that names the other side, with a way out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.people import Student, Tutor
from app.models.scheduling import Attendance, SessionTutor
from app.models.values.actors import Actor
from app.models.values.occupancy import ResourceKind
from app.models.values.schedule import AttendanceState, wall_clock
from app.services.rights import is_own
from app.services.scheduling.occupancy import in_batches
from app.services.scheduling.requests import Clash, ClashKind
from app.services.scheduling.rules import Stop
from app.text import _

_CANCELLED = [state for state in AttendanceState if state.is_cancelled]


@dataclass(frozen=True, slots=True)
class Full:
    """A shared room at its fullest moment.

    Attributes:
        seats: how many the room has.
        taken: students of the other sessions.
        coming: students who would join them.
        others: the sessions that are there then.
    """

    seats: int
    taken: int
    coming: int
    others: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, before it is said in words.

    Attributes:
        who: the name of the resource whose time it is, or what is closed or full.
        other: the other session.
        needed: minutes that must lie between the two.
        detail: the rest of the sentence, where there is no other session.
        full: the seats, where a shared room has too few of them.
    """

    kind: ClashKind
    who: str = ""
    resource: tuple[ResourceKind, int] | None = None
    other: Stop | None = None
    needed: int = 0
    detail: str = ""
    way_out: str = ""
    full: Full | None = None

    @property
    def session_ids(self) -> set[int]:
        """Name the sessions that the sentence is about."""
        stops = self.full.others if self.full is not None else (self.other,)
        return {stop.session_id for stop in stops if stop and stop.session_id}


@dataclass(frozen=True, slots=True)
class Others:
    """Who is in other sessions, as far as the person at the desk may know."""

    tutors: Mapping[int, str]
    students: Mapping[int, str]

    def taught(self, session_id: int | None) -> str:
        """Name the students of a session, or say that there are some."""
        return self.students.get(session_id or 0, "") or _("another session")

    def teaching(self, session_id: int | None) -> str:
        """Name the tutors of a session."""
        return self.tutors.get(session_id or 0, "") or _("another tutor")


def others(
    work: Snapshot | Transaction, session_ids: Collection[int], actor: Actor
) -> Others:
    """Read the names of other sessions; a tutor learns those of own sessions only."""
    tutors: dict[int, list[tuple[int, str]]] = {}
    students: dict[int, list[str]] = {}
    for ids in in_batches(session_ids):
        rows = work.execute(
            select(SessionTutor.session_id, Tutor.id, Tutor.name)
            .join(Tutor, Tutor.id == SessionTutor.tutor_id)
            .where(SessionTutor.session_id.in_(ids))
            .order_by(SessionTutor.position, SessionTutor.id)
        )
        for session_id, tutor_id, name in rows:
            tutors.setdefault(session_id, []).append((tutor_id, name))
        places = work.execute(
            select(Attendance.session_id, Student.name)
            .join(Student, Student.id == Attendance.student_id)
            .where(Attendance.session_id.in_(ids), Attendance.state.not_in(_CANCELLED))
            .order_by(Attendance.position, Attendance.id)
        )
        for session_id, name in places:
            students.setdefault(session_id, []).append(name)
    may_see = {
        session_id
        for session_id, names in tutors.items()
        if is_own(actor, *dict(names))
    }
    return Others(
        {one: ", ".join(name for _id, name in tutors[one]) for one in may_see},
        {one: ", ".join(students.get(one, ())) for one in may_see},
    )


def say(finding: Finding, starts_at: datetime, zone: ZoneInfo, known: Others) -> Clash:
    """Put a finding into words."""
    sentence, way_out = finding.detail, finding.way_out
    if finding.full is not None:
        sentence = _about_seats(finding.who, finding.full, zone, known)
        way_out = _("Choose a larger room or another time.")
    elif finding.other is not None:
        sentence, way_out = _about_another(finding, finding.other, zone, known)
    return Clash(
        kind=finding.kind,
        is_hard=finding.kind.is_hard,
        sentence=sentence,
        session_id=finding.other.session_id if finding.other else None,
        resource=finding.resource,
        way_out=way_out,
        starts_at=starts_at,
    )


def _about_another(
    finding: Finding, other: Stop, zone: ZoneInfo, known: Others
) -> tuple[str, str]:
    words = {
        "who": finding.who,
        "students": known.taught(other.session_id),
        "tutors": known.teaching(other.session_id),
        "when": span_text(other, zone),
        "needed": finding.needed,
    }
    if finding.kind is ClashKind.TUTOR:
        text = _("{who} already teaches {students} {when}.")
        return text.format(**words), _("Choose another time or another tutor.")
    if finding.kind is ClashKind.STUDENT:
        text = _("{who} already has a session with {tutors} {when}.")
        return text.format(**words), _("Choose another time.")
    if finding.kind is ClashKind.ROOM:
        text = _("{who} is already taken by {tutors} with {students} {when}.")
        return text.format(**words), _("Choose another room or another time.")
    if finding.resource is not None and finding.resource[0] is ResourceKind.ROOM:
        text = _(
            "{who} is used by {tutors} with {students} {when}, and {needed} minutes "
            "must lie between."
        )
    else:
        text = _(
            "{who} teaches {students} {when}, and {needed} minutes must lie between."
        )
    return text.format(**words), finding.way_out


def _about_seats(who: str, full: Full, zone: ZoneInfo, known: Others) -> str:
    there = [
        _("{tutors} with {students} {when}").format(
            tutors=known.teaching(stop.session_id),
            students=known.taught(stop.session_id),
            when=span_text(stop, zone),
        )
        for stop in full.others
    ]
    text = _(
        "{who} has {seats} seats, {free} of them free: {there} take the others, and "
        "{coming} more would come."
    )
    return text.format(
        who=who,
        seats=full.seats,
        free=max(full.seats - full.taken, 0),
        there="; ".join(there),
        coming=full.coming,
    )


def at_minute(minute: int, zone: ZoneInfo) -> datetime:
    """Give the wall-clock time of a minute since 1970."""
    return wall_clock(datetime.fromtimestamp(minute * 60, UTC), zone)


def span_text(stop: Stop, zone: ZoneInfo) -> str:
    """Write when a session is, as ``17:30-18:30 on Tue 24 Nov 2026``."""
    start, end = at_minute(stop.start, zone), at_minute(stop.end, zone)
    return _("{start:%H:%M}-{end:%H:%M} on {day}").format(
        start=start, end=end, day=day_text(start.date())
    )


def when_text(moment: datetime, zone: ZoneInfo) -> str:
    """Write an instant as ``17:30 on Tue 24 Nov 2026``."""
    wall = wall_clock(moment, zone)
    return _("{time:%H:%M} on {day}").format(time=wall, day=day_text(wall.date()))


def day_text(day: date) -> str:
    """Write a date as ``Tue 24 Nov 2026``."""
    return f"{day:%a} {day.day} {day:%b %Y}"
