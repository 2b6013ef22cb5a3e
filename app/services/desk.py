"""A desk: one running program, with its database, its clock and who sits there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.base import Model
from app.models.database import Database, Snapshot, Transaction
from app.models.office import OfficeProfile
from app.models.recording import Step
from app.models.values.actors import Actor
from app.models.values.errors import NotFoundError, RightsError, UnavailableError
from app.services.clock import Clock
from app.services.nouns import noun
from app.text import _

Kept = TypeVar("Kept", bound=Model)
_PROFILE = select(OfficeProfile).limit(1)


class OfficeOnlyError(RightsError):
    """A tutor asked for something that is the office's."""

    def __init__(self) -> None:
        super().__init__(_("Only the office may do this; ask an administrator."))


class NoProfileError(NotFoundError):
    """The office has no name, zone and currency yet."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This office has not been set up yet; give it a name, a time zone and "
                "a currency first."
            )
        )


class UnknownZoneError(UnavailableError):
    """The office's file names a time zone that there is not."""

    def __init__(self, zone: str) -> None:
        words = _(
            "The office's time zone “{zone}” is none that this program knows, so "
            "nothing can be shown at its hour; restore the newest backup."
        )
        super().__init__(words.format(zone=zone))


class MissingRecordError(NotFoundError):
    """A record is not there, or no longer."""

    def __init__(self, what: str) -> None:
        words = _("This {record} is no longer in the office's records.")
        super().__init__(words.format(record=noun(what)))


@dataclass(frozen=True, slots=True)
class Desk:
    """What every service works with; cheap to make anew for another person."""

    database: Database
    clock: Clock
    actor: Actor
    name: str = ""

    def now(self) -> datetime:
        """Tell the current instant, in UTC."""
        return self.clock.now()

    def at(self, work: Snapshot | Transaction) -> datetime:
        """Tell the one instant of a step, or the current one of a reading, in UTC."""
        return work.at if isinstance(work, Transaction) else self.now()

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Open the database to read."""
        return self.database.snapshot()

    @contextmanager
    def transaction(
        self, action: str, *, undoes: int | None = None
    ) -> Iterator[Transaction]:
        """Open the database to write, under a heading the journal keeps."""
        step = Step(action, self.actor.signature, self.now(), self.name, undoes)
        with self.database.transaction(step) as transaction:
            yield transaction

    def require_office(self) -> None:
        """Refuse a tutor.

        Raises:
            OfficeOnlyError: The actor is a tutor.
        """
        if not self.actor.is_office:
            raise OfficeOnlyError

    def sat_at_by(self, actor: Actor) -> Desk:
        """Give the same desk with another person at it."""
        return replace(self, actor=actor)


def profile(work: Snapshot | Transaction) -> OfficeProfile:
    """Read the office's own record.

    Raises:
        NoProfileError: The office was not set up yet.
        UnknownZoneError: Its zone is none.
    """
    found = work.once(OfficeProfile, _profile)
    if found is None:
        raise NoProfileError
    return found


def _profile(work: Snapshot | Transaction) -> OfficeProfile | None:
    found = work.scalars(_PROFILE).one_or_none()
    if found is not None:
        try:
            ZoneInfo(found.zone)
        except (ValueError, OSError, LookupError):
            raise UnknownZoneError(found.zone) from None
    return found


def zone(work: Snapshot | Transaction) -> ZoneInfo:
    """Give the zone of the office's wall clock."""
    return ZoneInfo(profile(work).zone)


def fetch(
    work: Snapshot | Transaction, kind: type[Kept], row_id: int, what: str
) -> Kept:
    """Read one record by its id.

    Raises:
        MissingRecordError: There is none; ``what`` names it in the sentence.
    """
    found = work.get(kind, row_id)
    if found is None:
        raise MissingRecordError(what)
    return found
