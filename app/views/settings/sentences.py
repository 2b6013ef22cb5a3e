"""Shows a rule as a sentence whose blanks can be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.values.policies import POLICIES, PolicyValue
from app.text import _
from app.views.formats import Formats
from app.views.icons import IconLabel
from app.views.settings.fields import AmountField, ChoiceField, NumberField
from app.views.settings.flow import FlowWidget
from app.views.settings.wording import RuleGroup, Sentence
from app.views.sizing import fix_height
from app.views.typography import label, scaled
from app.views.widgets.cards import Card
from app.views.widgets.labels import Pill, Rule

_HIGHEST = {"charge": 100, "pay": 200, "hour": 23, "working_days": 30}
_MOST = 3650

Filling = AmountField | ChoiceField | NumberField


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank that holds something else now."""

    kind: str
    name: str
    value: Any


class Blank(QObject):
    """A field in a sentence.

    Signals:
        filled: It holds something else now; carries a Filled.
    """

    filled = Signal(object)

    def __init__(self, kind: str, name: str, field: Filling, parent: QObject) -> None:
        super().__init__(parent)
        self.name, self.field = name, field
        self._kind = kind
        field.settled.connect(self._on_settled)

    def show_saved(self, value: Any) -> None:  # noqa: ANN401  a number, a word or a flag
        """Show what holds."""
        self.field.show_saved(value)

    def _on_settled(self, value: object) -> None:
        self.filled.emit(Filled(self._kind, self.name, value))


class SentenceLine(QWidget):
    """Words that flow like a text, with a field in every blank.

    Signals:
        filled: A blank holds something else now; carries a Filled.
    """

    filled = Signal(object)

    def __init__(self, sentence: Sentence, formats: Formats) -> None:
        super().__init__()
        self.sentence, self._formats = sentence, formats
        self.blanks: dict[str, Blank] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = FlowWidget()
        self._flow = words.flow
        row.addWidget(words, 1)
        self.was = Pill("", "info")
        self.was.hide()
        row.addWidget(self.was, 0, Qt.AlignmentFlag.AlignTop)
        for text, blank in sentence.parts():
            self._add_words(text)
            if blank:
                self._add_blank(blank, text)

    def show_rule(self, value: PolicyValue, now: PolicyValue) -> None:
        """Show the rule as it will hold, and what holds today where that differs."""
        new, old = _numbers(value), _numbers(now)
        for name, blank in self.blanks.items():
            blank.show_saved(new[name])
        differs = [name for name in new if new[name] != old[name]]
        self.was.setVisible(bool(differs))
        if differs:
            told = self.sentence.told(old, self._formats)
            words = _("today: {rule}").format(rule=told)
            short = len(differs) == 1 and isinstance(old[differs[0]], Decimal | int)
            if short and not isinstance(old[differs[0]], bool):
                name = differs[0]
                number = self.sentence.written(name, old[name], self._formats)
                words = _("was {number}").format(number=number)
            self.was.show_word(words, "info")

    def _add_words(self, text: str) -> None:
        for word in text.split():
            piece = label(word)
            fix_height(piece, 32)
            self._flow.addWidget(piece)

    def _add_blank(self, name: str, before: str) -> None:
        choices = self.sentence.choices.get(name)
        field: Filling
        if name in self.sentence.money:
            field = AmountField(self._formats)
        elif choices is None:
            high = _HIGHEST.get(name, _MOST)
            usual = getattr(POLICIES[self.sentence.kind](), name)
            is_whole = isinstance(usual, int)
            field = NumberField(self._formats, 0, high, whole=is_whole)
            field.setAlignment(Qt.AlignmentFlag.AlignCenter)
            field.setFixedWidth(scaled(56))
        else:
            field = ChoiceField(choices)
        field.setAccessibleName(before.strip(" ;,.:") or self.sentence.short)
        blank = Blank(self.sentence.kind, name, field, self)
        blank.filled.connect(self.filled)
        self.blanks[name] = blank
        self._flow.addWidget(field)


class RuleCard(Card):
    """The rules of one matter.

    Signals:
        filled: A blank holds something else now; carries a Filled.
    """

    filled = Signal(object)

    def __init__(self, group: RuleGroup, formats: Formats) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(group.icon, 18, "text2"))
        head.addWidget(label(group.title, "strong"))
        head.addStretch()
        self.body.addLayout(head)
        self.lines: dict[str, SentenceLine] = {}
        for sentence in group.sentences:
            if self.lines:
                self.body.addWidget(Rule())
            line = SentenceLine(sentence, formats)
            line.filled.connect(self.filled)
            self.lines[sentence.kind] = line
            self.body.addWidget(line)


def _numbers(value: PolicyValue) -> Mapping[str, Any]:
    return asdict(value)
