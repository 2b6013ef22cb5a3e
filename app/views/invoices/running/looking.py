"""What a run looks like before it is made: what to settle first, and its invoices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.models.values.billing import ChargeKind, DocumentKind, PriceLevel, PricePer
from app.services.billing.requests import (
    Draft,
    InvoiceRunOf,
    RunException,
    RunPreview,
    Trouble,
)
from app.services.catalog.requests import SetPrice
from app.services.office import Office
from app.services.people.requests import ChangePayer
from app.text import _, ngettext
from app.views.invoices.rows import students_of
from app.views.tools import Link, Place


class Fix(StrEnum):
    """How a problem is settled in its place."""

    NONE = ""
    RATE = "rate"
    EMAIL = "email"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class RunLook:
    """A run before it is made.

    Attributes:
        numbers: what its invoices will be called, first to last.
        credit_numbers: the same of its credit notes.
    """

    of: InvoiceRunOf
    preview: RunPreview
    numbers: tuple[str, ...]
    credit_numbers: tuple[str, ...]


def read_look(office: Office, of: InvoiceRunOf) -> RunLook:
    """Look at a run and at the numbers that are next."""
    preview = office.invoices.preview(of)
    counts = {
        kind: sum(draft.kind is kind for draft in preview.drafts)
        for kind in DocumentKind
    }
    numbers, credit = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE
    return RunLook(
        of,
        preview,
        office.numbers.upcoming(numbers, of.on, counts[numbers]),
        office.numbers.upcoming(credit, of.on, counts[credit]),
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at before issuing, in one line.

    Attributes:
        key: names it, so that having accepted it is remembered.
        is_blocking: it holds invoices back.
        link, link_text: where it is settled, if not in its place.
    """

    key: str
    kind: Trouble
    title: str
    detail: str
    exceptions: tuple[RunException, ...]
    is_blocking: bool
    fix: Fix = Fix.NONE
    link: Link | None = None
    link_text: str = ""

    @property
    def tone(self) -> str:
        """The colour of its sign."""
        strong = {Trouble.NOT_CLOSED, Trouble.NOT_APPROVED, Trouble.OFFICE_DATA}
        return "err" if self.is_blocking or self.kind in strong else "warn"

    @property
    def is_acceptable(self) -> bool:
        """Say whether it may simply be so."""
        return self.kind in {
            Trouble.BIG_CHANGE,
            Trouble.PACKAGE_USED_UP,
            Trouble.CURRENCY,
            Trouble.SUMS_TO_NOTHING,
            Trouble.NO_EMAIL,
        }


ICONS = {
    Trouble.NOT_CLOSED: "clipboard-check",
    Trouble.NOT_APPROVED: "shield-check",
    Trouble.NO_RATE: "coins",
    Trouble.NO_NAME: "user",
    Trouble.NO_ADDRESS: "house",
    Trouble.NO_EMAIL: "mail",
    Trouble.BIG_CHANGE: "chart-no-axes-column",
    Trouble.PACKAGE_USED_UP: "wallet",
    Trouble.CURRENCY: "banknote",
    Trouble.OFFICE_DATA: "building-2",
    Trouble.SUMS_TO_NOTHING: "scale",
}
_TOGETHER = {Trouble.NOT_CLOSED, Trouble.NOT_APPROVED, Trouble.OFFICE_DATA}


def problems_of(preview: RunPreview) -> tuple[Problem, ...]:
    """Put alike things together; first what holds invoices back."""
    drafts = {draft.payer_id: draft for draft in preview.drafts}
    groups: dict[tuple[Trouble, int, int], list[RunException]] = defaultdict(list)
    for each in preview.exceptions:
        home = 0 if each.kind in _TOGETHER else each.household_id or 0
        payer = 0 if each.kind in _TOGETHER else each.payer_id or 0
        groups[each.kind, home, payer].append(each)
    found = [
        _problem(kind, group, drafts.get(payer))
        for (kind, _home, payer), group in groups.items()
    ]
    return tuple(sorted(found, key=_rank))


def _rank(problem: Problem) -> tuple[bool, bool, int]:
    order = list(Trouble).index(problem.kind)
    return (not problem.is_blocking, problem.tone != "err", order)


def _problem(
    kind: Trouble, group: Sequence[RunException], draft: Draft | None
) -> Problem:
    first, count = group[0], len(group)
    title, detail = _words(kind, group)
    if kind is Trouble.BIG_CHANGE and draft is not None and draft.former:
        title = _change_words(draft.household, change_of(draft))
    link, link_text = _way(kind, first)
    can_price = kind is Trouble.NO_RATE and all(each.session_id for each in group)
    fix = {
        Trouble.NO_EMAIL: Fix.EMAIL,
        Trouble.NO_ADDRESS: Fix.ADDRESS,
    }.get(kind, Fix.RATE if can_price else Fix.NONE)
    return Problem(
        key=f"{kind.value}:{first.household_id}:{first.payer_id}:{count}",
        kind=kind,
        title=title,
        detail=detail,
        exceptions=tuple(group),
        is_blocking=any(each.is_blocking for each in group),
        fix=fix,
        link=link,
        link_text=link_text,
    )


def _words(kind: Trouble, group: Sequence[RunException]) -> tuple[str, str]:
    count = len(group)
    detail = group[0].sentence
    if count > 1:
        detail = _("{first} And {count} more.").format(first=detail, count=count - 1)
    title = {
        Trouble.NOT_CLOSED: ngettext(
            "{count} session is not closed out",
            "{count} sessions are not closed out",
            count,
        ),
        Trouble.NOT_APPROVED: ngettext(
            "{count} family waits for approval",
            "{count} families wait for approval",
            count,
        ),
        Trouble.NO_RATE: ngettext(
            "{count} session has no rate", "{count} sessions have no rate", count
        ),
        Trouble.NO_NAME: _("A payer has no name"),
        Trouble.NO_ADDRESS: _("No address"),
        Trouble.NO_EMAIL: _("No e-mail address"),
        Trouble.BIG_CHANGE: _("Differs much from the last invoice"),
        Trouble.PACKAGE_USED_UP: _("A package is used up"),
        Trouble.CURRENCY: _("Another currency"),
        Trouble.OFFICE_DATA: _("The office's own details are not complete"),
        Trouble.SUMS_TO_NOTHING: _("Comes to nothing"),
    }[kind]
    return title.format(count=count), detail


def _change_words(family: str, change: int) -> str:
    words = _("{family}: {percent} % more than last time")
    if change < 0:
        words = _("{family}: {percent} % less than last time")
    return words.format(family=family, percent=abs(change))


def change_of(draft: Draft) -> int:
    """Give the percent by which a draft differs from the last invoice; 0 for none."""
    if not draft.former:
        return 0
    return round((draft.total - draft.former) * 100 / draft.former)


def _way(kind: Trouble, first: RunException) -> tuple[Link | None, str]:
    if kind in {Trouble.NOT_CLOSED, Trouble.NOT_APPROVED}:
        session = first.session_id or 0
        link = Link(Place.CLOSE_OUT, "session" if session else "", session)
        return link, _("Close out")
    if kind is Trouble.OFFICE_DATA:
        return Link(Place.SETTINGS, "office"), _("Open settings")
    if kind is Trouble.NO_RATE and first.session_id:
        return Link(Place.CALENDAR, "session", first.session_id), _("Open session")
    if first.household_id:
        link = Link(Place.STUDENTS, "household", first.household_id)
        return link, _("Open family")
    return None, ""


def set_rate(office: Office, problem: Problem, amount: int) -> None:
    """Set an hourly price for the sessions that have none."""
    for session_id in dict.fromkeys(each.session_id for each in problem.exceptions):
        office.catalog.set_price(
            SetPrice(
                PriceLevel.SESSION, amount, session_id=session_id, per=PricePer.HOUR
            )
        )


def set_contact(office: Office, problem: Problem, text: str) -> None:
    """Give a payer the e-mail or postal address that is missing."""
    first = problem.exceptions[0]
    detail = office.households.household(first.household_id or 0)
    payer = next(row for row in detail.payers if row.payer_id == first.payer_id)
    change = (
        ChangePayer(payer.payer_id, payer.version, email=text)
        if problem.fix is Fix.EMAIL
        else ChangePayer(payer.payer_id, payer.version, address=text)
    )
    office.households.change_payer(change)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A document of the run in a list; of credit notes below zero, minor units.

    Attributes:
        change: percent against the last invoice, none without one.
        flag, tone: what is to be looked at, or that it is ready.
    """

    draft: Draft
    students: str
    sessions: int
    minutes: int
    change: int | None
    total: int
    flag: str
    tone: str


def review_rows(preview: RunPreview) -> tuple[ReviewRow, ...]:
    """List the documents of a run with what is to be looked at."""
    by_home: dict[int, list[RunException]] = defaultdict(list)
    for each in preview.exceptions:
        if each.household_id:
            by_home[each.household_id].append(each)
    return tuple(_review_row(draft, by_home) for draft in preview.drafts)


def _review_row(draft: Draft, by_home: dict[int, list[RunException]]) -> ReviewRow:
    flags = [
        each
        for each in by_home[draft.household_id]
        if each.payer_id in {None, draft.payer_id}
    ]
    is_invoice = draft.kind is DocumentKind.INVOICE
    change = None
    if draft.former and is_invoice:
        change = change_of(draft)
    flag, tone = _flag(flags, change)
    if not is_invoice:
        flag, tone = _("Credit note"), "neutral"
    return ReviewRow(
        draft=draft,
        students=students_of(draft),
        sessions=len({line.session_id for line in draft.lines if line.session_id}),
        minutes=sum(
            line.minutes or 0
            for line in draft.lines
            if line.kind is ChargeKind.SESSION and line.amount >= 0
        ),
        change=change,
        total=draft.total if is_invoice else -draft.total,
        flag=flag,
        tone=tone,
    )


def _flag(flags: Sequence[RunException], change: int | None) -> tuple[str, str]:
    kinds = {each.kind for each in flags}
    for kind, words in (
        (Trouble.NO_RATE, _("No rate")),
        (Trouble.NOT_CLOSED, _("Not closed out")),
        (Trouble.NOT_APPROVED, _("Not approved")),
    ):
        if kind in kinds:
            return words, "err"
    if Trouble.BIG_CHANGE in kinds and change is not None:
        more = _("{percent} % more") if change > 0 else _("{percent} % less")
        return more.format(percent=abs(change)), "warn"
    for kind, words in (
        (Trouble.PACKAGE_USED_UP, _("Package used up")),
        (Trouble.NO_EMAIL, _("No e-mail")),
        (Trouble.CURRENCY, _("Currency")),
    ):
        if kind in kinds:
            return words, "warn"
    return _("Ready"), "ok"


def sums_by_currency(drafts: Sequence[Draft]) -> dict[str, int]:
    """Add up what a run bills, credit notes taken off, each currency by itself."""
    sums: dict[str, int] = {}
    for draft in drafts:
        sign = 1 if draft.kind is DocumentKind.INVOICE else -1
        sums[draft.currency] = sums.get(draft.currency, 0) + sign * draft.total
    return sums


def documents_words(look: RunLook) -> str:
    """Count what a run issues."""
    invoices, notes = len(look.numbers), len(look.credit_numbers)
    words = ngettext("{count} invoice", "{count} invoices", invoices)
    parts = [words.format(count=invoices)]
    if notes:
        words = ngettext("{count} credit note", "{count} credit notes", notes)
        parts.append(words.format(count=notes))
    return _(" and ").join(parts)


def number_span(numbers: Sequence[str]) -> str:
    """Write the numbers from the first to the last."""
    if len(numbers) < 2:
        return "".join(numbers)
    return f"{numbers[0]} … {numbers[-1]}"
