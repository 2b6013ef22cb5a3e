"""What payroll shows: runs, tutors of a run, amounts and the sums behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.models.values.payroll import PayKind, PayRunState
from app.services.payroll.book import PayRow, PayTable
from app.services.payroll.explaining import Earned, Explained, Mark, PaidLine
from app.services.payroll.requests import PayException, PayRunRow
from app.text import _, ngettext
from app.views.formats import Formats

MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"
STATES = (
    PayRunState.OPEN,
    PayRunState.CHECKED,
    PayRunState.APPROVED,
    PayRunState.PAID,
)
_URGENT = frozenset({"no_rate", "no_price", "not_closed", "overlap", "negative"})


def state_words(state: PayRunState) -> str:
    """Name a state of a run."""
    return {
        PayRunState.OPEN: _("Open"),
        PayRunState.CHECKED: _("Checked"),
        PayRunState.APPROVED: _("Approved"),
        PayRunState.PAID: _("Paid"),
    }[state]


def run_name(run: PayRunRow, formats: Formats) -> str:
    """Name a run by its period and state."""
    period = formats.locale.period(run.from_on, run.until_on)
    state = _("Cancelled") if run.is_cancelled else state_words(run.state)
    return f"{period} · {state}"


@dataclass(frozen=True, slots=True)
class TutorRow:
    """A tutor of a run, with what is to be looked at.

    Attributes:
        hue: of the tutor's own colour.
        exceptions: what was found, the most urgent first.
        is_held: nothing is paid until something is settled.
        is_ticked: the person has looked at it.
    """

    pay: PayRow
    hue: str
    exceptions: tuple[PayException, ...]
    is_held: bool = False
    is_ticked: bool = False

    @property
    def change(self) -> int | None:
        """The difference to the last statement, none without one."""
        return (
            None if self.pay.former_net is None else self.pay.net - self.pay.former_net
        )


def tutor_rows(
    table: PayTable, hues: Mapping[int, str], ticked: frozenset[int] = frozenset()
) -> tuple[TutorRow, ...]:
    """Put what was found to the tutors whom it is about."""
    found: dict[int, list[PayException]] = defaultdict(list)
    for each in table.exceptions:
        found[each.tutor_id].append(each)
    return tuple(
        TutorRow(
            row,
            hues.get(row.tutor_id, "slate"),
            tuple(sorted(found[row.tutor_id], key=_urgency)),
            any(each.is_blocking for each in found[row.tutor_id]),
            row.tutor_id in ticked,
        )
        for row in table.rows
    )


def flag_of(row: TutorRow) -> str:
    """Say in a word what is to be looked at; nothing where all is well."""
    if not row.exceptions:
        return ""
    kinds = Counter(each.kind for each in row.exceptions)
    first = row.exceptions[0].kind
    return kind_words(first, kinds[first])


def flag_tone(row: TutorRow) -> str:
    """Give the colour of the flag."""
    kinds = {each.kind for each in row.exceptions}
    if kinds & _URGENT:
        return "err"
    return "info" if kinds == {"question"} else "warn"


def kind_words(kind: str, count: int) -> str:
    """Count things of a kind that are to be looked at."""
    words = {
        "no_rate": ngettext("{count} without rate", "{count} without rate", count),
        "no_price": ngettext("{count} without price", "{count} without price", count),
        "no_mileage_rate": _("No mileage rate"),
        "not_closed": ngettext(
            "{count} not closed out", "{count} not closed out", count
        ),
        "not_approved": ngettext("{count} not approved", "{count} not approved", count),
        "not_paid_for": ngettext("{count} not paid for", "{count} not paid for", count),
        "expense_waits": ngettext(
            "{count} expense waits", "{count} expenses wait", count
        ),
        "mileage_waits": ngettext("{count} way waits", "{count} ways wait", count),
        "question": ngettext("{count} question", "{count} questions", count),
        "negative": _("Below zero"),
        "overlap": ngettext("{count} overlaps", "{count} overlap", count),
        "over_limit": ngettext(
            "{count} week over hours", "{count} weeks over hours", count
        ),
        "no_address": _("No address"),
    }
    return words.get(kind, kind).format(count=count)


def _urgency(each: PayException) -> tuple[bool, bool]:
    return (not each.is_blocking, each.kind not in _URGENT)


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An amount of a tutor's pay with its sum in words, minor units.

    Attributes:
        lines: what it is made of; empty of a deduction and of the net.
    """

    place: int
    label: str
    sum: str
    amount: int
    mark: str = ""
    lines: tuple[PaidLine, ...] = ()
    is_total: bool = False


def amount_rows(found: Explained, formats: Formats) -> tuple[AmountRow, ...]:
    """List a tutor's amounts, the net last."""
    rows = [
        AmountRow(
            place,
            each.label,
            sum_words(each, formats),
            each.amount,
            mark_words(each.mark),
            each.lines,
        )
        for place, each in enumerate(found.earned)
    ]
    rows += [
        AmountRow(len(rows) + place, purpose, _("Deduction"), -amount)
        for place, (purpose, amount) in enumerate(found.deductions)
    ]
    net = AmountRow(len(rows), _("Net"), "", found.net, is_total=True)
    return (*rows, net)


def sum_words(earned: Earned, formats: Formats) -> str:
    """Write the sum behind an amount, such as 46.50 h times 27.00."""
    if earned.minutes is not None and earned.rate is not None:
        hours = formats.locale.hours(earned.minutes)
        return f"{hours}\N{NO-BREAK SPACE}h {TIMES} {formats.amount(earned.rate)}"
    count = len(earned.lines)
    each = {line.amount for line in earned.lines}
    if len(each) == 1 and count > 1:
        return f"{count} {TIMES} {formats.amount(each.pop())}"
    if count == 1:
        return line_words(earned.lines[0], formats)
    words = ngettext("{count} entry", "{count} entries", count)
    return words.format(count=count)


def line_words(line: PaidLine, formats: Formats) -> str:
    """Write the sum of one line."""
    if line.kind is PayKind.MILEAGE and line.distance is not None:
        return formats.locale.t(f"{line.distance.normalize():f}")
    if line.minutes and line.rate is not None:
        hours = formats.locale.hours(line.minutes)
        return f"{hours}\N{NO-BREAK SPACE}h {TIMES} {formats.amount(line.rate)}"
    return line.reason


def mark_words(mark: Mark) -> str:
    """Say where a line does not simply belong to the period."""
    return {
        Mark.NONE: "",
        Mark.LATE: _("Late"),
        Mark.CORRECTION: _("Correction"),
    }[mark]


def signed(amount: int, formats: Formats) -> str:
    """Write a difference with its sign."""
    sign = "+" if amount > 0 else ""
    return f"{sign}{formats.amount(amount)}"


def last_month_of(today: date, runs: Sequence[PayRunRow]) -> tuple[date, date]:
    """Propose what follows the last run, else the month before."""
    first = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
    last = date.fromordinal(today.replace(day=1).toordinal() - 1)
    ends = [run.until_on for run in runs if not run.is_cancelled]
    if ends and first <= max(ends) < last:
        first = date.fromordinal(max(ends).toordinal() + 1)
    return first, last
