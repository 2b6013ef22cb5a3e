"""Who works in the sample office, so that its journal names people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.values.actors import Actor, Role
from app.services.demo.founding import Sample
from app.services.office import Office
from app.services.scheduling.cards import SessionCard

OWNER = Actor("Clara Lindner", Role.OWNER)
ADMINISTRATOR = Actor("Nadia Vogt", Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Staff:
    """The office as each of its people sees it."""

    owner: Office
    administrator: Office
    tutors: Mapping[int, Office]

    @classmethod
    def of(cls, office: Office, sample: Sample) -> Staff:
        """Seat everybody."""
        tutors = {
            tutor_id: office.acting_as(Actor(tutor.name, Role.TUTOR, tutor_id))
            for tutor_id, tutor in sample.tutors.items()
        }
        return cls(office.acting_as(OWNER), office.acting_as(ADMINISTRATOR), tutors)

    def closing(self, card: SessionCard) -> Office:
        """Say who closes a session out: its tutor, of several the administrator."""
        if len(card.tutors) != 1:
            return self.administrator
        return self.tutors.get(card.tutors[0][0], self.administrator)
