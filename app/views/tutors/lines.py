"""The list of tutors: what they teach, their load of this week, papers that run out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.models.values.folding import folded
from app.text import _
from app.views import icons, paint, theme
from app.views.formats import Formats, initials
from app.views.tables.model import Index
from app.views.tutors.reading import TutorLine
from app.views.typography import font, scaled

PLAIN, DUE = 60, 80  # heights without and with a paper that runs out
LineRole = Qt.ItemDataRole.UserRole
ROOT = QModelIndex()


class TutorsModel(QAbstractListModel):
    """The tutors that are shown."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._all: Sequence[TutorLine] = ()
        self._text = ""
        self._wants_archived = False
        self.lines: list[TutorLine] = []

    def show_lines(self, lines: Sequence[TutorLine]) -> None:
        """Show these tutors."""
        self._all = lines
        self._settle()

    def set_filter(self, text: str) -> None:
        """Show only tutors in whose name or subjects every word is found."""
        self._text = text
        self._settle()

    def show_archived(self, *, on: bool) -> None:
        """Show those who were put away, or those who are in use."""
        self._wants_archived = on
        self._settle()

    def place_of(self, tutor_id: int) -> int:
        """Give the place of a tutor, -1 if not shown."""
        places = (
            at for at, one in enumerate(self.lines) if one.row.tutor_id == tutor_id
        )
        return next(places, -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LineRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.row.name
        if role in {
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return self._words(line)
        return None

    def _words(self, line: TutorLine) -> str:
        parts = [line.row.name, *line.subjects, load_words(self._formats, line)]
        if line.papers is not None:
            day = self._formats.date(line.papers)
            parts.append(_("a paper runs out on {day}").format(day=day))
        return ", ".join(parts)

    def _settle(self) -> None:
        needles = folded(self._text).split()
        self.beginResetModel()
        self.lines = [
            line
            for line in self._all
            if line.row.is_archived == self._wants_archived
            and all(word in _searched(line) for word in needles)
        ]
        self.endResetModel()


class TutorDelegate(QStyledItemDelegate):
    """Paints a tutor in two lines, and a third one for papers that run out."""

    def __init__(self, formats: Formats, today: date, parent: QListView) -> None:
        super().__init__(parent)
        self._formats, self._today = formats, today

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line: TutorLine = index.data(LineRole)
        return QSize(200, scaled(DUE if line.papers else PLAIN))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        line: TutorLine = index.data(LineRole)
        box = QRectF(option.rect)
        ground = box.adjusted(2, 0, -2, 0)  # the ring of the focus stays whole
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(ground, theme.color("sel"))
            painter.fillRect(
                QRectF(box.left(), box.top(), 3, box.height()), theme.color("accent")
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(ground, theme.color("hover"))
        edge = QRectF(ground.left(), box.bottom() - 1, ground.width(), 1)
        painter.fillRect(edge, theme.color("grid"))
        row = line.row
        disc = QRectF(16, box.top() + scaled(14), scaled(32), scaled(32))
        paint.disc(painter, disc, initials(row.name), theme.hue_of(row.colour))
        self._paint_words(painter, box, line)
        self._paint_load(painter, box, line)
        if line.papers is not None:
            self._paint_papers(painter, box, line.papers)

    def _paint_words(self, painter: QPainter, box: QRectF, line: TutorLine) -> None:
        left = 28 + scaled(32)
        wide = box.width() - left - scaled(116)
        place = QRectF(left, box.top() + scaled(10), wide, scaled(20))
        tint = theme.color("text3" if line.row.is_archived else "text")
        paint.write(painter, place, line.row.name, font("strong"), tint)
        place.translate(0, scaled(20))
        words = ", ".join(line.subjects) or _("no subject yet")
        paint.write(painter, place, words, font("small"), theme.color("text2"))

    def _paint_load(self, painter: QPainter, box: QRectF, line: TutorLine) -> None:
        width = scaled(92)
        left, top = box.right() - 16 - width, box.top() + scaled(10)
        place = QRectF(left - scaled(8), top, width + scaled(8), scaled(20))
        words, figures = load_words(self._formats, line), font("small", tabular=True)
        end = Qt.AlignmentFlag.AlignRight
        paint.write(painter, place, words, figures, theme.color("text2"), end)
        track = QRectF(left, top + scaled(27), width, 6)
        paint.rounded(painter, track, 3, theme.color("grid"))
        full = line.row.weekly_target_minutes or line.row.weekly_limit_minutes
        share = line.booked / full if full else 0.0
        if share > 0:
            bar = QRectF(left, track.top(), max(6.0, width * min(1.0, share)), 6)
            hue = theme.hue(theme.hue_of(line.row.colour)).bar
            paint.rounded(painter, bar, 3, theme.color("warn") if share > 1 else hue)

    def _paint_papers(self, painter: QPainter, box: QRectF, day: date) -> None:
        is_over = day < self._today
        tint = theme.color("err" if is_over else "warn")
        top = box.top() + scaled(51)
        left = 28 + scaled(32)
        icons.draw(painter, "file-text", left, top + scaled(2), scaled(14), tint)
        wide = box.width() - left - scaled(20) - 16
        place = QRectF(left + scaled(20), top, wide, scaled(18))
        form = _("Paper ran out {day}") if is_over else _("Paper runs out {day}")
        words = form.format(day=self._formats.date(day))
        paint.write(painter, place, words, font("small-medium"), tint)


class TutorsView(QListView):
    """The list with the keyboard's ways through it.

    Signals:
        chosen: Another tutor is the current one; carries the line, or none.
    """

    chosen = Signal(object)

    def __init__(self, formats: Formats, today: date) -> None:
        super().__init__()
        self.rows = TutorsModel(formats)
        self.setModel(self.rows)
        self.setItemDelegate(TutorDelegate(formats, today, self))
        self.setAccessibleName(_("Tutors"))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.current.changed.connect(self.scheduleDelayedItemsLayout)

    def current_line(self) -> TutorLine | None:
        """Give the current tutor's line."""
        index = self.currentIndex()
        return self.rows.lines[index.row()] if index.isValid() else None

    def choose(self, tutor_id: int) -> bool:
        """Make a tutor the current one; say whether the line is shown."""
        place = self.rows.place_of(tutor_id)
        if place < 0:
            return False
        self.setCurrentIndex(self.rows.index(place))
        return True

    def _on_current(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.lines[index.row()] if index.isValid() else None)


def load_words(formats: Formats, line: TutorLine) -> str:
    """Write this week's hours against those agreed."""
    full = line.row.weekly_target_minutes or line.row.weekly_limit_minutes
    booked = formats.hours(line.booked)
    if not full:
        return booked
    return _("{booked} of {full}").format(booked=booked, full=formats.hours(full))


def _searched(line: TutorLine) -> str:
    return folded(" ".join((line.row.name, *line.subjects)))
