"""What is missing before a session can be booked, said under its field."""

from __future__ import annotations

from app.text import _
from app.views.calendar.drafting import Draft
from app.views.calendar.student_field import StudentField


def lacking(student: StudentField, draft: Draft) -> tuple[str, str, str]:
    """Say what is missing of the students, the tutor and the subject.

    As long as nobody is named the others are not asked for: the student fills them.
    """
    complaint = student.complaint()
    if not complaint and not student.student_ids:
        complaint = _("Who is it for? Type a student's name.")
    if complaint:
        return complaint, "", ""
    tutor = "" if draft.tutor_id else _("Who teaches? Choose a tutor.")
    subject = "" if draft.offering_id else _("What is it? Choose a subject.")
    return "", tutor, subject
