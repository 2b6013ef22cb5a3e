"""Says at once which prices and rates of pay a close-out lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from app.models.database import Snapshot, Transaction
from app.models.values.schedule import SessionStatus
from app.services.charging.loading import load_facts
from app.services.charging.settling import would_charge
from app.services.closing.results import Owed
from app.services.closing.sheet import Sheet
from app.services.desk import Desk
from app.services.payroll.unrated import unrated
from app.services.rights import is_own

_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)


def lacking(
    work: Snapshot | Transaction,
    desk: Desk,
    sheets: Sequence[Sheet],
    owed: Mapping[int, Sequence[Owed]],
) -> dict[int, list[str]]:
    """Give by session the sentences about what cannot be charged or paid yet.

    A tutor hears of the own pay only.
    """
    decided = [sheet for sheet in sheets if sheet.session.status not in _AHEAD]
    found: dict[int, list[str]] = defaultdict(list)
    if desk.actor.is_office:
        for sheet in decided:
            at = sheet.session.id
            found[at] += _unpriced(work, sheet, owed[at])
    for part in unrated(work, [sheet.session.id for sheet in decided]):
        if is_own(desk.actor, part.tutor_id):
            found[part.session_id].append(part.sentence)
    return found


def _unpriced(
    work: Snapshot | Transaction, sheet: Sheet, owed: Sequence[Owed]
) -> Collection[str]:
    charged = {each.student_id for each in owed}
    silent = {
        place.student_id
        for place in sheet.places
        if not place.charge_reason and place.student_id not in charged
    }
    if not silent or None in charged:
        return ()
    faults = would_charge(load_facts(work, sheet.session.id)).faults
    return dict.fromkeys(text for who, text in faults.items() if who in silent)
