"""The fields of an offering: those everybody needs, and those seldom changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.catalog.requests import OfferingRow
from app.text import _
from app.views.formats import Formats
from app.views.settings.asking import Asked, choice, line, tick
from app.views.settings.fields import NumberField
from app.views.settings.places import place_kinds
from app.views.settings.several import LengthsField, SeveralField
from app.views.widgets.inputs import MoneyField

Choices = Sequence[tuple[str, object]]
DAY = 1440  # minutes
STEPS = (1, 5, 15, 30)
WHOLE = frozenset(
    (
        *("length_minutes", "group_size", "notice_hours", "buffer_before"),
        *("buffer_after", "minimum_minutes", "preparation_minutes"),
    )
)


@dataclass(frozen=True, slots=True)
class OfferChoices:
    """What an offering can be made of."""

    subjects: Choices
    levels: Choices
    taxes: Choices


def main_fields(
    row: OfferingRow | None, choices: OfferChoices, formats: Formats
) -> tuple[Asked, ...]:
    """Give the fields that every offering needs."""
    length = _minutes(row.length_minutes if row else 60, formats, low=1)
    group = NumberField(formats, 1, 1000, whole=True)
    group.show_saved(row.group_size if row else 1)
    notice = NumberField(formats, 0, 8760, unit="h", whole=True)
    if row is not None and row.notice_hours is not None:
        notice.show_saved(row.notice_hours)
    subject = choice(
        [(_("none"), None), *choices.subjects], row.subject_id if row else None
    )
    tax = choice(choices.taxes, row.tax_code_id if row else None)
    hint = _("Empty where the policy on late cancellation holds.")
    return (
        Asked("name", _("Name"), line(row.name if row else ""), is_needed=True),
        Asked("subject_id", _("Subject"), subject),
        Asked("tax_code_id", _("Tax"), tax, is_needed=True),
        Asked("length_minutes", _("Usual length"), length, is_needed=True),
        Asked("group_size", _("Students"), group, _("At most."), is_needed=True),
        Asked("notice_hours", _("Notice"), notice, hint),
    )


def detail_fields(
    row: OfferingRow, choices: OfferChoices, formats: Formats
) -> tuple[Asked, ...]:
    """Give whom an offering is for, where it is held, and its time."""
    return (*_for_whom(row, choices), *_time(row, formats))


def money_fields(row: OfferingRow, formats: Formats) -> tuple[Asked, ...]:
    """Give how an offering's time is counted for charge and pay."""
    steps = [(_("{n} min").format(n=n), n) for n in STEPS]
    least = _minutes(row.minimum_minutes, formats)
    amount = MoneyField(row.minimum_amount, formats)
    trial = MoneyField(row.trial_amount, formats)
    pay_step = choice(steps, row.pay_step_minutes)
    return (
        Asked("step_minutes", _("Charge steps"), choice(steps, row.step_minutes)),
        Asked("pay_step_minutes", _("Pay steps"), pay_step),
        Asked("minimum_minutes", _("Least time"), least, _("Charged at least.")),
        Asked("minimum_amount", _("Least amount"), amount, _("Charged at least.")),
        Asked("trial_amount", _("Trial session"), trial, _("Empty for the price.")),
    )


def _for_whom(row: OfferingRow, choices: OfferChoices) -> tuple[Asked, ...]:
    levels = [(_("any"), None), *choices.levels]
    kinds = SeveralField(place_kinds(), row.place_kinds)
    split = tick(_("Students of a group share the price"), checked=row.is_split)
    return (
        Asked("from_level_id", _("From level"), choice(levels, row.from_level_id)),
        Asked("to_level_id", _("To level"), choice(levels, row.to_level_id)),
        Asked("place_kinds", _("Held at"), kinds, _("None ticked is anywhere.")),
        Asked("is_split", _("Group"), split),
    )


def _time(row: OfferingRow, formats: Formats) -> tuple[Asked, ...]:
    lengths = LengthsField(row.lengths)
    hint = _("In minutes, to choose from; empty for any length.")
    before = _minutes(row.buffer_before, formats)
    after = _minutes(row.buffer_after, formats)
    ready = _minutes(row.preparation_minutes, formats)
    return (
        Asked("lengths", _("Lengths"), lengths, hint),
        Asked("buffer_before", _("Free before"), before, is_needed=True),
        Asked("buffer_after", _("Free after"), after, is_needed=True),
        Asked(
            "preparation_minutes",
            _("Preparation"),
            ready,
            _("Paid to the tutor besides the session."),
            is_needed=True,
        ),
    )


def _minutes(value: int | None, formats: Formats, low: int = 0) -> NumberField:
    made = NumberField(formats, low, DAY, unit=_("min"), whole=True)
    if value is not None:
        made.show_saved(value)
    return made
