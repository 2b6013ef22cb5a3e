"""A tutor has one colour on every page."""

from __future__ import annotations

from app.services.people.tutor_requests import ChangeTutor
from app.views import theme
from app.views.shell.main_window import MainWindow


def test_a_chosen_colour_is_shown_everywhere_at_once(window: MainWindow) -> None:
    tutors = window.tools.office.tutors
    row = tutors.tutors()[0]
    assert theme.hue_of_tutor(row.tutor_id) == theme.hue_of(row.colour)
    other = row.colour + 3
    tutors.change_tutor(ChangeTutor(row.tutor_id, row.version, colour=other))
    assert theme.hue_of_tutor(row.tutor_id) == theme.hue_of(other)


def test_somebody_unknown_has_the_colour_of_the_number() -> None:
    assert theme.hue_of_tutor(10**9 + 4) == theme.hue_of(10**9 + 4)
