"""Several sessions under way together: ghosts, requests and what they run into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.models.values.errors import OfficeError
from app.services.office import Office
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import BookSession, Clash, EditSeries
from app.views.calendar.geometry import DAY, SHORTEST, wall
from app.views.calendar.gestures import Ghost, Kind
from app.views.calendar.live import Place, copy_of, edit_of, with_count
from app.views.calendar.scene import Placed, Scene, Verdict


@dataclass(frozen=True, slots=True)
class Way:
    """How far the session under the hand has come; the others go as far.

    Attributes:
        starts: minutes that the start goes later.
        ends: minutes that the end goes later.
        former: the tutor of the column that is left; None where columns are days.
        tutor: the tutor of the column that is reached.
    """

    days: timedelta
    starts: int
    ends: int
    former: int | None = None
    tutor: int | None = None

    def tutors(self, card: SessionCard) -> tuple[int, ...]:
        """Give who would teach a session."""
        ids = tuple(tutor_id for tutor_id, _name in card.tutors)
        if self.former is None or self.tutor is None or self.former == self.tutor:
            return ids
        changed = (self.tutor if one == self.former else one for one in ids)
        return tuple(dict.fromkeys(changed))


def way_of(ghost: Ghost, lead: Placed, scene: Scene) -> Way:
    """Say how far a ghost is from its session."""
    left, reached = scene.heads[ghost.from_column], scene.heads[ghost.column]
    return Way(
        reached.day - left.day,
        ghost.start - lead.block.start,
        ghost.end - lead.block.end,
        left.tutor_id,
        reached.tutor_id,
    )


def companions(ghost: Ghost, scene: Scene, selected: Sequence[int]) -> list[Ghost]:
    """Give the ghosts of the other chosen sessions, where they are in sight."""
    lead = scene.find(ghost.session_id)
    if lead is None or ghost.session_id not in selected:
        return []
    way = way_of(ghost, lead, scene)
    found: list[Ghost] = []
    for one in scene.placed:
        block = one.block
        if block.session_id == ghost.session_id or block.session_id not in selected:
            continue
        tutor = scene.heads[one.column].tutor_id
        there = way.tutor if tutor == way.former else tutor
        column = scene.column_of(scene.heads[one.column].day + way.days, there)
        if column is not None:
            start = max(0, block.start + way.starts)
            end = min(DAY, max(start + SHORTEST, block.end + way.ends))
            place = replace(ghost, session_id=block.session_id, column=column)
            found.append(replace(place, start=start, end=end, from_column=one.column))
    return found


def places_of(
    ghost: Ghost, way: Way, cards: Sequence[SessionCard], zone: ZoneInfo
) -> list[Place]:
    """Say where each of several sessions would go."""
    found: list[Place] = []
    for card in cards:
        start = card.starts_at.astimezone(zone).replace(tzinfo=None)
        minutes = int((card.ends_at - card.starts_at).total_seconds()) // 60
        start += way.days + timedelta(minutes=way.starts)
        longer = max(SHORTEST, minutes + way.ends - way.starts)
        found.append(Place(ghost, start, longer, way.tutors(card)))
    return found


def edits_of(
    places: Sequence[Place], cards: Sequence[SessionCard], zone: ZoneInfo
) -> list[EditSeries]:
    """Make the requests that put sessions where they would go."""
    made = [
        edit_of(place, card, zone) for place, card in zip(places, cards, strict=True)
    ]
    return [one for one in made if one is not None]


def copies_of(
    places: Sequence[Place], cards: Sequence[SessionCard]
) -> list[BookSession]:
    """Make the requests that book the same sessions once more."""
    return [copy_of(place, card) for place, card in zip(places, cards, strict=True)]


def judged_together(
    office: Office, ghost: Ghost, requests: Sequence[EditSeries]
) -> Verdict:
    """Say what several sessions would run into, apart from each other."""
    moving = {request.session_id for request in requests}
    found: list[Clash] = []
    try:
        for request in requests:
            found += [
                one
                for one in office.bookings.check_change(request)
                if one.session_id not in moving
            ]
    except OfficeError as error:
        return Verdict(ghost, "err", str(error))
    if not found:
        return Verdict(ghost)
    found.sort(key=_soft_last)
    tone = "err" if found[0].is_hard else "warn"
    return Verdict(ghost, tone, with_count(tuple(found)), found[0].way_out)


def at_cursor(
    cards: Sequence[SessionCard], day: date, minute: int, zone: ZoneInfo
) -> timedelta:
    """Give how far the earliest of some sessions is from a place in the grid."""
    first = min(card.starts_at for card in cards).astimezone(zone)
    return wall(day, minute) - first.replace(tzinfo=None)


def shifted(
    cards: Sequence[SessionCard], way: timedelta, zone: ZoneInfo
) -> list[BookSession]:
    """Make the requests that book sessions once more, so much later."""
    ghost = Ghost(Kind.MOVE, 0, 0, 0, 0, 0, is_copy=True)
    days, rest = way // timedelta(days=1), way % timedelta(days=1)
    minutes = int(rest.total_seconds()) // 60
    along = Way(timedelta(days=days), minutes, minutes)
    return copies_of(places_of(ghost, along, cards, zone), cards)


def _soft_last(clash: Clash) -> bool:
    return not clash.is_hard
