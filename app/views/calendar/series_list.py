"""The dates of a session's series: moved, cancelled and left-out ones say so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.models.values.schedule import SessionStatus
from app.services.scheduling.series_dates import SeriesDate
from app.text import _, ngettext
from app.views import theme
from app.views.formats import Formats
from app.views.typography import font, scaled
from app.views.widgets.buttons import Button
from app.views.widgets.labels import SectionLabel

ROW, SHOWN = 28, 5  # pixels of a date, dates in sight at once
_OVER = {SessionStatus.HELD: _("held"), SessionStatus.NO_SHOW: _("no-show")}
_NUMBER = Qt.ItemDataRole.UserRole


class SeriesList(QWidget):
    """Lists the dates around the one at hand; choosing another goes there.

    Signals:
        picked: Another session of the series is wanted; carries its number.
        reset_asked: What was changed by hand on this one is to be taken back.
    """

    picked = Signal(object)
    reset_asked = Signal()

    def __init__(
        self, dates: Sequence[SeriesDate], session_id: int, formats: Formats
    ) -> None:
        super().__init__()
        self._formats, self._session_id = formats, session_id
        here = next((one for one in dates if one.session_id == session_id), None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(SectionLabel(sum_text(dates)))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Dates of the series"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.list.setFixedHeight(scaled(ROW) * min(SHOWN, len(dates)) + 4)
        for one in dates:
            self.list.addItem(self._item(one, is_here=one is here))
        self.list.itemActivated.connect(self._on_picked)
        self.list.itemClicked.connect(self._on_picked)
        column.addWidget(self.list)
        if here is not None:
            self.list.setCurrentRow(list(dates).index(here))
        self.reset: Button | None = None
        if here is not None and not here.fixed and is_own_way(here):
            self.reset = Button(_("Reset to series"), "undo-2", compact=True)
            self.reset.clicked.connect(self.reset_asked)
            column.addWidget(self.reset)

    def show_here(self) -> None:
        """Scroll to the date at hand."""
        middle = QAbstractItemView.ScrollHint.PositionAtCenter
        self.list.scrollToItem(self.list.currentItem(), middle)

    def _item(self, one: SeriesDate, *, is_here: bool) -> QListWidgetItem:
        formats = self._formats
        when = f"{formats.day_of(one.starts_at)} {formats.clock(one.starts_at)}"
        special = special_text(one, formats)
        item = QListWidgetItem(f"{when}  {special}" if special else when)
        item.setSizeHint(QSize(0, scaled(ROW)))
        item.setData(_NUMBER, one.session_id)
        item.setFont(font("small-strong" if is_here else "small", tabular=True))
        item.setToolTip(one.fixed or special)
        if one.session_id is None or one.fixed:
            item.setForeground(QColor(theme.color("text2")))
        return item

    def _on_picked(self, item: QListWidgetItem) -> None:
        number = item.data(_NUMBER)
        if number not in {None, self._session_id}:
            self.picked.emit(number)


def is_own_way(one: SeriesDate) -> bool:
    """Say whether a session differs from its series."""
    return one.is_moved or bool(set(one.changed_fields) - {"students"})


def special_text(one: SeriesDate, formats: Formats) -> str:
    """Say what is special about a date; empty if nothing is."""
    if one.session_id is None:
        why = one.left_out
        return _("left out: {why}").format(why=why) if why else _("left out")
    if one.status is not None and one.status.is_cancelled:
        return _("cancelled")
    if one.is_moved and one.slot_at is not None:
        former = f"{formats.day_of(one.slot_at)} {formats.clock(one.slot_at)}"
        return _("moved from {former}").format(former=former)
    if one.status in _OVER:
        return _OVER[one.status]
    if one.fixed:
        return _("closed out")
    return _("changed") if is_own_way(one) else ""


def sum_text(dates: Sequence[SeriesDate]) -> str:
    """Say how many sessions a series has, and how many go their own way."""
    held = [
        one for one in dates if one.status is not None and not one.status.is_cancelled
    ]
    words = ngettext("Series, {count} session", "Series, {count} sessions", len(held))
    parts = [words.format(count=len(held))]
    own = sum(is_own_way(one) for one in held)
    if own:
        parts.append(_("{count} changed").format(count=own))
    gone = len(dates) - len(held)
    if gone:
        parts.append(_("{count} off").format(count=gone))
    return ", ".join(parts)
