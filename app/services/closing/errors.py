"""What closing out and cancelling say no to, one small class each."""

from __future__ import annotations

from datetime import datetime

from app.models.values.errors import InputError, RightsError, RuleError
from app.text import _


class NotYourSessionError(RightsError):
    """A tutor turned to a session of somebody else."""

    def __init__(self) -> None:
        super().__init__(
            _("This session is another tutor's; ask that tutor or the office.")
        )


class OthersPartError(RightsError):
    """A tutor spoke for another tutor of the same session."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This would change what another tutor taught or claimed; say only your "
                "own part, or ask the office."
            )
        )


class OfficeDecidedError(RightsError):
    """A tutor wanted to close over what the office decided."""

    def __init__(self) -> None:
        super().__init__(
            _("The office has decided about this session; ask the office to change it.")
        )


class SessionNotOverError(RuleError):
    """A session was to be closed out before its end."""

    def __init__(self, ends: datetime) -> None:
        super().__init__(
            _(
                "This session ends at {ends:%H:%M on %d %b %Y}; close it out then, or "
                "ask an administrator."
            ).format(ends=ends)
        )


class SessionNotBegunError(RuleError):
    """A session was to be closed out as held or missed before it began."""

    def __init__(self, starts: datetime) -> None:
        super().__init__(
            _(
                "This session has not begun; it starts at {starts:%H:%M on %d %b %Y}. "
                "Close it out then, or cancel it."
            ).format(starts=starts)
        )


class WaiverReasonError(InputError):
    """A charge was to be waived without saying why."""

    def __init__(self) -> None:
        super().__init__(
            _("Waiving a charge needs a reason; write down why it is dropped.")
        )


class CalledOffError(RuleError):
    """A session that was cancelled was to be closed out as if it had been held."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This session was cancelled; restore it first, or say of each student "
                "whether they came."
            )
        )


class StrangerError(InputError):
    """Somebody was named who has no part in the session."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _(
                "A {what} who is named here has no part in this session; name only "
                "those who were booked."
            ).format(what=what)
        )


class NamedTwiceError(InputError):
    """Two different things were said of one student."""

    def __init__(self) -> None:
        super().__init__(
            _("A student is named twice in this close-out; name everybody once.")
        )


class OutcomeMismatchError(InputError):
    """What is said of a student goes against the outcome."""

    def __init__(self, outcome: str, state: str) -> None:
        super().__init__(
            _(
                "A student cannot be “{state}” in a session that was “{outcome}”; "
                "choose another outcome or correct the student."
            ).format(outcome=outcome.replace("_", " "), state=state.replace("_", " "))
        )


class MinutesError(InputError):
    """A length that no session can have."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            _(
                "{minutes} minutes cannot be the length of a session; give 1 to 1440 "
                "minutes."
            ).format(minutes=minutes)
        )


class MinutesOfAbsentError(InputError):
    """Minutes were given for a student who did not take part."""

    def __init__(self) -> None:
        super().__init__(
            _("A student who did not take part has no minutes; leave them out.")
        )


class SubjectMinutesError(InputError):
    """Minutes by subject that do not make up the student's time."""

    def __init__(self, split: int, minutes: int) -> None:
        super().__init__(
            _(
                "The minutes by subject add up to {split}, but the student was there "
                "for {minutes}; make them fit."
            ).format(split=split, minutes=minutes)
        )


class UnknownSubjectError(InputError):
    """Time was split over a subject that the office does not have."""

    def __init__(self) -> None:
        super().__init__(
            _("A subject that is named here is not in the catalogue; choose another.")
        )


class StartError(InputError):
    """An actual start that cannot belong to the session."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The actual start lies more than a day from the planned one; correct "
                "it, or move the session first."
            )
        )


class EmptyTextError(InputError):
    """Something that needs words came without any."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("The {what} has no text; write it or leave it out.").format(what=what)
        )


class SkillStepError(InputError):
    """A step that is not on the scale of skills."""

    def __init__(self, step: int) -> None:
        super().__init__(
            _("{step} is not on the scale of skills; give a step from 1 to 5.").format(
                step=step
            )
        )


class ClaimAmountError(InputError):
    """A claim for nothing or less."""

    def __init__(self) -> None:
        super().__init__(
            _("A mileage or expense claim must be more than zero; correct or drop it.")
        )


class LargestClaimError(InputError):
    """A claim that no session can cause."""

    def __init__(self, amount: str, distance: str) -> None:
        super().__init__(
            _(
                "One claim is at most {amount}, or {distance} km or miles; correct the "
                "figure, or make several claims of it."
            ).format(amount=amount, distance=distance)
        )


class MoneyReasonError(InputError):
    """The money was to differ from the policy without a reason."""

    def __init__(self) -> None:
        super().__init__(
            _("Another charge or pay than the policy's needs a reason; write it down.")
        )


class MoneyRightsError(RightsError):
    """A tutor wanted other money than the policy's."""

    def __init__(self) -> None:
        super().__init__(
            _("Only the office may charge or pay otherwise than the policy; ask it.")
        )


class NotClosedError(RuleError):
    """A session was to be reviewed or approved that nobody has closed out."""

    def __init__(self, starts: datetime) -> None:
        super().__init__(
            _(
                "The session of {starts:%d %b %Y, %H:%M} has not been closed out, so "
                "it cannot be approved; close it out first."
            ).format(starts=starts)
        )


class NotReviewedError(RuleError):
    """A close-out was to be approved that the office wants reviewed before."""

    def __init__(self, starts: datetime) -> None:
        super().__init__(
            _(
                "The close-out of the session of {starts:%d %b %Y, %H:%M} is to be "
                "reviewed before it is approved; review it first."
            ).format(starts=starts)
        )


class ReviewNotAskedError(RuleError):
    """A close-out was to be reviewed where the office's policy asks for no review."""

    def __init__(self, starts: datetime) -> None:
        super().__init__(
            _(
                "The close-out of the session of {starts:%d %b %Y, %H:%M} needs no "
                "review; approve it, or ask for reviews in Settings, Policies."
            ).format(starts=starts)
        )


class HeldByDocumentError(RuleError):
    """A session whose money stands on a document was to be opened again."""

    def __init__(self, why: str) -> None:
        super().__init__(
            _(
                "This close-out cannot be opened again, because {why}; correct it by "
                "closing the session out anew."
            ).format(why=why)
        )


class CancelMomentError(InputError):
    """A moment of cancelling that has not come yet."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A session cannot have been cancelled in the future; give the moment "
                "when it was called off, or leave it out for now."
            )
        )


class AlreadyCancelledError(RuleError):
    """A session or place was to be cancelled a second time."""

    def __init__(self) -> None:
        super().__init__(
            _("This was cancelled already; restore it first to cancel it differently.")
        )


class NotCancelledError(RuleError):
    """Something was to be put back that was never cancelled."""

    def __init__(self) -> None:
        super().__init__(_("This was not cancelled, so there is nothing to restore."))


class ClosedPlaceError(RuleError):
    """A student's place was to be put back in a session that is closed out."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This session is closed out; correct the close-out and say there "
                "whether the student came."
            )
        )


class CancelRightsError(RightsError):
    """A tutor cancelled in the office's name."""

    def __init__(self) -> None:
        super().__init__(
            _("Only the office may cancel in the office's name; say who called it off.")
        )


class EarlierMomentError(RightsError):
    """A tutor said that a session was called off earlier than now."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Only the office may enter an earlier moment of cancelling, because it "
                "decides about the charge; leave it out, or ask the office."
            )
        )


class ClosedOutRightsError(RightsError):
    """A tutor wanted to call off what was closed out."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This session has been closed out, so only the office may call it off; "
                "correct the close-out, or ask the office."
            )
        )


class WaiverRightsError(RightsError):
    """A tutor wanted to waive a charge."""

    def __init__(self) -> None:
        super().__init__(_("Only the office may waive a charge; ask it."))


class NothingToWaiveError(RuleError):
    """A charge was to be waived where no late cancellation is."""

    def __init__(self) -> None:
        super().__init__(
            _("Only a late cancellation is waived, and there is none here.")
        )
