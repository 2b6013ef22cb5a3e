"""Why a charge is what it is, in words for documents."""

from __future__ import annotations

from decimal import Decimal

from app.text import _

_HOUR = 60


def no_show(percent: Decimal) -> str:
    """Say that a student stayed away."""
    return _("Absent without notice, charged {percent} %").format(
        percent=_plain(percent)
    )


def late_cancel(notice_minutes: int | None, percent: Decimal) -> str:
    """Say how late a place was cancelled, and what that costs."""
    share = _plain(percent)
    if notice_minutes is None:
        return _("Cancelled, charged {percent} %").format(percent=share)
    if notice_minutes <= 0:
        return _("Cancelled after the start, charged {percent} %").format(percent=share)
    return _("Cancelled {notice} before start, charged {percent} %").format(
        notice=_length(notice_minutes), percent=share
    )


def trial() -> str:
    """Say that it was a trial."""
    return _("Trial session")


def beyond_package(covered: int, whole: int) -> str:
    """Say what part of the minutes a package covers."""
    return _("The package covers {covered} of {whole} min").format(
        covered=covered, whole=whole
    )


def beyond_credit(covered: int, whole: int) -> str:
    """Say what part of the minutes a make-up credit covers."""
    return _("The make-up credit covers {covered} of {whole} min").format(
        covered=covered, whole=whole
    )


def beyond_contract() -> str:
    """Say that the contract's authorised time is used up."""
    return _("Beyond the authorised time")


def beyond_flat_fee(included: int) -> str:
    """Say that the month's sessions of a flat fee are used up."""
    return _("Beyond the {included} sessions a month of the flat fee").format(
        included=included
    )


def joined_course(left: int, whole: int) -> str:
    """Say how many sessions of a course are charged."""
    if left == whole:
        return ""
    return _("{left} of {whole} sessions").format(left=left, whole=whole)


def both(first: str, second: str) -> str:
    """Put two reasons into one."""
    return "; ".join(text for text in (first, second) if text)


def _plain(percent: Decimal) -> str:
    return f"{percent.normalize():f}"


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR)
    texts = [f"{hours} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0)
    return " ".join(texts)
