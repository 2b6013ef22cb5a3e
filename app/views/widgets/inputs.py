"""Fields: search, choices, counts, dates, times, lengths and money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
)

from app.models.values.money import exponent
from app.text import _
from app.views import icons, paint, theme, typography
from app.views.formats import Formats
from app.views.widgets.entries import EntryField
from app.views.widgets.keys import HEIGHT as KEY_HEIGHT
from app.views.widgets.keys import key_cap, key_width
from app.views.widgets.minimonth import MonthPopup
from app.views.widgets.parsing import (
    DAY_MINUTES,
    parse_date,
    parse_minutes,
    parse_money,
    parse_time,
)

ICON_GAP, INSET = 4, 2  # px that the style leaves around the words of a list
SNAP = 15  # minutes that times and lengths step by


class SearchField(QLineEdit):
    """A field with a magnifier, and at the right the key that leads to it."""

    def __init__(self, placeholder: str, key: str = "") -> None:
        super().__init__()
        self._key = key
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self.setTextMargins(
            10 + typography.scaled(16), 0, key_width(key) + 4 if key else 0, 0
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tint = theme.color("text3")
        with QPainter(self) as painter:
            side = typography.scaled(16)
            top = (self.height() - side) / 2
            icons.draw(painter, "search", 10, top, side, tint)
            if self._key and not self.text() and self.width() > 180:
                width = key_width(self._key)
                top = (self.height() - KEY_HEIGHT) // 2
                cap = QRectF(self.width() - width - 7, top, width, KEY_HEIGHT)
                key_cap(painter, cap, self._key)


class ComboBox(QComboBox):
    """A list to choose from; the wheel turns it only while it has the focus."""

    def __init__(self, *choices: str) -> None:
        super().__init__()
        self.addItems(list(choices))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fill(
        self, choices: Iterable[tuple[str, object]], current: object = None
    ) -> None:
        """Offer words with what they stand for, without telling."""
        was_blocked = self.blockSignals(True)
        self.clear()
        for words, data in choices:
            self.addItem(words, data)
        self.choose(current)
        self.blockSignals(was_blocked)

    def choose(self, data: object) -> None:
        """Show the choice that stands for something."""
        place = next((n for n in range(self.count()) if self.itemData(n) == data), -1)
        if place >= 0:
            self.setCurrentIndex(place)

    def sizeHint(self) -> QSize:
        """Have room for the longest words; the style's own hint is too tight."""
        hint = super().sizeHint()
        return QSize(hint.width() + 2 * INSET, hint.height())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802  Qt's own name
        """Cut words that are too long with an ellipsis."""
        super().initStyleOption(option)
        control = QStyle.ComplexControl.CC_ComboBox
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width()
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + ICON_GAP
        elided = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room - icon - INSET
        )
        option.currentText = elided

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the style draw the words as they were cut."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box = QStyle.ComplexControl.CC_ComboBox
        words = QStyle.ControlElement.CE_ComboBoxLabel
        with QPainter(self) as painter:
            self.style().drawComplexControl(box, option, painter, self)
            self.style().drawControl(words, option, painter, self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SpinBox(QSpinBox):
    """A whole number with steppers."""

    def __init__(
        self, value: int = 0, suffix: str = "", low: int = 0, high: int = 999
    ) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setValue(value)
        self.setSuffix(suffix)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(8, 0, 0, 0)
        typography.set_role(self, "body", tabular=True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of the text; Qt's own would hold everything up until shut."""
        menu = self.lineEdit().createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DateEdit(EntryField[date]):
    """A date: typed as ``24``, ``24.11``, ``tue`` or ``+2w``, or picked from a month.

    Up and Down step the part at the cursor; Alt+Down opens the month.
    """

    def __init__(self, day: date | None, formats: Formats, today: date) -> None:
        super().__init__()
        self._formats, self._today = formats, today
        self.setTextMargins(0, 0, 24, 0)
        self.setMinimumWidth(typography.scaled(168))
        self.show_value(day)

    @property
    def day(self) -> date | None:
        """The date that is understood, none for an empty or senseless text."""
        return self.value

    def show_day(self, day: date | None) -> None:
        """Show a date without telling."""
        self.show_value(day)

    def read(self, text: str) -> date | None:
        return parse_date(text, self._today, self._formats.locale)

    def written(self, value: date) -> str:
        weekday = self._formats.locale.weekdays[value.weekday()]
        return f"{weekday} {self._formats.date(value)}"

    def stepped(self, value: date | None, steps: int) -> date | None:
        if value is None:
            return self._today
        unit = self._unit_at_cursor()
        try:
            return value + unit * steps
        except (OverflowError, ValueError):
            return value

    def complaint(self) -> str:
        return _("“{text}” is not a date; type one such as 24, 24.11 or tue.").format(
            text=self.text()
        )

    def open_month(self) -> None:
        """Let a day be picked from a month."""
        popup = MonthPopup(self, self._today, self.day or self._today, self._formats)
        popup.picked.connect(self._on_picked)
        popup.place_at(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        is_down = event.key() == Qt.Key.Key_Down
        if (is_alt and is_down) or event.key() == Qt.Key.Key_F4:
            self.open_month()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._sign().contains(event.position().toPoint()):
            self.open_month()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape = Qt.CursorShape
        on_sign = self._sign().contains(event.position().toPoint())
        self.setCursor(shape.ArrowCursor if on_sign else shape.IBeamCursor)
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            token = "text2" if self.isEnabled() else "text3"
            side = typography.scaled(16)
            left, top = self.width() - 10 - side, (self.height() - side) / 2
            icons.draw(painter, "calendar", left, top, side, theme.color(token))

    def _sign(self) -> QRect:
        return QRect(self.width() - 32, 0, 32, self.height())

    def _unit_at_cursor(self) -> relativedelta:
        text, place = self.text(), self.cursorPosition()
        for found in re.finditer(r"\d+|[^\W\d_]+", text):
            if found.start() <= place <= found.end():
                return _unit_of(found[0], found.start())
        return relativedelta(days=1)

    def _on_picked(self, day: date) -> None:
        self.show_value(day)
        self.changed.emit(day)
        self.setFocus()
        self.checked.emit()


class TimeEdit(EntryField[time]):
    """A time of day: typed as ``16``, ``1630`` or ``4p``, stepped by the grid."""

    def __init__(self, value: time | None, formats: Formats, snap: int = SNAP) -> None:
        super().__init__()
        self._formats, self._snap = formats, snap
        self.setMinimumWidth(typography.scaled(84))
        self.show_value(value)

    @property
    def clock(self) -> time | None:
        """The time that is understood, none for an empty or senseless text."""
        return self.value

    def read(self, text: str) -> time | None:
        return parse_time(text)

    def written(self, value: time) -> str:
        return self._formats.locale.clock(value)

    def stepped(self, value: time | None, steps: int) -> time | None:
        if value is None:
            return time(9)
        in_hour = self.cursorPosition() <= self.text().find(":")
        moment = datetime.combine(date(2000, 1, 2), value)
        if in_hour:
            return (moment + timedelta(hours=steps)).time()
        minutes = moment.hour * 60 + moment.minute
        return _clock(_snapped(minutes, steps, self._snap) % DAY_MINUTES)

    def complaint(self) -> str:
        return _("“{text}” is not a time; type one such as 16, 1630 or 4p.").format(
            text=self.text()
        )


class DurationField(EntryField[int]):
    """A length: typed as ``90``, ``1:30``, ``1.5h`` or ``1½``, kept in minutes."""

    def __init__(self, minutes: int | None, snap: int = SNAP) -> None:
        super().__init__()
        self._snap = snap
        self.setMinimumWidth(typography.scaled(96))
        self.show_value(minutes)

    @property
    def minutes(self) -> int | None:
        """The minutes that are understood, none for an empty or senseless text."""
        return self.value

    def read(self, text: str) -> int | None:
        return parse_minutes(text)

    def written(self, value: int) -> str:
        hours, minutes = divmod(value, 60)
        if not hours:
            return _("{minutes} min").format(minutes=minutes)
        return f"{hours}:{minutes:02} h"

    def stepped(self, value: int | None, steps: int) -> int | None:
        if value is None:
            return 60
        return min(DAY_MINUTES, max(self._snap, _snapped(value, steps, self._snap)))

    def complaint(self) -> str:
        return _("“{text}” is not a length; type one such as 90, 1:30 or 1.5h.").format(
            text=self.text()
        )


class MoneyField(EntryField[int]):
    """An amount in minor units, at the right, with the currency at the left."""

    def __init__(self, minor: int | None, formats: Formats, currency: str = "") -> None:
        super().__init__()
        self._formats = formats
        self._currency = currency or formats.currency
        self._sign = _sign(formats, self._currency)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        width = round(paint.width_of(self._sign, typography.font()))
        self.setTextMargins(width + 8, 0, 0, 0)
        self.setMinimumWidth(typography.scaled(104))
        self.show_value(minor)

    @property
    def minor(self) -> int | None:
        """The amount that is understood, none for an empty or senseless text."""
        return self.value

    def read(self, text: str) -> int | None:
        return parse_money(text, self._currency, self._formats.locale)

    def written(self, value: int) -> str:
        return self._formats.amount(value, self._currency)

    def stepped(self, value: int | None, steps: int) -> int | None:
        unit: int = 10 ** exponent(self._currency)
        return (value or 0) + steps * unit

    def complaint(self) -> str:
        return _("“{text}” is not an amount; type one such as 48 or 48.50.").format(
            text=self.text()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            box = QRectF(11, 0, self.width() / 2, self.height())
            font, tint = typography.font(), theme.color("text2")
            paint.write(painter, box, self._sign, font, tint, elide=False)

    def _echo(self) -> str:
        return ""  # figures at the right leave no room, and are as they were typed


def _sign(formats: Formats, currency: str) -> str:
    """Give the sign of a currency as the office writes it."""
    return formats.money(0, currency).strip("0.,\N{NO-BREAK SPACE}\N{MINUS SIGN}")


def _snapped(minutes: int, steps: int, snap: int) -> int:
    """Step to the next line of the grid, and on from line to line."""
    if steps > 0:
        return minutes // snap * snap + steps * snap
    return -(-minutes // snap) * snap + steps * snap


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _unit_of(part: str, start: int) -> relativedelta:
    """Say what a part of a written date counts: days, months or years."""
    if part.isdigit():
        return relativedelta(years=1) if len(part) > 2 else relativedelta(days=1)
    return relativedelta(months=1) if start else relativedelta(days=1)
