"""Why a step cannot be taken back, one small class each."""

from __future__ import annotations

from datetime import datetime

from app.models.values.errors import (
    ConflictError,
    NotFoundError,
    RightsError,
    RuleError,
)
from app.text import _


class NoStepError(NotFoundError):
    """A step that the journal does not have."""

    def __init__(self) -> None:
        super().__init__(
            _("The journal has no such step; look at “Who changed what” again.")
        )


class NotYourStepError(RightsError):
    """A tutor wanted to take somebody else's step back."""

    def __init__(self) -> None:
        super().__init__(_("Only the office may undo what somebody else did; ask it."))


class UndoneAlreadyError(RuleError):
    """A step that was taken back before."""

    def __init__(self, action: str) -> None:
        super().__init__(
            _("“{action}” was undone already; redo it first.").format(action=action)
        )


class NotUndoneError(RuleError):
    """A step was to be redone that stands."""

    def __init__(self, action: str) -> None:
        super().__init__(
            _("“{action}” was not undone, so there is nothing to redo.").format(
                action=action
            )
        )


class ChangedSinceError(ConflictError):
    """Somebody changed the same record after the step.

    Attributes:
        table, row_id: the record, to show what changed.
    """

    def __init__(
        self, table: str, row_id: int, actor: str, wall: datetime | None
    ) -> None:
        self.table, self.row_id = table, row_id
        if wall is None:
            text = _(
                "This cannot be undone, because the record is no longer as the step "
                "left it; change it by hand."
            )
        else:
            text = _(
                "This cannot be undone: {actor} changed the same record at "
                "{wall:%H:%M on %d %b %Y}; undo that first, or change it by hand."
            ).format(actor=actor, wall=wall)
        super().__init__(text)


class StandingStepError(RuleError):
    """A step that stands for ever; the sentence says what to do instead."""

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(
            _("{what} cannot be undone; {instead}").format(what=what, instead=instead)
        )


class NotKeptError(RuleError):
    """The journal does not keep what would have to be put back."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This cannot be undone, because the journal does not keep protected or "
                "erased texts; enter them again by hand."
            )
        )
