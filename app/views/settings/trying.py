"""The test line of the rules: what would happen to a session that is called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.values.schedule import AttendanceState, CancelledBy
from app.services.trials import Tried, TrySession
from app.text import _
from app.views import paint, theme
from app.views.formats import DASH, Formats
from app.views.settings.fields import ChoiceField
from app.views.settings.flow import FlowWidget
from app.views.sizing import fix_height
from app.views.tools import Tools
from app.views.typography import font, label, scaled
from app.views.widgets.buttons import Segmented
from app.views.widgets.cards import Card
from app.views.widgets.inputs import DurationField, TimeEdit
from app.views.widgets.labels import Rule, fact
from app.views.widgets.panels import empty

Choices = Sequence[tuple[str, object]]
HOUR = 60
_USUAL_START, _USUAL_LENGTH = time(16), 90


@dataclass(frozen=True, slots=True)
class Offers:
    """What the test line can be about: offerings and tutors by name."""

    offerings: Choices
    tutors: Choices


class Timeline(QWidget):
    """The time before a session: in time, late, and where the moment lies."""

    def __init__(self) -> None:
        super().__init__()
        self._tried: Tried | None = None
        fix_height(self, 80)

    def show_tried(self, tried: Tried) -> None:
        """Show another case."""
        self._tried = tried
        hours = f"{tried.notice_hours:f}"
        words = _("Notice of {hours} hours is asked for; this is {given} minutes.")
        name = words.format(hours=hours, given=tried.notice_minutes)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._tried is None:
            return
        with QPainter(self) as painter:
            limit = float(self._tried.notice_hours) * HOUR
            is_late = self._tried.notice_minutes < limit
            half, top, high = self.width() / 2, scaled(28), scaled(28)
            zones = (
                (0.0, half - 1, "ok", _("in time"), not is_late),
                (half + 1, half - 1, "warn", _("late"), is_late),
            )
            for left, width, tone, words, is_here in zones:
                fore, back = theme.tone(tone)
                box = QRectF(left, top, width, high)
                paint.rounded(painter, box, 6, back, fore if is_here else None, 1.5)
                inner = box.adjusted(10, 0, -4, 0)
                paint.write(painter, inner, words, font("small-strong"), fore)
            hours = _("{hours} h before").format(hours=f"{self._tried.notice_hours:f}")
            under = QRectF(half - 80, top + high + 2, 160, scaled(18))
            center = Qt.AlignmentFlag.AlignHCenter
            grey = theme.color("text2")
            paint.write(painter, under, hours, font("caption"), grey, center)
            self._paint_pin(painter, self._place(limit) * self.width(), top + high)

    def _place(self, limit: float) -> float:
        """Give where the moment lies, from 0 (long before) to 1 (the start)."""
        given = self._tried.notice_minutes if self._tried is not None else 0
        if limit <= 0 or given > limit:
            return max(0.05, 0.5 - 0.5 * min(1.0, (given - limit) / max(limit, 1.0)))
        return min(1.0, 1 - 0.5 * max(0.0, given / limit))

    def _paint_pin(self, painter: QPainter, at: float, bottom: float) -> None:
        words, role = _("now"), font("caption-strong")
        width = paint.width_of(words, role) + 16
        left = min(self.width() - width, max(0.0, at - width / 2))
        tag = QRectF(left, 0, width, scaled(20))
        paint.rounded(painter, tag, 10, theme.color("now"))
        center = Qt.AlignmentFlag.AlignHCenter
        tint = theme.color("surface")
        paint.write(painter, tag, words, role, tint, center, elide=False)
        x = min(self.width() - 2.0, at - 1)
        pin = QRectF(x, tag.bottom(), 2, bottom - tag.bottom())
        painter.fillRect(pin, theme.color("now"))


class TryCard(Card):
    """Asks the office's real rules about a session that does not exist.

    Signals:
        asked: Another case is to be tried; carries a TrySession.
    """

    asked = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._formats, self._clock = tools.formats, tools.clock
        self._later: date | None = None
        self.switch = Segmented([_("Rule today"), _("From the date")], _("Rule today"))
        self.switch.chosen.connect(self._on_changed)
        head = QHBoxLayout()
        head.addWidget(label(_("Try it"), "panel"))
        head.addStretch()
        head.addWidget(self.switch)
        self.body.addLayout(head)
        self._make_fields()
        self.body.addWidget(self._sentence())
        self.line = Timeline()
        self.body.addWidget(self.line)
        self.body.addWidget(Rule())
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        self.body.addLayout(self._facts)
        self.said: tuple[tuple[str, str], ...] = ()

    def show_offers(self, offers: Offers, valid_from: date) -> None:
        """Offer other things to try, and the day from which changes hold."""
        self._later = valid_from
        self.offering.fill(offers.offerings, self.offering.currentData())
        anybody = (_("any tutor"), None)
        self.tutor.fill((anybody, *offers.tutors), self.tutor.currentData())
        self.ask()

    def ask(self) -> None:
        """Have the case tried that stands there."""
        start, minutes = self.start.clock, self.length.minutes
        offering = self.offering.currentData()
        if start is None or not minutes or offering is None:
            return
        now = self._formats.local(self._clock.now()).replace(tzinfo=None)
        is_later = self.switch.current == _("From the date")
        day = (self._later if is_later else None) or now.date()
        by = self.by.currentData()
        tutor = self.tutor.currentData()
        case = TrySession(
            offering_id=int(offering),
            starts_at=datetime.combine(day, start),
            minutes=minutes,
            by=CancelledBy(by) if by else None,
            at=datetime.combine(day, now.time().replace(second=0, microsecond=0)),
            tutor_id=int(tutor) if tutor else None,
        )
        self.asked.emit(case)

    def show_tried(self, tried: Tried) -> None:
        """Tell what the rules would make of it."""
        self.line.show_tried(tried)
        self.line.setVisible(bool(self.by.currentData() == CancelledBy.HOUSEHOLD.value))
        self.said = tuple(outcome(tried, self._formats))
        empty(self._facts)
        for name, value in self.said:
            self._facts.addWidget(fact(name, value))

    def _make_fields(self) -> None:
        self.start = TimeEdit(_USUAL_START, self._formats)
        self.start.setAccessibleName(_("Start"))
        self.start.setFixedWidth(scaled(76))
        self.length = DurationField(_USUAL_LENGTH)
        self.length.setAccessibleName(_("Length"))
        self.length.setFixedWidth(scaled(84))
        self.offering = ChoiceField(())
        self.offering.setAccessibleName(_("Offering"))
        self.tutor = ChoiceField(())
        self.tutor.setAccessibleName(_("Tutor"))
        family, tutor = CancelledBy.HOUSEHOLD.value, CancelledBy.TUTOR.value
        self.by = ChoiceField(
            (
                (_("cancelled by the family"), family),
                (_("cancelled by the tutor"), tutor),
                (_("cancelled by the office"), CancelledBy.OFFICE.value),
                (_("to which nobody comes,"), ""),
            )
        )
        self.by.setAccessibleName(_("What happens"))
        for choice in (self.offering, self.tutor, self.by):
            choice.setMaximumWidth(scaled(240))
        for field in (self.start, self.length):
            field.changed.connect(self._on_changed)
        for choice in (self.offering, self.tutor, self.by):
            choice.settled.connect(self._on_changed)

    def _sentence(self) -> QWidget:
        holder = FlowWidget(4, 8)
        parts: tuple[str | QWidget, ...] = (
            *_("A session today at").split(),
            self.start,
            _("for"),
            self.length,
            _("of"),
            self.offering,
            _("with"),
            self.tutor,
            self.by,
            *_("now would …").split(),
        )
        for part in parts:
            if isinstance(part, str):
                word = label(part)
                fix_height(word, 32)
                holder.flow.addWidget(word)
            else:
                holder.flow.addWidget(part)
        return holder

    def _on_changed(self, _value: object) -> None:
        self.ask()


def outcome(tried: Tried, formats: Formats) -> list[tuple[str, str]]:
    """Put what would happen into lines of name and value."""
    charge = _("Charge {percent} % of {price}").format(
        percent=_plain(f"{tried.charge:f}"),
        price=DASH if tried.price is None else formats.money(tried.price),
    )
    amount = _("no price") if tried.amount is None else formats.money(tried.amount)
    pay = _("{percent} % of the planned pay").format(percent=_plain(f"{tried.pay:f}"))
    make_up = _("not offered")
    if tried.make_up_days is not None:
        make_up = _("within {days} days").format(days=tried.make_up_days)
    lines = [
        (charge, amount),
        (_("Pay the tutor"), pay),
        (_("Make-up"), make_up),
    ]
    if tried.state is AttendanceState.CANCELLED_IN_TIME:
        lines.append((_("Rule"), _("cancelled in time")))
    elif tried.state is AttendanceState.CANCELLED_LATE:
        hours = _plain(f"{tried.notice_hours:f}")
        words = _("less than {hours} h before").format(hours=hours)
        lines.append((_("Rule"), words))
    return lines


def try_out(tools: Tools, case: TrySession) -> partial[Tried]:
    """Give the question that the office's rules are asked."""
    return partial(tools.office.trials.try_out, case)


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
