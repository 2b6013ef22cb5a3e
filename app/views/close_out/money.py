"""What a close-out means in money, before it is saved, each line with its rule."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.models.values.billing import MoneyOutcome
from app.models.values.schedule import AttendanceState
from app.services.closing.requests import Outcome
from app.services.closing.results import MoneyEffect
from app.text import _
from app.views.close_out.drafts import Draft
from app.views.close_out.reading import Opened
from app.views.close_out.words import (
    MISSED_EFFECTS,
    charge_word,
    effects_of,
    length_of,
    package_word,
    pay_word,
    reason_word,
    rule_word,
)
from app.views.formats import Formats
from app.views.icons import IconLabel
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import repolish
from app.views.widgets.inputs import ComboBox
from app.views.widgets.labels import ElideLabel, Pill, SectionLabel
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import Panel
from app.views.widgets.rows import HairLine, KeyCap, Line, Quote


class OtherEffect(QWidget):
    """Another money effect than the policy's, with the reason it needs.

    Signals:
        edited: Another effect or reason is entered.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.effect = ComboBox()
        self._outcome, self._proposed = Outcome.AS_PLANNED, ""
        self._fill("")
        self.effect.setAccessibleName(_("Effect in money"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Reason, kept in the journal"))
        self.reason.setAccessibleName(_("Reason of the exception"))
        self.effect.currentIndexChanged.connect(self._on_chosen)
        self.reason.textEdited.connect(self._on_typed)
        self.setLayout(down(self.effect, self.reason, spacing=6))

    def show_draft(self, draft: Draft) -> None:
        """Show a draft's exception."""
        if draft.outcome is not self._outcome:
            self._outcome, self._proposed = draft.outcome, ""
        self._fill(draft.money.value if draft.money else "")
        if not self.reason.hasFocus():
            self.reason.setText(draft.money_reason)
        self.reason.setVisible(bool(self.effect.currentData()))

    def propose(self, policy: MoneyOutcome) -> None:
        """Name what the policy makes of it, which holds unless something is chosen."""
        words = {effect: words for words, effect in effects_of(self._outcome)}
        self._proposed = words[policy]
        self._fill(str(self.effect.currentData() or ""))

    def value(self) -> tuple[MoneyOutcome | None, str]:
        """Tell the effect and its reason."""
        chosen = str(self.effect.currentData() or "")
        return (MoneyOutcome(chosen) if chosen else None), self.reason.text()

    def _fill(self, current: str) -> None:
        policy = _("As the policy says")
        if self._proposed:
            policy = _("Policy: {effect}").format(effect=self._proposed)
        offered = [(words, each.value) for words, each in effects_of(self._outcome)]
        self.effect.fill([(policy, ""), *offered], current)

    def _on_chosen(self, _place: int) -> None:
        self.reason.setVisible(bool(self.effect.currentData()))
        self.edited.emit()

    def _on_typed(self, _text: str) -> None:
        self.edited.emit()


class MoneyPanel(Panel):
    """The effect in money at the right; the office sees both sides, tutors their own.

    Signals:
        edited: Another exception is entered.
        corrected: The session of a locked period is to be corrected in the open one.
    """

    edited = Signal()
    corrected = Signal()

    def __init__(self, formats: Formats, *, is_office: bool) -> None:
        super().__init__("right", 288)
        self._formats, self._is_office = formats, is_office
        self._is_narrow = False
        self.state = Pill(_("Not saved yet"), "neutral")
        title = ElideLabel(_("Effect in money"), "panel")
        self._head.addWidget(holder(across(title, 0, self.state), height=28))
        self.exception = OtherEffect()
        self.exception.edited.connect(self._on_edited)
        self._open = Button(_("Make an exception…"), kind="link", compact=True)
        self._open.clicked.connect(self._on_open)
        self.error = label("", "small", "err", wrap=True)
        self.save = Button(_("Save and next"), "check", "primary")
        self.save.setToolTip(_("Save and go to the next session") + "  Enter")
        self.correct = Button(_("Correct in the open period"), compact=True)
        self.correct.setToolTip(_("What changes is charged and paid with today's date"))
        self.correct.clicked.connect(self._on_correct)
        self.footer.addWidget(self.error)
        self.footer.addWidget(self.correct)
        self.footer.addWidget(self.save)
        self._keys = _keys()
        self.footer.addWidget(self._keys)
        self.show_error("")
        self._rows = holder(down(spacing=6))
        self.body.addWidget(self._rows)
        self.body.addWidget(across_row(self._open))
        self.body.addWidget(self.exception)

    def fold(self, *, narrow: bool) -> None:
        """Leave the hints out where room is scarce, and tell the sums on top."""
        self._is_narrow = narrow
        self._keys.setVisible(not narrow)
        repolish(self, "frame", "footer" if narrow else "right")

    def show_draft(self, opened: Opened, draft: Draft) -> None:
        """Show what a draft asks for beside the policy's effect."""
        self.state.show_word(
            _("Not saved yet") if opened.is_open else _("Correction"), "neutral"
        )
        is_open = opened.is_open
        self.save.setText(_("Save and next") if is_open else _("Save correction"))
        self.exception.show_draft(draft)
        is_missed = effects_of(draft.outcome) is MISSED_EFFECTS
        self._show_exception(on=bool(draft.money) or is_missed)

    def show_effect(self, opened: Opened, draft: Draft, effect: MoneyEffect) -> None:
        """Show what saving would charge and pay."""
        names = {one.student_id: one.name for one in opened.report.students}
        rows: list[QWidget] = []
        if draft.money is None:
            self.exception.propose(effect.outcome)
        if self._is_office:
            rows += self._charges(names, effect)
        else:
            rows += self._packages(names, effect)
        rows += [label(words, "small", wrap=True) for words in effect.stays]
        rows += self._pay(opened, effect)
        rows += self._rule(opened, draft)
        rows += self._then(opened, effect, is_late=draft.is_correction)
        self._fill(rows)
        self.show_error("")
        if self._is_narrow:
            self.state.show_word(self._sums(effect), "info")

    def show_nothing(self) -> None:
        """Show no effect, because none is known yet."""
        self._fill([])
        self.show_error("")

    def show_error(self, sentence: str, *, is_locked: bool = False) -> None:
        """Say why it cannot be saved like this, or nothing; offer what can be done."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.correct.setVisible(is_locked and self._is_office)

    def words(self) -> list[str]:
        """List every text that is shown of the effect."""
        return [
            *(one.text() for one in self._rows.findChildren(QLabel)),
            *(one.text for one in self._rows.findChildren(Line)),
        ]

    def _fill(self, rows: Iterable[QWidget]) -> None:
        fresh = holder(down(*rows, spacing=6))
        self.body.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh

    def _sums(self, effect: MoneyEffect) -> str:
        pay = self._formats.amount(effect.paid, effect.pay_currency)
        if effect.charged is None:
            return _("Pay {pay}").format(pay=pay)
        charge = self._formats.amount(effect.charged, effect.currency)
        if len(effect.charged_in) > 1:
            sums = effect.charged_in.items()
            charge = " + ".join(self._formats.money(minor, own) for own, minor in sums)
        return _("Charge {charge}, pay {pay}").format(charge=charge, pay=pay)

    def _charges(self, names: dict[int, str], effect: MoneyEffect) -> list[QWidget]:
        sign = effect.currency
        rows: list[QWidget] = [_caption(_("Charge"), sign)]
        for owed in effect.charges:
            name = names.get(owed.student_id or 0, charge_word(owed.kind))
            length = length_of(owed.minutes, self._formats) if owed.minutes else ""
            parts = [charge_word(owed.kind), length, owed.reason]
            note = " \N{MIDDLE DOT} ".join(dict.fromkeys(p for p in parts if p))
            amount = self._formats.amount(owed.amount, owed.currency)
            rows.append(amount_line(name, amount, note))
        rows += self._packages(names, effect)
        used = {use.student_id for use in effect.packages}
        for student_id, reason in effect.student_reasons.items():
            if student_id not in used:
                name = names.get(student_id, "")
                zero = self._formats.amount(0, sign)
                rows.append(amount_line(name, zero, reason_word(reason), "text2"))
        total = self._formats.amount(effect.charged or 0, sign)
        return [*rows, HairLine(), amount_line(_("Charge"), total, strong=True)]

    def _packages(self, names: dict[int, str], effect: MoneyEffect) -> list[QWidget]:
        found: list[QWidget] = []
        for use in effect.packages:
            words = package_word(use, self._formats)
            zero = self._formats.amount(0, effect.currency) if self._is_office else ""
            name = names.get(use.student_id, "")
            found.append(amount_line(name, zero, words, "text2"))
        if found and not self._is_office:
            return [_caption(_("Package"), ""), *found]
        return found

    def _pay(self, opened: Opened, effect: MoneyEffect) -> list[QWidget]:
        tutors = {one.tutor_id: one.name for one in opened.report.tutors}
        one_only = len(tutors) == 1
        title = _("Your pay")
        if self._is_office:
            title = _("Pay")
            if one_only:
                title = _("Pay {name}").format(name=next(iter(tutors.values())))
        rows: list[QWidget] = [_caption(title, effect.pay_currency)]
        for earned in effect.pay:
            word = pay_word(earned.kind)
            if not one_only:
                word = f"{tutors.get(earned.tutor_id, '')}, {word}"
            length = length_of(earned.minutes, self._formats) if earned.minutes else ""
            note = " \N{MIDDLE DOT} ".join(p for p in (length, earned.reason) if p)
            amount = self._formats.amount(earned.amount, effect.pay_currency)
            rows.append(amount_line(word, amount, note))
        for tutor_id, reason in effect.tutor_reasons.items():
            zero = self._formats.amount(0, effect.pay_currency)
            name = tutors.get(tutor_id, "")
            rows.append(amount_line(name, zero, reason_word(reason), "text2"))
        total = self._formats.amount(effect.paid, effect.pay_currency)
        return [*rows, HairLine(), amount_line(_("Pay"), total, strong=True)]

    def _rule(self, opened: Opened, draft: Draft) -> list[QWidget]:
        title, words = rule_word(_telling(draft), opened.rules)
        if not title:
            return []
        quote = Quote("warn_s", "warn_s")
        head = across(
            IconLabel("info", 16, "warn"), label(title, "small-strong", wrap=True)
        )
        head.setStretch(1, 1)
        quote.body.addLayout(head)
        quote.body.addWidget(label(words, "small", wrap=True))
        return [quote]

    def _then(
        self, opened: Opened, effect: MoneyEffect, *, is_late: bool
    ) -> list[QWidget]:
        rules, rows = opened.rules, [_caption(_("Then"), "")]
        approved = _("after approval")
        month = self._formats.locale.months[opened.start.month - 1]
        if self._is_office and effect.charged:
            where = _("{month} invoices").format(month=month)
            where = _("next invoices") if is_late else where
            rows.append(_fact(_("Charges"), approved if rules.invoices_wait else where))
        if effect.paid:
            where = _("{month} pay run").format(month=month)
            where = _("next pay run") if is_late else where
            rows.append(_fact(_("Pay"), approved if rules.pay_waits else where))
        when = {
            "never": _("stays in the office"),
            "on_request": _("on request"),
            "always": _("to the family"),
        }.get(rules.notes_go, approved)
        rows.append(_fact(_("Note"), approved if rules.notes_wait else when))
        return rows

    def _show_exception(self, *, on: bool) -> None:
        self.exception.setVisible(on and self._is_office)
        self._open.setVisible(not on and self._is_office)

    def _on_open(self) -> None:
        self._show_exception(on=True)
        self.exception.effect.setFocus()

    def _on_edited(self) -> None:
        self.edited.emit()

    def _on_correct(self) -> None:
        self.corrected.emit()


def _telling(draft: Draft) -> Outcome:
    """Give the outcome whose rule is told: a student's, where the session was held."""
    if draft.outcome not in {Outcome.AS_PLANNED, Outcome.OTHER_TIMES}:
        return draft.outcome
    for said in draft.students.values():
        if said.state is AttendanceState.ABSENT:
            return Outcome.NO_SHOW
        if said.state.is_cancelled:
            return Outcome(said.state.value)
    return draft.outcome


def amount_line(
    name: str, amount: str, note: str = "", tone: str = "text", *, strong: bool = False
) -> QWidget:
    """Make a line with an amount at its right, and its rule under it."""
    role = "strong" if strong else "body"
    value = label(amount, "strong" if strong else "medium", tabular=True)
    value.setProperty("tone", "" if tone == "text" else tone)
    value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    top = across(Line(name, role), value)
    if not note:
        return holder(top)
    return holder(down(top, label(note, "small", "text2", wrap=True), spacing=0))


def across_row(*widgets: QWidget) -> QWidget:
    """Put widgets at the left of a row."""
    return holder(across(*widgets, 0))


def _keys() -> QWidget:
    saves = label(_("saves"), "small", "text2")
    goes_on = ElideLabel(_("as planned and next"), "small", "text2")
    keys = (KeyCap("Enter"), saves, 4, KeyCap("1"), goes_on, 0)
    return holder(across(*keys, spacing=4))


def _caption(words: str, unit: str) -> QWidget:
    return holder(across(SectionLabel(words), 0, label(unit, "label", "text3")))


def _fact(name: str, value: str) -> QWidget:
    return holder(across(label(name, "body", "text2"), 0, label(value, "medium")))
