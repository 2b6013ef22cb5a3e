"""Turns the day into lines: time, who, with whom, how it stands, one thing to do."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values.schedule import CloseOutState, SessionStatus
from app.services.scheduling.cards import SessionCard
from app.text import _, ngettext
from app.views.formats import Formats
from app.views.today.deeds import Act, Deed
from app.views.today.reading import Day, minutes_of
from app.views.tools import Link, Place

_DOT = " \N{MIDDLE DOT} "
_SOON = 60  # minutes that are told without hours
Pill = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class DayLine:
    """A session of the day.

    Attributes:
        pill: word, tone and icon of how it stands.
        is_next: it begins next.
        note, homework: what the one before left.
    """

    key: int
    start: str
    end: str
    who: str
    what: str
    tutor: str
    tutor_id: int
    pill: Pill
    deed: Deed
    link: Link
    is_tentative: bool = False
    is_next: bool = False
    is_off: bool = False
    note: str = ""
    homework: str = ""

    @property
    def spoken(self) -> str:
        """What is read out of it."""
        parts = (f"{self.start} {self.end}", self.who, self.what, self.tutor)
        return ", ".join((*parts, self.pill[0], self.deed.words))


@dataclass(frozen=True, slots=True)
class DayLines:
    """The lines of a day in the order of time.

    Attributes:
        earlier: over already; running: begun; coming: ahead.
        next_words: when the next one begins.
    """

    earlier: tuple[DayLine, ...]
    running: tuple[DayLine, ...]
    coming: tuple[DayLine, ...]
    next_words: str


def day_lines(day: Day, formats: Formats) -> DayLines:
    """Make the lines."""
    now = day.now
    ahead = [c for c in day.cards if c.starts_at > now and not c.status.is_cancelled]
    following = ahead[0].session_id if ahead else 0
    lines = [
        (card, _line(day, card, formats, is_next=card.session_id == following))
        for card in day.cards
    ]
    words = ""
    if ahead:
        minutes = int((ahead[0].starts_at - now).total_seconds()) // 60
        words = _("Next in {length}").format(length=span_words(minutes))
    return DayLines(
        tuple(line for card, line in lines if card.ends_at <= now),
        tuple(line for card, line in lines if card.starts_at <= now < card.ends_at),
        tuple(line for card, line in lines if card.starts_at > now),
        words,
    )


def span_words(minutes: int) -> str:
    """Write a short stretch of time."""
    if minutes < _SOON:
        return _("{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def who(card: SessionCard) -> str:
    """Name a session by its students, a larger group by what is taught."""
    names = [one.name for one in card.students if not one.state.is_cancelled]
    names = names or [one.name for one in card.students]
    if not names:
        return card.offering
    if len(names) <= 2:
        return ", ".join(names)
    return _("{first} and {number} others").format(
        first=names[0], number=len(names) - 1
    )


def counts(day: Day) -> tuple[int, int, int]:
    """Count sessions that are done, running and to come, cancelled ones left out."""
    cards = [card for card in day.cards if not card.status.is_cancelled]
    done = sum(card.ends_at <= day.now for card in cards)
    coming = sum(card.starts_at > day.now for card in cards)
    return done, len(cards) - done - coming, coming


def minutes_today(day: Day) -> tuple[int, int]:
    """Add up the minutes of the day, and those of it that are over."""
    cards = [card for card in day.cards if not card.status.is_cancelled]
    over = [card for card in cards if card.ends_at <= day.now]
    return sum(map(minutes_of, cards)), sum(map(minutes_of, over))


def earlier_words(lines: tuple[DayLine, ...]) -> str:
    """Say how the earlier sessions stand."""
    words: dict[str, int] = {}
    for line in lines:
        words[line.pill[0]] = words.get(line.pill[0], 0) + 1
    return ", ".join(f"{number} {word.lower()}" for word, number in words.items())


def tomorrow_words(day: Day, formats: Formats) -> tuple[str, str]:
    """Say what the next day with sessions brings: a title and the sessions."""
    if not day.following:
        return _("No session is planned in the next two weeks."), ""
    first = formats.local(day.following[0].starts_at).date()
    cards = [c for c in day.following if formats.local(c.starts_at).date() == first]
    number = ngettext("{number} session", "{number} sessions", len(cards))
    hours = formats.hours(sum(map(minutes_of, cards)))
    name = formats.day(first)
    if (first - day.on).days == 1:
        name = _("Tomorrow")
    title = f"{name}{_DOT}{number.format(number=len(cards))}, {hours}"
    few = [f"{formats.clock(card.starts_at)} {who(card)}" for card in cards[:6]]
    return title, _DOT.join(few)


def _line(day: Day, card: SessionCard, formats: Formats, *, is_next: bool) -> DayLine:
    where = day.rooms.get(card.room_id or 0) or day.places.get(card.place_id or 0, "")
    tutor_id, tutor = card.tutors[0] if card.tutors else (0, "")
    note, homework = day.notes.get(card.session_id, ("", ""))
    pill, deed = _stand(day, card)
    return DayLine(
        key=card.session_id,
        start=formats.clock(card.starts_at),
        end=formats.clock(card.ends_at),
        who=who(card),
        what=_DOT.join(part for part in (card.offering, where) if part),
        tutor=tutor,
        tutor_id=tutor_id,
        pill=pill,
        deed=deed,
        link=_calendar(card),
        is_tentative=card.status is SessionStatus.TENTATIVE,
        is_next=is_next,
        is_off=card.status.is_cancelled,
        note=note,
        homework=homework,
    )


def _stand(day: Day, card: SessionCard) -> tuple[Pill, Deed]:
    """Say how a session stands, and the one thing to do about it."""
    look = Deed(_("Open"), _calendar(card))
    if card.status.is_cancelled:
        return (_("Cancelled"), "neutral", "calendar-x"), look
    if card.close_out is not CloseOutState.OPEN:
        closed = Deed(_("Look"), _close_out(card))
        if card.status is SessionStatus.NO_SHOW:
            return (_("No-show"), "err", "user-x"), closed
        return (_("Closed out"), "ok", "check"), closed
    if card.ends_at <= day.now:
        settle = Deed(_("Close out"), _close_out(card))
        return (_("To close out"), "warn", "clock"), settle
    return _ahead(day, card, look)


def _ahead(day: Day, card: SessionCard, look: Deed) -> tuple[Pill, Deed]:
    if day.is_away(card):
        substitute = Deed(_("Substitute"), _calendar(card))
        return (_("Tutor away"), "err", "user-x"), substitute
    if card.session_id in day.clashes:
        resolve = Deed(_("Resolve"), _calendar(card))
        return (_("Clash"), "err", "triangle-alert"), resolve
    if card.status is SessionStatus.TENTATIVE:
        confirm = Deed(_("Confirm"), act=Act.CONFIRM, id=card.session_id)
        return (_("Tentative"), "neutral", "circle-question-mark"), confirm
    if card.starts_at <= day.now:
        settle = Deed(_("Close out"), _close_out(card))
        return (_("In progress"), "info", "clock"), settle
    return (_("Planned"), "neutral", ""), _reaching(day, card) or look


def _reaching(day: Day, card: SessionCard) -> Deed | None:
    """Offer the numbers of who comes, to the office's eyes only."""
    if not day.is_office or not card.students:
        return None
    first = card.students[0].student_id
    return Deed(_("Contact"), Link(Place.STUDENTS, "student", first))


def _calendar(card: SessionCard) -> Link:
    return Link(Place.CALENDAR, "session", card.session_id)


def _close_out(card: SessionCard) -> Link:
    return Link(Place.CLOSE_OUT, "session", card.session_id)
