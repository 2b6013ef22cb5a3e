"""Who acts, and how the journal tells people of one name apart."""

from __future__ import annotations

from app.models.values.actors import COMMAND_LINE, Actor, Role


def test_a_tutor_never_signs_as_the_office() -> None:
    office = Actor("Anna Berg", Role.OWNER)
    tutors = [Actor("Anna Berg", Role.TUTOR, number) for number in (1, 2)]
    signatures = {actor.signature for actor in (office, *tutors)}
    assert len(signatures) == 3
    assert office.signature == "Anna Berg"


def test_tutors_are_not_the_office() -> None:
    assert COMMAND_LINE.is_office
    assert not Actor("Anna", Role.TUTOR, 1).is_office
