"""What the office's services say, for comparing it with what a window shows."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.models.values.schedule import TimeSpan
from app.services.office import Office
from app.services.payroll.lines import LinesOf
from app.services.scheduling.cards import SessionCard

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONDON = ZoneInfo("Europe/London")
YEAR = TimeSpan(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def sessions_of(office: Office, name: str) -> list[SessionCard]:
    """List a student's sessions of the year, those called off too."""
    cards = office.timetable.sessions_in(YEAR, with_cancelled=True)
    return [card for card in cards if name in {one.name for one in card.students}]


def at(card: SessionCard, day: str, clock: str) -> bool:
    """Say whether a session begins on a day of the week at a time in the office."""
    start = card.starts_at.astimezone(LONDON)
    return (DAYS[start.weekday()], f"{start:%H:%M}") == (day, clock)


def this_week(office: Office, name: str, day: str, clock: str) -> SessionCard:
    """Give the session of a student at a time in the week of 9 March."""
    [found] = [
        card
        for card in sessions_of(office, name)
        if at(card, day, clock) and card.starts_at.isocalendar().week == 11
    ]
    return found


def charged(office: Office, session_id: int) -> int:
    """Sum up what waits to be billed for a session, in pence."""
    waiting = office.proof.waiting()
    return sum(one.amount for one in waiting if one.session_id == session_id)


def paid(office: Office, session_id: int) -> int:
    """Sum up what tutors earn by a session, in pence."""
    lines = office.pay_lines.lines(LinesOf(session_id=session_id))
    return sum(one.amount for one in lines)
