"""Checks a ghost's place while it is dragged: at the desk, never while painting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from app.models.values.errors import OfficeError
from app.models.values.schedule import EditScope, instant
from app.services.office import Office
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import (
    BookSession,
    Clash,
    EditSeries,
    FindFree,
    FreeTime,
)
from app.text import _, ngettext
from app.views.calendar.geometry import wall
from app.views.calendar.gestures import Ghost, Kind
from app.views.calendar.scene import Scene, Verdict
from app.views.formats import Formats
from app.views.jobs import Jobs

LOOK_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A ghost as a request: when, how long, and with whom."""

    ghost: Ghost
    start: datetime
    minutes: int
    tutor_ids: tuple[int, ...]


def place_of(ghost: Ghost, scene: Scene, card: SessionCard) -> Place:
    """Say where a ghost lies; another tutor's column changes the tutor."""
    head = scene.heads[ghost.column]
    tutors = tuple(tutor_id for tutor_id, _name in card.tutors)
    if head.tutor_id is not None and ghost.column != ghost.from_column:
        former = scene.heads[ghost.from_column].tutor_id
        tutors = tuple(head.tutor_id if one == former else one for one in tutors)
        tutors = tuple(dict.fromkeys(tutors))
    start = wall(head.day, ghost.start)
    return Place(ghost, start, ghost.end - ghost.start, tutors)


def edit_of(place: Place, card: SessionCard, zone: ZoneInfo) -> EditSeries | None:
    """Make the request that puts a session there; None if it is there already."""
    now = card.starts_at.astimezone(zone).replace(tzinfo=None)
    minutes = int((card.ends_at - card.starts_at).total_seconds()) // 60
    tutors = tuple(tutor_id for tutor_id, _name in card.tutors)
    request = EditSeries(
        card.session_id,
        EditScope.THIS,
        start=place.start if place.start != now else None,
        minutes=place.minutes if place.minutes != minutes else None,
        tutor_ids=place.tutor_ids if place.tutor_ids != tutors else None,
    )
    asks = (request.start, request.minutes, request.tutor_ids)
    return request if any(one is not None for one in asks) else None


def copy_of(place: Place, card: SessionCard) -> BookSession:
    """Make the request that books the same session at another time."""
    return BookSession(
        card.offering_id,
        place.tutor_ids,
        tuple(one.student_id for one in card.students if not one.state.is_cancelled),
        place.start,
        place.minutes,
        place_id=card.place_id,
        room_id=card.room_id,
        is_trial=card.is_trial,
    )


def judged(
    office: Office, formats: Formats, scene: Scene, card: SessionCard, place: Place
) -> Verdict:
    """Say what stands against a place, and when everybody is free next."""
    try:
        if place.ghost.is_copy:
            found = office.bookings.check(copy_of(place, card))
        else:
            request = edit_of(place, card, formats.zone)
            found = office.bookings.check_change(request) if request else ()
    except OfficeError as error:
        return Verdict(place.ghost, "err", str(error))
    if not found:
        return Verdict(place.ghost)
    first = found[0]
    sentence = with_count(found)
    if not first.is_hard:
        return Verdict(place.ghost, "warn", sentence, first.way_out)
    free = next_free(office, formats.zone, card, place)
    return _refused(place, sentence, first, free, scene, formats)


def with_count(found: tuple[Clash, ...]) -> str:
    """Give the first clash in words, and how many more there are."""
    more = len(found) - 1
    if not more:
        return found[0].sentence
    rest = ngettext("and {more} more clash", "and {more} more clashes", more)
    return f"{found[0].sentence} ({rest.format(more=more)})"


def next_free(
    office: Office, zone: ZoneInfo, card: SessionCard, place: Place
) -> FreeTime | None:
    """Find the next time from a place on at which everybody can."""
    try:
        found = office.free_times.next_free(
            FindFree(
                place.tutor_ids,
                tuple(one.student_id for one in card.students),
                place.minutes,
                card.offering_id,
                instant(place.start, zone).astimezone(UTC),
                place_id=card.place_id,
                room_id=card.room_id,
                days=LOOK_AHEAD,
                limit=1,
                without=None if place.ghost.is_copy else card.session_id,
            )
        )
    except OfficeError:
        return None
    return found[0] if found else None


def _refused(
    place: Place,
    sentence: str,
    clash: Clash,
    free: FreeTime | None,
    scene: Scene,
    formats: Formats,
) -> Verdict:
    if free is None:
        return Verdict(place.ghost, "err", sentence, clash.way_out)
    local = formats.local(free.span.start)
    column = scene.column_of(local.date(), scene.heads[place.ghost.column].tutor_id)
    when = formats.clock(free.span.start)
    if local.date() != place.start.date():
        when = f"{formats.day(local.date())} {when}"
    words = _("Next free for all: {when}").format(when=when)
    if column is None:
        return Verdict(place.ghost, "err", sentence, words)
    words = _("{words} \N{MIDDLE DOT} Tab to use it").format(words=words)
    start = local.hour * 60 + local.minute
    return Verdict(place.ghost, "err", sentence, words, (column, start))


class LiveCheck(QObject):
    """Judges the latest place of a ghost; places that were passed by are skipped.

    Signals:
        judged: A place was judged; carries the verdict.
    """

    judged = Signal(object)

    def __init__(
        self, jobs: Jobs, office: Office, formats: Formats, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._office, self._formats = jobs, office, formats
        self._waiting: Callable[[], Verdict] | None = None
        self._is_busy = False

    def ask(self, ghost: Ghost | None, scene: Scene, card: SessionCard | None) -> None:
        """Judge a ghost as soon as the one before is judged."""
        if ghost is None or card is None or ghost.kind is Kind.DRAW:
            self._waiting = None
            return
        place = place_of(ghost, scene, card)
        self.judge(partial(judged, self._office, self._formats, scene, card, place))

    def judge(self, work: Callable[[], Verdict]) -> None:
        """Judge in a way of one's own, as soon as the one before is judged."""
        self._waiting = work
        if not self._is_busy:
            self._next()

    def _next(self) -> None:
        if self._waiting is None:
            return
        work, self._waiting = self._waiting, None
        self._is_busy = True
        self._jobs.run(self, work, done=self._on_done, failed=self._on_failed)

    def _on_done(self, verdict: Verdict) -> None:
        self._is_busy = False
        self.judged.emit(verdict)
        self._next()

    def _on_failed(self, _error: OfficeError) -> None:
        self._is_busy = False
        self._next()
