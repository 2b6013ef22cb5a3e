"""Checks a new session or series while it is entered; at the desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.models.values.errors import OfficeError
from app.models.values.schedule import instant
from app.services.billing.terms import LotLeft
from app.services.office import Office
from app.services.scheduling.requests import FindFree
from app.text import _, ngettext
from app.views.calendar.drafting import Draft, Rhythm
from app.views.calendar.live import with_count
from app.views.formats import Formats


@dataclass(frozen=True, slots=True)
class Found:
    """What was found about a draft.

    Attributes:
        tone: err, warn, or empty if nothing stands against it.
        sentence: what stands against it.
        free: the next start at which everybody can.
        lots: the household's packages.
    """

    draft: Draft
    tone: str = ""
    sentence: str = ""
    free: datetime | None = None
    note: str = ""
    lots: tuple[LotLeft, ...] = ()


def look_into(
    office: Office, formats: Formats, draft: Draft, household_id: int | None
) -> Found:
    """Check a draft, at the desk."""
    lots: tuple[LotLeft, ...] = ()
    try:
        if household_id is not None:
            lots = tuple(
                lot for lot in office.packages.lots(household_id) if lot.left > 0
            )
    except OfficeError:
        lots = ()
    try:
        if draft.rhythm is Rhythm.ONCE:
            found = _single(office, formats, draft)
        else:
            found = _series(office, draft)
    except OfficeError as error:
        found = Found(draft, "err", str(error))
    return replace(found, lots=lots)


def _single(office: Office, formats: Formats, draft: Draft) -> Found:
    clashes = office.bookings.check(draft.single())
    if not clashes:
        return Found(draft)
    tone = "err" if clashes[0].is_hard else "warn"
    free = office.free_times.next_free(
        FindFree(
            (draft.tutor_id or 0,),
            draft.student_ids,
            draft.minutes,
            draft.offering_id or 0,
            instant(draft.start, formats.zone),
            place_id=draft.place_id,
            room_id=draft.room_id,
            days=14,
            limit=1,
        )
    )
    start = formats.local(free[0].span.start).replace(tzinfo=None) if free else None
    return Found(draft, tone, with_count(clashes), start)


def _series(office: Office, draft: Draft) -> Found:
    dates = office.series.preview(draft.series())
    closed = sum(bool(one.on_closure) for one in dates)
    stopped = [
        one
        for one in dates
        if one.problem or any(clash.is_hard for clash in one.clashes)
    ]
    count = len(dates) - closed - len(stopped)
    words = ngettext("{count} session", "{count} sessions", count)
    parts = [words.format(count=count)]
    if closed:
        parts.append(_("{count} skipped (closed)").format(count=closed))
    if not stopped:
        return Found(draft, note=" \N{MIDDLE DOT} ".join(parts))
    first = stopped[0]
    why = first.problem or first.clashes[0].sentence
    text = ngettext(
        "{count} date clashes and is skipped: {why}",
        "{count} dates clash and are skipped. The first: {why}",
        len(stopped),
    ).format(count=len(stopped), why=why)
    return Found(draft, "warn", text, note=" \N{MIDDLE DOT} ".join(parts))
