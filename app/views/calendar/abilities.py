"""What can be done with the sessions that are chosen, and why not; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from app.text import _, ngettext
from app.views.calendar.blocks import Block, Look

_OVER = frozenset({Look.DONE, Look.NO_SHOW, Look.CANCELLED})
_TO_CLOSE = frozenset({Look.TO_CLOSE, Look.IN_PROGRESS})


class Ability(StrEnum):
    """What one may want to do with sessions; each is a command of the calendar."""

    CHANGE = "change"
    CONFIRM = "confirm_session"
    CLOSE_OUT = "close_out"
    CANCEL = "cancel_session"
    COPY = "copy_session"
    DUPLICATE = "duplicate"
    EDIT = "edit_session"
    FIND = "find_time"


_ALONE = frozenset({Ability.EDIT, Ability.FIND})
_CHANGING = frozenset({Ability.CHANGE, Ability.EDIT, Ability.FIND})


def why_not(ability: Ability, chosen: Sequence[Block], *, is_office: bool) -> str:
    """Give the reason against it in one sentence; empty if it can be done."""
    if not chosen:
        return _("Choose a session first.")
    if len(chosen) > 1:
        if ability in _ALONE:
            return _("Choose one session only.")
        if not is_office:
            return _("Only the office does this with several sessions at once.")
    cannot = sum(not _can(ability, one, is_alone=len(chosen) == 1) for one in chosen)
    return _told(ability, cannot, len(chosen)) if cannot else ""


def _can(ability: Ability, block: Block, *, is_alone: bool) -> bool:
    if ability in _CHANGING:
        return block.look not in _OVER and not block.mark.invoice
    if ability is Ability.CONFIRM:
        return block.look is Look.TENTATIVE
    if ability is Ability.CANCEL:
        return block.look is not Look.CANCELLED
    if ability is Ability.CLOSE_OUT:
        return is_alone or block.look in _TO_CLOSE
    return True


def _told(ability: Ability, cannot: int, count: int) -> str:
    words = {
        Ability.CONFIRM: (
            _("Only tentative sessions are confirmed."),
            _("Only tentative sessions are confirmed; {cannot} of {count} are not."),
        ),
        Ability.CANCEL: (
            _("This session is cancelled already."),
            _("{cannot} of {count} are cancelled already."),
        ),
        Ability.CLOSE_OUT: (
            _("This session does not wait to be closed out."),
            _("{cannot} of {count} do not wait to be closed out."),
        ),
    }
    fixed = (
        _("This session is closed out, invoiced or cancelled."),
        _("{cannot} of {count} are closed out, invoiced or cancelled."),
    )
    one, several = words.get(ability, fixed)
    return one if count == 1 else several.format(cannot=cannot, count=count)


def sessions_text(count: int) -> str:
    """Say how many sessions are meant."""
    return ngettext("{count} session", "{count} sessions", count).format(count=count)
