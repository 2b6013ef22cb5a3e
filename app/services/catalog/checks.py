"""How each field of the catalogue is checked."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from app.models.values import entries
from app.models.values.schedule import PlaceKind
from app.services.catalog.errors import CategoryError, StepError
from app.services.records import Checks, as_is, optional
from app.text import _

DAY = 1440
_STEPS = (1, 5, 15, 30)
_WITHOUT_TAX = frozenset({"Z", "E", "O", "AE"})


def require_category(category: str, rate: Decimal) -> None:
    """Refuse a tax category that does not fit the rate (EN 16931).

    Raises:
        CategoryError: Standard without a rate, or an exemption with one.
    """
    fits = rate == 0 if category in _WITHOUT_TAX else category == "S" and rate > 0
    if not fits:
        raise CategoryError(category)


def _step(minutes: int) -> int:
    if minutes not in _STEPS:
        raise StepError(minutes)
    return minutes


def _lengths(lengths: Iterable[int]) -> list[int]:
    return sorted({_length(minutes) for minutes in lengths})


def _place_kinds(kinds: Iterable[PlaceKind]) -> list[str]:
    return sorted({PlaceKind(kind).value for kind in kinds})


_length = partial(entries.whole, what=_("length in minutes"), low=1, high=DAY)
_minutes = partial(entries.whole, what=_("minutes"), high=DAY)
TAX_CODE: Checks = {
    "name": partial(entries.named, what=_("tax code's name")),
    "rate": partial(entries.percent, what=_("tax rate")),
    "category": partial(entries.short, what=_("tax category"), limit=8),
    "reason": partial(entries.lines, what=_("reason")),
}
OFFERING: Checks = {
    "name": partial(entries.named, what=_("offering's name")),
    "tax_code_id": as_is,
    "subject_id": as_is,
    "from_level_id": as_is,
    "to_level_id": as_is,
    "length_minutes": _length,
    "lengths": _lengths,
    "place_kinds": _place_kinds,
    "group_size": partial(entries.whole, what=_("group size"), low=1, high=1000),
    "buffer_before": _minutes,
    "buffer_after": _minutes,
    "notice_hours": optional(
        partial(entries.whole, what=_("hours of notice"), high=8760)
    ),
    "on_storefront": as_is,
    "is_split": as_is,
    "step_minutes": _step,
    "minimum_minutes": optional(_minutes),
    "minimum_amount": optional(partial(entries.amount, what=_("minimum charge"))),
    "pay_step_minutes": _step,
    "preparation_minutes": _minutes,
    "trial_amount": optional(partial(entries.amount, what=_("trial price"))),
}
