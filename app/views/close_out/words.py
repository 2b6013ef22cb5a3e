"""What the close-out calls outcomes, states, effects in money and their reasons."""

from __future__ import annotations

from decimal import Decimal

from app.models.values.billing import ChargeKind, LotUnit, MoneyOutcome, Reason
from app.models.values.payroll import PayKind
from app.models.values.schedule import AttendanceState, CloseOutState, SessionStatus
from app.services.closing.requests import Outcome
from app.services.closing.results import PackageUse, Report, Rules
from app.text import _, ngettext
from app.views.formats import NBSP, Formats

OUTCOMES: tuple[tuple[str, tuple[tuple[str, Outcome, str], ...]], ...] = (
    (
        _("Held"),
        (
            ("1", Outcome.AS_PLANNED, _("As planned")),
            ("2", Outcome.OTHER_TIMES, _("Late or shorter")),
        ),
    ),
    (_("Nobody came"), (("3", Outcome.NO_SHOW, _("No-show")),)),
    (
        _("Cancelled"),
        (
            ("4", Outcome.CANCELLED_LATE, _("Late")),
            ("5", Outcome.CANCELLED_IN_TIME, _("In time")),
            ("6", Outcome.CANCELLED_BY_TUTOR, _("By the tutor")),
            ("7", Outcome.CANCELLED_BY_OFFICE, _("By the office")),
        ),
    ),
)
KEYS: dict[str, Outcome] = {
    key: outcome for _heading, some in OUTCOMES for key, outcome, _word in some
}
# what only the office may say; a tutor's own notice is late or the tutor's
OFFICE_ONLY = frozenset((Outcome.CANCELLED_IN_TIME, Outcome.CANCELLED_BY_OFFICE))
STATUS_WORDS: dict[SessionStatus, tuple[str, str, str]] = {
    SessionStatus.TENTATIVE: (_("Tentative"), "neutral", "circle-question-mark"),
    SessionStatus.PLANNED: (_("Planned"), "neutral", ""),
    SessionStatus.HELD: (_("Held"), "ok", "check"),
    SessionStatus.NO_SHOW: (_("No-show"), "err", "user-x"),
    SessionStatus.CANCELLED_LATE: (_("Cancelled late"), "warn", "calendar-x"),
    SessionStatus.CANCELLED_IN_TIME: (_("Cancelled"), "neutral", "calendar-x"),
    SessionStatus.CANCELLED_BY_OFFICE: (_("By the office"), "neutral", "calendar-x"),
    SessionStatus.CANCELLED_BY_TUTOR: (_("By the tutor"), "neutral", "calendar-x"),
}
CANCELLED: tuple[tuple[str, AttendanceState], ...] = (
    (_("Late"), AttendanceState.CANCELLED_LATE),
    (_("In time"), AttendanceState.CANCELLED_IN_TIME),
    (_("By the tutor"), AttendanceState.CANCELLED_BY_TUTOR),
    (_("By the office"), AttendanceState.CANCELLED_BY_OFFICE),
)
EFFECTS: tuple[tuple[str, MoneyOutcome], ...] = (
    (_("Charge and pay"), MoneyOutcome.CHARGED_AND_PAID),
    (_("Charge only"), MoneyOutcome.CHARGED_ONLY),
    (_("Pay only, charge waived"), MoneyOutcome.PAID_ONLY),
    (_("Neither"), MoneyOutcome.NEITHER),
    (_("Make-up credit"), MoneyOutcome.MAKE_UP),
)
MISSED_EFFECTS: tuple[tuple[str, MoneyOutcome], ...] = (
    (_("Charge, and pay the tutor"), MoneyOutcome.CHARGED_AND_PAID),
    (_("Charge, without pay"), MoneyOutcome.CHARGED_ONLY),
    (_("Waive the charge, pay the tutor"), MoneyOutcome.PAID_ONLY),
    (_("Keep in the package: neither"), MoneyOutcome.NEITHER),
    (_("Give a make-up credit"), MoneyOutcome.MAKE_UP),
)
PROMPTS = (_("Did"), _("Went well"), _("Next"))
_REASONS = {
    Reason.NOT_CLOSED: _("Not closed out yet"),
    Reason.CANCELLED_IN_TIME: _("Cancelled in time: no charge"),
    Reason.CANCELLED_BY_OFFICE: _("The office cancelled: no charge"),
    Reason.CANCELLED_BY_TUTOR: _("The tutor cancelled: no charge"),
    Reason.WAIVED: _("The charge was waived"),
    Reason.TRIAL: _("Trial session: no charge"),
    Reason.PACKAGE: _("Paid by package"),
    Reason.COURSE: _("Paid with the course"),
    Reason.FLAT_FEE: _("Paid with the flat fee"),
    Reason.MAKE_UP: _("Make-up credit"),
    Reason.CONTRACT: _("Paid by the funder's contract"),
    Reason.CREDITED: _("Was credited"),
    Reason.ZERO_PRICE: _("The price is zero"),
}
_CHARGES = {
    ChargeKind.SESSION: _("Session"),
    ChargeKind.NO_SHOW: _("No-show"),
    ChargeKind.LATE_CANCEL: _("Late cancellation"),
    ChargeKind.TRAVEL: _("Travel"),
}
_PAY = {
    PayKind.SESSION: _("Session"),
    PayKind.NO_SHOW: _("No-show"),
    PayKind.LATE_CANCEL: _("Late cancellation"),
    PayKind.MILEAGE: _("Mileage"),
    PayKind.EXPENSE: _("Expense"),
}


def outcome_word(outcome: Outcome) -> str:
    """Name an outcome so that it stands alone."""
    if outcome.is_cancellation:
        return {
            Outcome.CANCELLED_LATE: _("Cancelled late"),
            Outcome.CANCELLED_IN_TIME: _("Cancelled in time"),
            Outcome.CANCELLED_BY_TUTOR: _("Cancelled by the tutor"),
        }.get(outcome, _("Cancelled by the office"))
    for _heading, some in OUTCOMES:
        for _key, each, word in some:
            if each is outcome:
                return word
    return outcome.value


def who(students: tuple[str, ...], offering: str) -> str:
    """Name a session by its students, a larger group by what is taught."""
    if not students:
        return offering
    if len(students) <= 2:
        return ", ".join(students)
    return _("{first} and {number} others").format(
        first=students[0], number=len(students) - 1
    )


def effects_of(outcome: Outcome) -> tuple[tuple[str, MoneyOutcome], ...]:
    """List the effects in money that an outcome can have, as the office names them."""
    is_missed = outcome.is_cancellation or outcome is Outcome.NO_SHOW
    return MISSED_EFFECTS if is_missed else EFFECTS


def charge_word(kind: ChargeKind) -> str:
    """Name what is charged."""
    return _CHARGES.get(kind, kind.value.replace("_", " ").capitalize())


def pay_word(kind: PayKind) -> str:
    """Name what is paid."""
    return _PAY.get(kind, kind.value.replace("_", " ").capitalize())


def reason_word(reason: str) -> str:
    """Say why nothing is charged or paid; own words stay as they are."""
    try:
        return _REASONS.get(Reason(reason), reason)
    except ValueError:
        return reason.replace("_", " ").capitalize()


def package_word(use: PackageUse, formats: Formats) -> str:
    """Say what a package had and has left."""
    if use.unit is LotUnit.MINUTES:
        before = length_of(use.left + use.units, formats)
        after = length_of(use.left, formats)
    else:
        before, after = str(use.left + use.units), str(use.left)
    return _("{package}: {before} \N{RIGHTWARDS ARROW} {after} left").format(
        package=use.package, before=before, after=after
    )


def rule_word(outcome: Outcome, rules: Rules) -> tuple[str, str]:
    """Say which rule of the office applies to an outcome; a title and a sentence."""
    if outcome is Outcome.CANCELLED_LATE:
        return _late_word(rules)
    hours = plain(rules.notice_hours)
    missed = _shares(_("Policy for a no-show"), rules.no_show_charge, rules.no_show_pay)
    percent = f"{plain(rules.office_cancel_pay)}\N{NO-BREAK SPACE}%"
    by_office = _("Policy: never charged, the tutor gets {percent} of the planned pay.")
    return {
        Outcome.NO_SHOW: (_("Nobody came"), missed),
        Outcome.CANCELLED_IN_TIME: (
            _("Cancelled {hours} h before or earlier").format(hours=hours),
            _("Policy: in time is neither charged nor paid."),
        ),
        Outcome.CANCELLED_BY_TUTOR: (
            _("The tutor cancelled"),
            _("Policy: neither charged nor paid."),
        ),
        Outcome.CANCELLED_BY_OFFICE: (
            _("The office cancelled"),
            by_office.format(percent=percent),
        ),
    }.get(outcome, ("", ""))


def length_of(minutes: int, formats: Formats) -> str:
    """Write a length in hours with two decimals, as it goes into money."""
    return _("{hours} h").format(hours=formats.locale.hours(minutes)).replace(" ", NBSP)


def plain(number: Decimal) -> str:
    """Write a number without needless zeros."""
    return f"{number.normalize():f}"


def session_count(number: int) -> str:
    """Say how many sessions."""
    words = ngettext("{number} session", "{number} sessions", number)
    return words.format(number=number)


def _late_word(rules: Rules) -> tuple[str, str]:
    title = _("Cancelled less than {hours} h before").format(
        hours=plain(rules.notice_hours)
    )
    if rules.gives_make_up:
        words = _("Policy: a make-up credit for {days} days instead of the charge.")
        return title, words.format(days=rules.make_up_days)
    lead = _("Policy for a late cancellation")
    return title, _shares(lead, rules.late_charge, rules.late_pay)


def _shares(lead: str, charge: Decimal | None, pay: Decimal) -> str:
    paid = f"{plain(pay)}\N{NO-BREAK SPACE}%"
    if charge is None:
        return _("{lead}: pay {pay}.").format(lead=lead, pay=paid)
    return _("{lead}: charge {charge}, pay {pay}.").format(
        lead=lead, charge=f"{plain(charge)}\N{NO-BREAK SPACE}%", pay=paid
    )


def waiting_sentence(report: Report) -> str:
    """Say what a close-out waits for, and what was decided; nothing if neither."""
    if report.waits_for is CloseOutState.REVIEWED:
        return _("The office looks this close-out through before it is approved.")
    if report.waits_for is CloseOutState.APPROVED and report.reviewed_by:
        words = _("Reviewed by {name}; it waits for its approval.")
        return words.format(name=report.reviewed_by)
    if report.waits_for is CloseOutState.APPROVED:
        return _("This close-out waits for its approval.")
    if report.approved_by:
        return _("Approved by {name}.").format(name=report.approved_by)
    return ""


def verb_of(step: CloseOutState | None) -> str:
    """Name what can be done about a close-out that waits; nothing if it does not."""
    if step is None:
        return ""
    return _("Review") if step is CloseOutState.REVIEWED else _("Approve")
