"""What needs the office, the gravest consequence first; each line leads to its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from app.models.values.billing import LotUnit
from app.services.billing.terms import LotLeft
from app.text import _, ngettext
from app.views.formats import Formats
from app.views.today.deeds import Deed
from app.views.today.lines import who
from app.views.today.reading import Day, Paper, Waiting
from app.views.tools import Link, Place

_DOT = " \N{MIDDLE DOT} "
_FEW = 3  # names that a line tells


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits.

    Attributes:
        key: the same thing has the same key at the next reading.
    """

    key: str
    icon: str
    tone: str
    title: str
    detail: str
    deed: Deed

    @property
    def spoken(self) -> str:
        """What is read out of it."""
        return f"{self.title}, {self.detail}, {self.deed.words}"


def needs(day: Day, waiting: Waiting, formats: Formats) -> list[Need]:
    """List what waits in the order of consequence."""
    return [
        *_setup(waiting),
        *_clashes(day, formats),
        *_away(day, formats),
        *_unsettled(waiting, formats),
        *_close_outs(waiting, formats),
        *_claims(waiting),
        *_overdue(waiting, formats),
        *_packages(waiting, formats),
        *_papers(waiting.papers, day.on, formats),
    ]


def _setup(waiting: Waiting) -> list[Need]:
    """List what a new office has to enter before it can book."""
    texts = {
        "tutors": (_("Enter your tutors"), "users", Link(Place.TUTORS)),
        "families": (_("Enter your families"), "graduation-cap", Link(Place.STUDENTS)),
        "offerings": (
            _("Say what you teach, and for how much"),
            "tags",
            Link(Place.SETTINGS, tab="offerings"),
        ),
    }
    found: list[Need] = []
    for name in waiting.lacking:
        title, icon, link = texts[name]
        detail = _("Nothing can be booked before.")
        deed = Deed(_("Set up"), link)
        found.append(Need(f"setup:{name}", icon, "info", title, detail, deed))
    return found


def _clashes(day: Day, formats: Formats) -> list[Need]:
    found: list[Need] = []
    seen: set[frozenset[int]] = set()
    for card in day.cards:
        clashes = day.clashes.get(card.session_id, ())
        if not clashes or day.is_away(card) or card.ends_at <= day.now:
            continue
        first = clashes[0]
        both = frozenset({card.session_id, first.session_id or 0})
        if both in seen:
            continue
        seen.add(both)
        title = _("Clash at {time}: {who}").format(
            time=formats.clock(card.starts_at), who=who(card)
        )
        link = Link(Place.CALENDAR, "session", card.session_id)
        deed = Deed(_("Resolve"), link)
        key = f"clash:{card.session_id}"
        words = " ".join(part for part in (first.sentence, first.way_out) if part)
        found.append(Need(key, "triangle-alert", "err", title, words, deed))
    return found


def _away(day: Day, formats: Formats) -> list[Need]:
    found: list[Need] = []
    for tutor_id, tutor in {row.tutor_id: row.tutor for row in day.leave}.items():
        hit = [
            card
            for card in day.cards
            if card.status.is_ahead
            and card.ends_at > day.now
            and day.is_away(card) == tutor
        ]
        if not hit:
            continue
        few = [f"{who(card)} {formats.clock(card.starts_at)}" for card in hit[:_FEW]]
        title = _("{tutor} is away today").format(tutor=tutor)
        link = Link(Place.CALENDAR, "session", hit[0].session_id)
        deed = Deed(_("Substitute"), link)
        key = f"away:{tutor_id}"
        found.append(Need(key, "user-x", "err", title, _DOT.join(few), deed))
    return found


def _unsettled(waiting: Waiting, formats: Formats) -> list[Need]:
    """List past sessions with a question that no one key answers."""
    found: list[Need] = []
    for row in waiting.open:
        if not row.is_never_confirmed and not row.stayed_away:
            continue
        when = f"{formats.day_of(row.starts_at)} {formats.clock(row.starts_at)}"
        name = ", ".join(row.students[:2]) or row.offering
        if row.is_never_confirmed:
            title = _("Never confirmed: {name}").format(name=name)
        else:
            title = _("Did {name} come this time?").format(name=name)
        link = Link(Place.CLOSE_OUT, "session", row.session_id)
        detail = f"{when}{_DOT}{row.offering}{_DOT}{row.tutor}"
        key = f"settle:{row.session_id}"
        deed = Deed(_("Settle"), link)
        found.append(Need(key, "calendar-x", "err", title, detail, deed))
    return found


def _close_outs(waiting: Waiting, formats: Formats) -> list[Need]:
    rows = waiting.open
    if not rows:
        return []
    late = sum(row.is_late for row in rows)
    words = ngettext(
        "{number} session to close out", "{number} sessions to close out", len(rows)
    )
    tutors = Counter(row.tutor for row in rows).most_common(_FEW)
    few = ", ".join(f"{name} {number}" for name, number in tutors)
    oldest = _("oldest {day}").format(day=formats.day_of(rows[0].starts_at))
    parts = [few, oldest]
    if late:
        parts.insert(0, _("{number} late").format(number=late))
    deed = Deed(_("Close out"), Link(Place.CLOSE_OUT))
    tone = "warn" if late else "info"
    title = words.format(number=len(rows))
    return [Need("close_outs", "clipboard-check", tone, title, _DOT.join(parts), deed)]


def _claims(waiting: Waiting) -> list[Need]:
    if not waiting.claims:
        return []
    words = ngettext(
        "{number} claim of a tutor waits",
        "{number} claims of tutors wait",
        waiting.claims,
    )
    title = words.format(number=waiting.claims)
    detail = _("Expenses and ways above the limits are paid once you agree.")
    deed = Deed(_("Decide"), Link(Place.PAYROLL, "claims"))
    return [Need("claims", "receipt", "warn", title, detail, deed)]


def _overdue(waiting: Waiting, formats: Formats) -> list[Need]:
    """List what is late, counted by invoice as everywhere else."""
    found: list[Need] = []
    for currency in dict.fromkeys(row.currency for row in waiting.overdue):
        late = [row for row in waiting.overdue if row.currency == currency]
        total = sum(row.open for row in late)
        words = ngettext(
            "{number} invoice is overdue with {amount}",
            "{number} invoices are overdue with {amount}",
            len(late),
        )
        title = words.format(number=len(late), amount=formats.money(total, currency))
        late.sort(key=lambda row: row.due_on or row.issued_on)
        payers = {row.payer_id: row.payer for row in late}
        few = ", ".join(list(payers.values())[:_FEW])
        link = Link(Place.INVOICES, "standing", tab="overdue")
        if len(payers) == 1:
            link = Link(Place.INVOICES, "account", late[0].payer_id)
        deed = Deed(_("Remind"), link)
        key = f"overdue:{currency}"
        found.append(Need(key, "receipt", "warn", title, few, deed))
    return found


def _packages(waiting: Waiting, formats: Formats) -> list[Need]:
    if not waiting.lots:
        return []
    words = ngettext(
        "{number} package runs out", "{number} packages run out", len(waiting.lots)
    )
    few = ", ".join(
        f"{name} {_left(lot, formats)}" for lot, name in waiting.lots[:_FEW]
    )
    first = waiting.lots[0][0].household_id
    deed = Deed(_("Renew"), Link(Place.STUDENTS, "household", first))
    title = words.format(number=len(waiting.lots))
    return [Need("packages", "wallet", "info", title, few, deed)]


def _left(lot: LotLeft, formats: Formats) -> str:
    if lot.unit is LotUnit.MINUTES:
        return formats.hours(lot.left)
    return str(lot.left)


def _papers(papers: tuple[Paper, ...], today: date, formats: Formats) -> list[Need]:
    found: list[Need] = []
    for paper in papers:
        ends = paper.document.expires_on or today
        gone = ends < today
        words = _("{kind} of {tutor} has run out") if gone else _("{kind} of {tutor}")
        title = words.format(kind=paper.document.kind, tutor=paper.tutor)
        lead = _("since {day}") if gone else _("runs out on {day}")
        link = Link(Place.TUTORS, "tutor", paper.document.tutor_id)
        key = f"paper:{paper.document.document_id}"
        tone = "err" if gone else "info"
        detail = lead.format(day=formats.date(ends))
        deed = Deed(_("Renew"), link)
        found.append(Need(key, "shield-check", tone, title, detail, deed))
    return found
