"""The list of families with their students under them, painted line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from app.views.students.reading import Line
from app.views.tables.model import Index
from app.views.typography import font, scaled

FAMILY, STUDENT = 36, 32  # heights
NARROW = 360  # px at a text size of 100 %; below it the school year gives way
LineRole = Qt.ItemDataRole.UserRole
ROOT = QModelIndex()
Keep = Callable[[Line], bool]


class LinesModel(QAbstractListModel):
    """The lines that are shown; a family stays with any of its students."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._all: Sequence[Line] = ()
        self._text = ""
        self._keep: Keep | None = None
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these records."""
        self._all = lines
        self._settle()

    def set_filter(self, text: str) -> None:
        """Show only families and students in which every word is found."""
        self._text = text
        self._settle()

    def show_only(self, keep: Keep | None) -> None:
        """Show only lines that meet a condition."""
        self._keep = keep
        self._settle()

    def place_of(self, key: tuple[str, int]) -> int:
        """Give the place of a record, -1 if it is not shown."""
        return next((at for at, one in enumerate(self.lines) if one.key == key), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LineRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role in {
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return self._words(line)
        return None

    def _words(self, line: Line) -> str:
        if line.student is None:
            return f"{line.name}, {self._formats.money(line.open or 0)}"
        parts = [line.name, line.student.school_year, line.student.needs]
        if line.next_at is not None:
            day = self._formats.day_of(line.next_at)
            parts.append(f"{day} {self._formats.clock(line.next_at)}")
        return ", ".join(part for part in parts if part)

    def _settle(self) -> None:
        needles = folded(self._text).split()
        wanted = {
            line.family.household_id
            for line in self._all
            if all(word in self._searched(line) for word in needles)
        }
        self.beginResetModel()
        self.lines = [
            line
            for line in self._all
            if line.family.household_id in wanted
            and (self._keep is None or self._keep(line))
        ]
        self.endResetModel()

    def _searched(self, line: Line) -> str:
        payers = " ".join(line.family.payers)
        return folded(f"{line.family.name} {line.name} {payers}")


class LineDelegate(QStyledItemDelegate):
    """Paints families strong with what they owe, students with their next session."""

    def __init__(self, formats: Formats, parent: QListView) -> None:
        super().__init__(parent)
        self._formats = formats

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LineRole)
        return QSize(200, scaled(STUDENT if line.student else FAMILY))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        line: Line = index.data(LineRole)
        box = QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(box, theme.color("sel"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("hover"))
        if line.student is None:
            self._paint_family(painter, box, line, is_first=not index.row())
        else:
            self._paint_student(painter, box, line, is_chosen=is_chosen)

    def _paint_family(
        self, painter: QPainter, box: QRectF, line: Line, *, is_first: bool
    ) -> None:
        if not is_first:
            edge = QRectF(box.left(), box.top(), box.width(), 1)
            painter.fillRect(edge, theme.color("grid"))
        owed = line.open or 0
        wide = scaled(100)
        right = QRectF(box.right() - 16 - wide, box.top(), wide, box.height())
        tint = theme.color("text" if owed > 0 else "text2")
        end = Qt.AlignmentFlag.AlignRight
        amount = self._formats.amount(owed, line.family.currency)
        paint.write(painter, right, amount, font("body", tabular=True), tint, end)
        name = box.adjusted(16, 0, -24 - wide, 0)
        tint = theme.color("text3" if line.is_archived else "text")
        paint.write(painter, name, line.name, font("strong"), tint)

    def _paint_student(
        self, painter: QPainter, box: QRectF, line: Line, *, is_chosen: bool
    ) -> None:
        student = line.student
        if student is None:
            return
        middle = box.center().y()
        side = scaled(24)
        disc = QRectF(20, middle - side / 2, side, side)
        hue = theme.hue_of(student.student_id)
        paint.disc(painter, disc, initials(student.name), hue)
        is_narrow = box.width() < scaled(NARROW)
        soon = box.right() - scaled(116)
        year = soon if is_narrow else soon - scaled(56)
        role = font("medium" if is_chosen else "body")
        tint = theme.color("text3" if line.is_archived else "text")
        sign = scaled(16) + 6 if student.needs else 0
        left = 28 + side
        place = QRectF(left, box.top(), year - left - 8 - sign, box.height())
        paint.write(painter, place, student.name, role, tint)
        if student.needs:
            width = min(paint.width_of(student.name, role), place.width())
            warn = theme.color("warn")
            icon, x = scaled(16), left + 6 + width
            icons.draw(painter, "triangle-alert", x, middle - icon / 2, icon, warn, 2)
        figures = font("body", tabular=True)
        if not is_narrow:
            place = QRectF(year, box.top(), scaled(52), box.height())
            tint = theme.color("text2")
            paint.write(painter, place, student.school_year, figures, tint)
        place = QRectF(soon, box.top(), scaled(104), box.height())
        paint.write(painter, place, self._next(line), figures, theme.color("text2"))

    def _next(self, line: Line) -> str:
        """Say when the next session is; empty where there is none."""
        if line.next_at is None:
            return ""
        day = self._formats.local(line.next_at).weekday()
        weekday = self._formats.locale.weekdays[day]
        return f"{weekday} {self._formats.clock(line.next_at)}"


class LinesView(QListView):
    """The list with the keyboard's ways through it.

    Signals:
        chosen: Another line is the current one; carries it, or none.
        opened: A line was opened with Enter or a double click.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.rows = LinesModel(formats)
        self.setModel(self.rows)
        self.setItemDelegate(LineDelegate(formats, self))
        self.setAccessibleName(_("Families and students"))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)
        theme.current.changed.connect(self.scheduleDelayedItemsLayout)

    def current_line(self) -> Line | None:
        """Give the current line."""
        index = self.currentIndex()
        return self.rows.lines[index.row()] if index.isValid() else None

    def choose(self, key: tuple[str, int]) -> bool:
        """Make a record's line the current one; say whether it is shown."""
        place = self.rows.place_of(key)
        if place < 0:
            return False
        self.setCurrentIndex(self.rows.index(place))
        return True

    def _on_current(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.lines[index.row()] if index.isValid() else None)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows.lines[index.row()])
