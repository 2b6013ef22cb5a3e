"""The office's rules as sentences: words, and blanks where their numbers stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter

from app.text import _
from app.views.formats import Formats

Choices = Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A rule in one sentence.

    Attributes:
        kind: which rule, as the service names it.
        text: with the rule's fields in braces.
        choices: what a blank that is no number can say.
        short: the rule in few words, for the list of its versions.
        money: the blanks that are amounts, in minor units.
    """

    kind: str
    text: str
    short: str
    choices: Mapping[str, Choices] = field(default_factory=dict)
    money: frozenset[str] = frozenset()

    def parts(self) -> list[tuple[str, str]]:
        """Cut it into (words, blank after them); an empty blank ends it."""
        return [(words, blank or "") for words, blank, _spec, _how in _cut(self.text)]

    def told(self, values: Mapping[str, object], formats: Formats) -> str:
        """Say it in few words with its numbers."""
        shown = {
            name: self.written(name, value, formats) for name, value in values.items()
        }
        return self.short.format(**shown)

    def written(self, name: str, value: object, formats: Formats) -> str:
        """Write what stands in a blank."""
        if name in self.money and isinstance(value, int):
            return formats.money(value)
        for words, stands_for in self.choices.get(name, ()):
            if stands_for == value and type(stands_for) is type(value):
                return words
        text = str(value)
        return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules that belong together, in a card of their own."""

    icon: str
    title: str
    sentences: tuple[Sentence, ...]


def _cut(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return list(Formatter().parse(text))


def _missing() -> tuple[RuleGroup, ...]:
    late = Sentence(
        "late_cancel",
        _(
            "Cancelled less than {notice_hours} h before: charge {charge} %, "
            "pay the tutor {pay} %."
        ),
        _("Under {notice_hours} h: charge {charge} %, pay {pay} %"),
    )
    make_up = Sentence(
        "make_up",
        _(
            "A late cancellation {instead_of_charge}; a make-up holds for "
            "{expires_days} days."
        ),
        _("Late: {instead_of_charge}, for {expires_days} days"),
        {
            "instead_of_charge": (
                (_("is charged"), False),
                (_("gives a make-up instead of the charge"), True),
            )
        },
    )
    package = Sentence(
        "missed_uses_package",
        _("Late or missed sessions {yes} what is left in a package."),
        _("Missed sessions {yes} packages"),
        {"yes": ((_("use up"), True), (_("do not use up"), False))},
    )
    group = RuleGroup(
        "calendar-x", _("When the family cancels"), (late, make_up, package)
    )
    return (group, *_absent())


def _absent() -> tuple[RuleGroup, ...]:
    no_show = Sentence(
        "no_show",
        _("Not there: charge {charge} %, pay the tutor {pay} %."),
        _("Charge {charge} %, pay {pay} %"),
    )
    ours = Sentence(
        "office_cancel",
        _("When the office cancels: charge nothing, pay the tutor {pay} %."),
        _("Pay {pay} %"),
    )
    return (
        RuleGroup("user-x", _("When somebody does not come"), (no_show,)),
        RuleGroup("ban", _("When we cancel"), (ours,)),
    )


def _after() -> tuple[RuleGroup, ...]:
    due = Sentence(
        "close_out_due",
        _(
            "A session is to be closed out {working_days} working days later, "
            "by {hour} o'clock."
        ),
        _("{working_days} working days, {hour} o'clock"),
    )
    claims = Sentence(
        "claims_approved",
        _(
            "Expenses count as approved {at_once}; what a tutor claims only up to "
            "{up_to} each, and ways up to {up_to_distance} km or miles. The rest waits "
            "for the office."
        ),
        _("{at_once}, of tutors up to {up_to} and {up_to_distance} km or miles"),
        {
            "at_once": (
                (_("as soon as they are claimed"), True),
                (_("once the office approves them"), False),
            )
        },
        frozenset(("up_to",)),
    )
    return (
        RuleGroup(
            "clipboard-check", _("After the session"), (due, _approval(), claims)
        ),
    )


def _approval() -> Sentence:
    waits = ((_("do not wait"), False), (_("wait"), True))
    return Sentence(
        "approval",
        _(
            "Until the office approves a close-out, pay lines {pay}, "
            "charges {invoices} and notes {notes}. A close-out {review} before it is "
            "approved."
        ),
        _("Pay lines {pay}, charges {invoices}, notes {notes}; {review}"),
        {
            "pay": waits,
            "invoices": waits,
            "notes": waits,
            "review": (
                (_("needs no review"), False),
                (_("is to be reviewed"), True),
            ),
        },
    )


def _money() -> tuple[RuleGroup, ...]:
    refund = Sentence(
        "course_refund",
        _("Leaving a course {on_leaving} the sessions not yet held."),
        _("Leaving {on_leaving}"),
        {
            "on_leaving": (
                (_("gives back"), True),
                (_("does not give back"), False),
            )
        },
    )
    paid = Sentence(
        "pay_when_paid",
        _("Tutors are paid {yes}."),
        "{yes}",
        {
            "yes": (
                (_("whether or not the family has paid"), False),
                (_("only once the family has paid"), True),
            )
        },
    )
    return (RuleGroup("coins", _("Courses and pay"), (refund, paid)),)


def _families() -> tuple[RuleGroup, ...]:
    notes = Sentence(
        "family_notes",
        _("A note of a session goes to the family {when}."),
        "{when}",
        {
            "when": (
                (_("never"), "never"),
                (_("when it is asked for"), "on_request"),
                (_("always"), "always"),
                (_("once it is approved"), "after_approval"),
            )
        },
    )
    contacts = Sentence(
        "family_contacts",
        _("Tutors see families' phones and e-mail {show}."),
        "{show}",
        {
            "show": (
                (_("in full"), "shown"),
                (_("in part"), "masked"),
                (_("not at all"), "hidden"),
            )
        },
    )
    return (RuleGroup("mail", _("What is seen and sent"), (notes, contacts)),)


def rule_groups() -> tuple[RuleGroup, ...]:
    """Give all rules in the order of a session's life."""
    return (*_missing(), *_after(), *_money(), *_families())
