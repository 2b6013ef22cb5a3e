"""What the timetable says no to, one small class each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.models.values.errors import InputError, RightsError, RuleError
from app.services.scheduling.requests import Clash
from app.text import _, ngettext


class ClashError(RuleError):
    """A planned time runs into something; names the other side and a way out."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        first = clashes[0]
        more = len(clashes) - 1
        text = first.sentence
        if more:
            text += " " + ngettext(
                "({more} more clash.)", "({more} more clashes.)", more
            ).format(more=more)
        super().__init__(f"{text} {first.way_out}")


class LengthError(InputError):
    """A session that lasts no time at all, or longer than a day."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            _(
                "A session lasts from 1 minute to 24 hours, so {minutes} minutes "
                "cannot be; give another length."
            ).format(minutes=minutes)
        )


class NoZoneError(InputError):
    """A moment that could be in any time zone."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(
            _(
                "{moment:%H:%M on %d %b %Y} could be in any time zone; say in which "
                "one, such as the office's."
            ).format(moment=moment)
        )


class WholeMinuteError(InputError):
    """A start with seconds in it."""

    def __init__(self) -> None:
        super().__init__(_("Sessions start on a whole minute; leave out the seconds."))


class WallClockError(InputError):
    """A start that carries a time zone of its own."""

    def __init__(self) -> None:
        super().__init__(
            _("Give the start as the office's own clock shows it, without a time zone.")
        )


class NoTutorError(InputError):
    """A session that nobody teaches."""

    def __init__(self) -> None:
        super().__init__(_("A session needs a tutor; choose at least one."))


class NoStudentError(InputError):
    """A session for nobody."""

    def __init__(self) -> None:
        super().__init__(_("A session needs a student; choose at least one."))


class TwiceError(InputError):
    """The same person named twice for one session."""

    def __init__(self, who: str) -> None:
        super().__init__(
            _("{who} is named twice for this session; name everybody once.").format(
                who=who
            )
        )


class RoomElsewhereError(InputError):
    """A room that lies in another place than the session's."""

    def __init__(self, room: str, place: str) -> None:
        super().__init__(
            _("{room} is not in {place}; choose a room of that place.").format(
                room=room, place=place
            )
        )


class TrustError(RightsError):
    """A tutor books what the office has not left to tutors."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The office has not left the booking of these sessions to you; ask it "
                "to book them."
            )
        )


class PlacementLimitError(RuleError):
    """A tutor goes beyond what was agreed for a placement."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("This goes beyond what was agreed: {what} Ask the office.").format(
                what=what
            )
        )


class OverrideRightsError(RightsError):
    """Somebody else than an administrator overrides a hard clash."""

    def __init__(self) -> None:
        super().__init__(
            _("Only an administrator may book in spite of a clash; ask one.")
        )


class FixedSessionError(RuleError):
    """A session that may not change any more."""

    def __init__(self, when: str, why: str) -> None:
        super().__init__(
            _(
                "The session of {when} cannot be changed because {why}; take that back "
                "first."
            ).format(when=when, why=why)
        )


class NotTentativeError(RuleError):
    """A session to confirm that is not waiting for it."""

    def __init__(self, when: str) -> None:
        super().__init__(
            _("The session of {when} is not waiting to be confirmed.").format(when=when)
        )


class NotTheirSessionError(InputError):
    """A substitute for a tutor who does not hold the session."""

    def __init__(self, tutor: str) -> None:
        super().__init__(
            _(
                "{tutor} does not hold this session, so nobody can stand in there; "
                "choose one of its tutors."
            ).format(tutor=tutor)
        )


class NoSeriesError(InputError):
    """A session that belongs to no series."""

    def __init__(self) -> None:
        super().__init__(_("This session belongs to no series; change it by itself."))


class SeriesEndError(InputError):
    """A series with no end, or with several."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Say in exactly one way where the series ends: a date, a number of "
                "dates, a term or when the package is used up."
            )
        )


class SeriesRuleError(InputError):
    """A rhythm that a series cannot have."""

    def __init__(self, what: str) -> None:
        super().__init__(_("This series cannot be made: {what}").format(what=what))


class EmptySeriesError(RuleError):
    """A series none of whose dates would have a session."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No date of this series can be booked; choose another start, end or "
                "rhythm."
            )
        )


class ExtendBackwardsError(InputError):
    """An extension that adds nothing."""

    def __init__(self, last: date) -> None:
        super().__init__(
            _(
                "The series already runs until {last:%d %b %Y}; choose a later day."
            ).format(last=last)
        )


class NothingToChangeError(InputError):
    """An edit that names no change."""

    def __init__(self) -> None:
        super().__init__(_("Nothing was changed; say what should be different."))


class NoCourseError(InputError):
    """A series that nobody can enrol in."""

    def __init__(self) -> None:
        super().__init__(
            _("This series is no course; book the student on its sessions instead.")
        )


class EnrolledAlreadyError(RuleError):
    """A student with a place in the course."""

    def __init__(self, student: str, course: str) -> None:
        super().__init__(
            _("{student} is already enrolled in {course}.").format(
                student=student, course=course
            )
        )


class LeftAlreadyError(RuleError):
    """An enrolment that has ended."""

    def __init__(self, student: str) -> None:
        super().__init__(
            _("{student} has already left this course.").format(student=student)
        )
