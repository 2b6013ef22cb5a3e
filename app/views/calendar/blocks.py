"""Sessions as the calendar draws them: words, marks and hue; no painting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    PlaceKind,
    SessionStatus,
    TimeSpan,
)
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.periods import Mark, Period
from app.text import _, ngettext
from app.views.calendar.geometry import pieces
from app.views.formats import Formats, initials
from app.views.theme import hue_of

NO_MARK = Mark()


class Look(StrEnum):
    """How far a session has come, as it is drawn."""

    TENTATIVE = "tentative"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    TO_CLOSE = "to_close"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"

    @property
    def word(self) -> str:
        """Give its word for people."""
        return {
            Look.TENTATIVE: _("Tentative"),
            Look.PLANNED: _("Planned"),
            Look.IN_PROGRESS: _("In progress"),
            Look.TO_CLOSE: _("To close out"),
            Look.DONE: _("Done"),
            Look.NO_SHOW: _("No-show"),
            Look.CANCELLED: _("Cancelled"),
        }[self]


class ColourBy(StrEnum):
    """What the hue of a session stands for."""

    TUTOR = "tutor"
    SUBJECT = "subject"
    STATUS = "status"
    PLACE = "place"


_STATUS_HUES = {
    Look.TENTATIVE: "amber",
    Look.PLANNED: "blue",
    Look.IN_PROGRESS: "teal",
    Look.TO_CLOSE: "orange",
    Look.DONE: "green",
    Look.NO_SHOW: "rose",
    Look.CANCELLED: "slate",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the calendar knows of the office besides its sessions.

    Attributes:
        hues: of tutors, by id.
        sizes: students that an offering takes at once, by id.
        kinds: of places, by id.
        places: names of places, by id.
        rooms: names of rooms, by id.
    """

    hues: Mapping[int, str]
    sizes: Mapping[int, int]
    kinds: Mapping[int, PlaceKind]
    places: Mapping[int, str]
    rooms: Mapping[int, str]

    def where(self, card: SessionCard) -> str:
        """Say where a session is held."""
        if card.room_id is not None:
            return self.rooms.get(card.room_id, "")
        return self.places.get(card.place_id or 0, "")

    def is_online(self, card: SessionCard) -> bool:
        """Say whether nobody travels."""
        return self.kinds.get(card.place_id or 0) is PlaceKind.ONLINE


@dataclass(frozen=True, slots=True)
class Block:
    """A session on one day of the calendar.

    Attributes:
        start: wall-clock minutes of its day.
        end: wall-clock minutes of its day.
        titles: its name in ever shorter forms.
        details: subject, tutor and place, the most important first.
        group: how many of how many, such as 3/5; empty for one student.
        spoken: everything in one sentence, for those who hear it.
    """

    card: SessionCard
    day: date
    start: int
    end: int
    hue: str
    look: Look
    mark: Mark
    titles: tuple[str, ...]
    times: str
    begins: str
    details: tuple[str, ...]
    group: str
    is_online: bool
    is_clash: bool
    spoken: str

    @property
    def session_id(self) -> int:
        """The session's number."""
        return self.card.session_id

    @property
    def initials(self) -> str:
        """Two letters for narrow blocks."""
        return self.titles[-1]

    @property
    def tutor_ids(self) -> tuple[int, ...]:
        """Who teaches, the main tutor first."""
        return tuple(tutor_id for tutor_id, _name in self.card.tutors)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the calendar is asked to show.

    Attributes:
        hidden_tutors: whose sessions are left out.
        cancelled: also show cancelled sessions of past days.
        tentative: show what waits to be confirmed.
        words: only sessions in whose words this stands.
        looks: only sessions of these statuses; none means all.
        invoiced: only invoiced ones (True), only others (False), or all.
    """

    colour_by: ColourBy = ColourBy.TUTOR
    hidden_tutors: frozenset[int] = frozenset()
    cancelled: bool = False
    tentative: bool = True
    words: str = ""
    looks: frozenset[Look] = frozenset()
    invoiced: bool | None = None

    @property
    def is_narrowed(self) -> bool:
        """Say whether a filter is on that a person may have forgotten."""
        return bool(
            self.hidden_tutors or self.words or self.looks or self.invoiced is not None
        )


def look_of(card: SessionCard, now: datetime) -> Look:
    """Say how far a session has come."""
    if card.status.is_cancelled:
        return Look.CANCELLED
    if card.status is SessionStatus.NO_SHOW:
        return Look.NO_SHOW
    is_closed = card.close_out is not CloseOutState.OPEN
    if is_closed or card.status is SessionStatus.HELD:
        return Look.DONE
    if card.status is SessionStatus.TENTATIVE:
        return Look.TENTATIVE
    if card.ends_at <= now:
        return Look.TO_CLOSE
    return Look.IN_PROGRESS if card.starts_at <= now else Look.PLANNED


def blocks_of(
    period: Period, names: Names, choice: Choice, formats: Formats, now: datetime
) -> list[Block]:
    """Make the blocks of a period's sessions, earliest first."""
    clashing = clashing_ids(period.cards)
    today = formats.local(now).date()
    found: list[Block] = []
    for card in period.cards:
        look = look_of(card, now)
        mark = period.marks.get(card.session_id, NO_MARK)
        if not _is_wanted(card, look, mark, choice):
            continue
        whole = _block(card, look, mark, names, choice.colour_by, formats)
        if choice.words and choice.words.casefold() not in whole.spoken.casefold():
            continue
        is_real = look is not Look.CANCELLED
        is_clash = is_real and (card.session_id in clashing or card.is_overridden)
        whole = replace(whole, is_clash=is_clash)
        found += [
            replace(whole, day=piece.day, start=piece.start, end=piece.end)
            for piece in pieces(TimeSpan(card.starts_at, card.ends_at), formats.zone)
            if is_real or choice.cancelled or piece.day >= today
        ]
    return found


def _is_wanted(card: SessionCard, look: Look, mark: Mark, choice: Choice) -> bool:
    tutors = {tutor_id for tutor_id, _name in card.tutors}
    if tutors and tutors <= choice.hidden_tutors:
        return False
    if look is Look.TENTATIVE and not choice.tentative:
        return False
    if choice.looks and look not in choice.looks:
        return False
    return choice.invoiced is None or bool(mark.invoice) is choice.invoiced


def _block(
    card: SessionCard,
    look: Look,
    mark: Mark,
    names: Names,
    by: ColourBy,
    formats: Formats,
) -> Block:
    size = names.sizes.get(card.offering_id, 1)
    coming = [one for one in card.students if not one.state.is_cancelled]
    return Block(
        card,
        formats.local(card.starts_at).date(),
        0,
        0,
        hue_by(by, card, look, names),
        look,
        mark,
        titles_of(card),
        formats.times(card.starts_at, card.ends_at),
        formats.clock(card.starts_at),
        _details(card, names),
        f"{len(coming)}/{size}" if size > 1 else "",
        names.is_online(card),
        is_clash=False,
        spoken=spoken(card, look, mark, names, formats),
    )


def _details(card: SessionCard, names: Names) -> tuple[str, ...]:
    subject = card.offering.split(",")[0]
    if len(card.students) == 1:
        return tuple(part for part in (subject, names.where(card)) if part)
    return tuple(part for part in (names.where(card),) if part)


def titles_of(card: SessionCard) -> tuple[str, ...]:
    """Name a session in ever shorter forms; the last is two letters."""
    if len(card.students) == 1:
        name = card.students[0].name
        words = name.split()
        if len(words) > 1:
            short = f"{words[0]} {words[-1][0]}."
            return (name, short, words[0], initials(name))
        return (name, initials(name))
    subject = card.offering.split(",")[0]
    return (card.offering, subject, subject.split()[0], initials(card.offering))


def hue_by(by: ColourBy, card: SessionCard, look: Look, names: Names) -> str:
    """Give the hue of a session."""
    if by is ColourBy.SUBJECT:
        return hue_of(card.offering_id)
    if by is ColourBy.STATUS:
        return _STATUS_HUES[look]
    if by is ColourBy.PLACE:
        return hue_of(card.room_id or (card.place_id or 0) + 3)
    return names.hues.get(card.tutors[0][0], "slate") if card.tutors else "slate"


def spoken(
    card: SessionCard, look: Look, mark: Mark, names: Names, formats: Formats
) -> str:
    """Say everything about a session in one sentence."""
    students = ", ".join(
        one.name
        if one.state is not AttendanceState.CANCELLED_IN_TIME
        else _("{name} (cancelled)").format(name=one.name)
        for one in card.students
    )
    parts = [
        formats.day_of(card.starts_at),
        _("{start} to {end}").format(
            start=formats.clock(card.starts_at), end=formats.clock(card.ends_at)
        ),
        students,
        card.offering,
        ", ".join(name for _id, name in card.tutors),
        names.where(card),
        look.word.lower(),
        _("on invoice {number}").format(number=mark.invoice) if mark.invoice else "",
    ]
    return ", ".join(part for part in parts if part)


def clashing_ids(cards: Sequence[SessionCard]) -> set[int]:
    """List the sessions that share a tutor, student or room with another at once."""
    taken: dict[tuple[str, int], list[SessionCard]] = defaultdict(list)
    for card in cards:
        if card.status.is_cancelled:
            continue
        for tutor_id, _name in card.tutors:
            taken["tutor", tutor_id].append(card)
        for student in card.students:
            if not student.state.is_cancelled:
                taken["student", student.student_id].append(card)
    found: set[int] = set()
    for held in taken.values():
        found |= _overlapping(held)
    return found


def _overlapping(held: Sequence[SessionCard]) -> set[int]:
    """Look at neighbours in time only; cards come earliest first."""
    found: set[int] = set()
    open_now: list[SessionCard] = []
    for card in held:
        open_now = [one for one in open_now if one.ends_at > card.starts_at]
        found |= {one.session_id for one in open_now}
        if open_now:
            found.add(card.session_id)
        open_now.append(card)
    return found


def minutes_by_tutor(cards: Iterable[SessionCard]) -> dict[int, int]:
    """Add up the minutes that tutors teach, without what was cancelled."""
    sums: dict[int, int] = defaultdict(int)
    for card in cards:
        if not card.status.is_cancelled:
            for tutor_id, _name in card.tutors:
                sums[tutor_id] += TimeSpan(card.starts_at, card.ends_at).minutes
    return sums


def count_text(count: int) -> str:
    """Say how many sessions."""
    return ngettext("{count} session", "{count} sessions", count).format(count=count)
