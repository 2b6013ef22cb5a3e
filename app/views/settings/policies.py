"""The section of the office's rules: sentences with blanks, versions, a test line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.models.values.policies import POLICIES, PolicyValue
from app.models.values.schedule import local_date
from app.services.office import Office
from app.services.policies import Concern, PolicyVersion, Reach, SetPolicy
from app.services.trials import Tried, TrySession
from app.text import _, ngettext
from app.views.settings.fields import ChoiceField
from app.views.settings.section import GAP, Section
from app.views.settings.sentences import Filled, RuleCard, SentenceLine
from app.views.settings.trying import Offers, TryCard, try_out
from app.views.settings.wording import rule_groups
from app.views.tools import Tools
from app.views.typography import label, scaled
from app.views.widgets.cards import Card
from app.views.widgets.inputs import DateEdit
from app.views.widgets.labels import Pill
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import empty

ROOMY, SIDE = 920, 384  # px
OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Rules:
    """The office's rules on two days, with what they reach and how they were set."""

    then: Mapping[str, PolicyValue]
    now: Mapping[str, PolicyValue]
    versions: Mapping[str, tuple[PolicyVersion, ...]]
    reach: Reach
    offers: Offers


def read_rules(office: Office, today: date, valid_from: date) -> Rules:
    """Read every rule as it holds on a day and today."""
    rule, nobody = office.policies.policy, Concern()
    return Rules(
        {kind: rule(kind, valid_from, nobody) for kind in POLICIES},
        {kind: rule(kind, today, nobody) for kind in POLICIES},
        {kind: office.policies.history(kind) for kind in POLICIES},
        office.policies.reach(valid_from),
        Offers(
            [(row.name, row.offering_id) for row in office.catalog.offerings()],
            [(row.name, row.tutor_id) for row in office.tutors.tutors()],
        ),
    )


class PoliciesSection(Section):
    """Shows the rules, and lets each be changed from a day on."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._rules: Rules | None = None
        self._today = local_date(tools.clock.now(), tools.formats.zone)
        self.lines: dict[str, SentenceLine] = {}
        rules = down(self._from_line(), spacing=12)
        for group in rule_groups():
            card = RuleCard(group, tools.formats)
            card.filled.connect(self._on_filled)
            self.lines |= card.lines
            rules.addWidget(card)
        rules.addStretch()
        self.test = TryCard(tools)
        self.test.asked.connect(self._on_asked)
        self.side = holder(down(self.test, self._versions_card(), 0, spacing=GAP))
        self._row = QHBoxLayout()
        self._row.setSpacing(24)
        self._row.addLayout(rules, 1)
        self._row.addWidget(self.side)
        self.column.addLayout(self._row)
        self._fit()

    @property
    def valid_from(self) -> date:
        """The day from which changes hold."""
        return self.day.day or self._today

    def refresh(self) -> None:
        work = partial(read_rules, self.tools.office, self._today, self.valid_from)
        self.run(work, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _from_line(self) -> QWidget:
        self.day = DateEdit(self._today, self.tools.formats, self._today)
        self.day.setFixedWidth(scaled(176))
        self.day.setAccessibleName(_("Changes are valid from"))
        self.day.checked.connect(self._on_day)
        self.concerned = label("", "small", "text2", wrap=True)
        words = label(_("Changes are valid from"))
        line = across(words, self.day, 0)
        return holder(down(line, self.concerned, spacing=4))

    def _versions_card(self) -> Card:
        card = Card(_("How this rule was set"))
        choices = [(_titled(line), kind) for kind, line in self.lines.items()]
        self.rule = ChoiceField(choices)
        self.rule.setAccessibleName(_("Rule"))
        self.rule.settled.connect(self._on_rule)
        card.body.addWidget(self.rule)
        self._versions = QVBoxLayout()
        self._versions.setSpacing(8)
        card.body.addLayout(self._versions)
        return card

    def _fit(self) -> None:
        """Put the test line at the right, or under the rules where room is scarce."""
        is_roomy = self.width() >= scaled(ROOMY)
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if is_roomy else way.TopToBottom)
        self.side.setMaximumWidth(scaled(SIDE) if is_roomy else 16_777_215)
        self.side.setMinimumWidth(scaled(SIDE) if is_roomy else 0)

    def _show(self, rules: Rules) -> None:
        self._rules = rules
        for kind, line in self.lines.items():
            line.show_rule(rules.then[kind], rules.now[kind])
        sessions, families = rules.reach.sessions, rules.reach.families
        words = ngettext(
            "From then on {n} session of {families} is planned.",
            "From then on {n} sessions of {families} are planned.",
            sessions,
        )
        whose = ngettext("{n} family", "{n} families", families).format(n=families)
        self.concerned.setText(words.format(n=sessions, families=whose))
        self._show_versions()
        self.test.show_offers(rules.offers, self.valid_from)

    def _show_versions(self) -> None:
        if self._rules is None:
            return
        kind = str(self.rule.currentData())
        versions, is_first = self._rules.versions[kind], True
        empty(self._versions)
        for version in versions:
            if version.scope != OFFICE:
                self._add_version(self._whose(version), kind, version.value, "")
                continue
            begins = version.valid_from or date.min
            if begins > self._today:
                self._add_version(self._since(version), kind, version.value, "planned")
            else:
                standing = "holds" if is_first else "ended"
                is_first = False
                self._add_version(self._since(version), kind, version.value, standing)
        standing = "holds" if is_first else "ended"
        when = _("Before, as usual") if versions else _("As usual, never changed")
        self._add_version(when, kind, POLICIES[kind](), standing)

    def _add_version(
        self, when: str, kind: str, value: PolicyValue, standing: str
    ) -> None:
        told = self.lines[kind].sentence.told(asdict(value), self.tools.formats)
        words = down(label(when, "medium"), label(told, "small", "text2", wrap=True))
        words.setSpacing(2)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        if standing:
            tone, word = {
                "planned": ("info", _("Planned")),
                "holds": ("ok", _("Holds")),
                "ended": ("neutral", _("Ended")),
            }[standing]
            row.addWidget(Pill(word, tone), 0, Qt.AlignmentFlag.AlignTop)
        self._versions.addLayout(row)

    def _since(self, version: PolicyVersion) -> str:
        if version.valid_from is None:
            return _("From the beginning")
        day = self.tools.formats.date(version.valid_from)
        return _("From {day}").format(day=day)

    def _whose(self, version: PolicyVersion) -> str:
        names = {
            "offering": _("For one offering"),
            "household": _("For one family"),
            "tutor": _("For one tutor"),
        }
        return f"{names[version.scope]}, {self._since(version)}"

    def _on_filled(self, filled: Filled) -> None:
        if self._rules is None:
            return
        self.rule.choose(filled.kind)
        held = self._rules.then[filled.kind]
        former = getattr(held, filled.name)
        is_count = isinstance(former, int) and not isinstance(former, bool)
        value = int(filled.value) if is_count else filled.value
        rule = replace(held, **{filled.name: value})
        request = SetPolicy(rule, self.valid_from)
        work = partial(self.tools.office.policies.set_policy, request)
        self.run(work, self._on_set)

    def _on_set(self, _nothing: None) -> None:
        kind = str(self.rule.currentData())
        words = _("{rule}: changed from {day} on.")
        day = self.tools.formats.date(self.valid_from)
        self.tell(words.format(rule=_titled(self.lines[kind]), day=day))
        self.refresh()

    def _on_day(self) -> None:
        if self.day.day is None or self.day.day < self._today:
            self.day.show_day(self._today)
        self.refresh()

    def _on_rule(self, _kind: object) -> None:
        self._show_versions()

    def _on_asked(self, case: TrySession) -> None:
        self.run(try_out(self.tools, case), self._on_tried)

    def _on_tried(self, tried: Tried) -> None:
        self.test.show_tried(tried)


def _titled(line: SentenceLine) -> str:
    """Name a rule."""
    names = {
        "late_cancel": _("Late cancellation"),
        "make_up": _("Make-up"),
        "missed_uses_package": _("Missed sessions and packages"),
        "no_show": _("No-show"),
        "office_cancel": _("Cancelled by the office"),
        "close_out_due": _("When to close out"),
        "approval": _("What waits for approval"),
        "claims_approved": _("Expenses"),
        "course_refund": _("Leaving a course"),
        "pay_when_paid": _("Pay and payments"),
        "family_notes": _("Notes to families"),
        "family_contacts": _("Families' contacts"),
    }
    return names[line.sentence.kind]
