"""Notes for families: only of what was closed out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services.closing.requests import CloseSession, SetHomework
from app.services.office import Office
from app.services.printing.notes import NotClosedOutError
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.documents.reading import text


def test_a_note_is_printed_once_the_session_is_closed_out(
    office: Office, make: Make, clock: FakeClock
) -> None:
    make.office()
    student = make.student("Maya")
    offering = make.offering("Maths", price=4800)
    tutor = make.tutor("Anna Berg", rate=2700)
    session = make.session(
        clock.now() - timedelta(hours=2),
        students=[student],
        tutors=[tutor],
        offering=offering,
    )
    with pytest.raises(NotClosedOutError):
        office.printing.session_note(session, student)
    office.close_outs.close(
        CloseSession(
            session,
            progress_note="Fractions went well.",
            homework=(SetHomework(student, "Page 41"),),
        )
    )
    found = text(office.printing.session_note(session, student))
    for words in ("Maya", "Anna Berg", "Fractions went well.", "Page 41"):
        assert words in found
