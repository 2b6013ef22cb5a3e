"""When tutors and students can: weeks, leave, extra time and absences."""

from app.services.availability.loading import (
    StudentTimes,
    TutorTimes,
    load_free,
    load_student_free,
)
from app.services.availability.records import Availabilities
from app.services.availability.requests import (
    AbsenceAdded,
    AbsenceRow,
    AddExtraTime,
    AddLeave,
    AddStudentAbsence,
    ExceptionRow,
    LeaveAdded,
    SetWeek,
    ValidWindow,
)

__all__ = [
    "AbsenceAdded",
    "AbsenceRow",
    "AddExtraTime",
    "AddLeave",
    "AddStudentAbsence",
    "Availabilities",
    "ExceptionRow",
    "LeaveAdded",
    "SetWeek",
    "StudentTimes",
    "TutorTimes",
    "ValidWindow",
    "load_free",
    "load_student_free",
]
