"""The rows of a table: walked through, opened, ticked, with a column that stays."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QStyleOptionViewItem,
    QTableView,
)

from app.models.values.folding import folded
from app.text import _
from app.views import typography
from app.views.tables.columns import CHECK
from app.views.tables.delegate import CellDelegate
from app.views.tables.header import HEIGHT, TableHeader
from app.views.tables.model import RowsModel
from app.views.widgets.keys import WAYS

DENSITIES = {"compact": 30, "normal": 36, "comfortable": 42}
Flag = QItemSelectionModel.SelectionFlag
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALKS = frozenset(
    (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TableGrid(QTableView):
    """Rows that can be walked through, opened, and ticked where that is wanted.

    Where rows can be ticked, the ticks are the selection; walking through the rows
    leaves them alone.

    Signals:
        opened: A row was asked for with Enter or a double click; carries its index.
        copied: The rows are wanted elsewhere.
        column_moved: A column was moved by keys.
    """

    opened = Signal(object)
    copied = Signal()
    column_moved = Signal()

    def __init__(self, model: RowsModel[Any], *, checkable: bool) -> None:
        super().__init__()
        self.rows_model = model
        self.is_checkable = checkable
        self._anchor = QPersistentModelIndex()
        self._is_extending = False
        self._typed, self._typing = "", QElapsedTimer()
        self._cells = CellDelegate(self, model)
        header = TableHeader(self, model, self.frozen, self.has_all_ticked)
        self.setHorizontalHeader(header)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self.setProperty("kind", "rows")
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(
            mode.ExtendedSelection if checkable else mode.SingleSelection
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(24)
        self.set_density("normal")
        self.doubleClicked.connect(self._on_double_clicked)

    def has_all_ticked(self) -> bool:
        """Say whether every row that is shown is ticked."""
        return len(self.ticked()) == self.rows_model.rowCount() > 0

    def ticked(self) -> list[int]:
        """Give the places of the rows that are ticked, from the top."""
        found = set[int]()
        selection = self.selectionModel().selection()
        for span in cast("list[QItemSelectionRange]", selection):
            found.update(range(span.top(), span.bottom() + 1))
        return sorted(found)

    def name_after(self, noun: str) -> None:
        """Name the grid and its headings after what is listed."""
        self.setAccessibleName(noun)
        headings = _("Columns of {noun}").format(noun=noun)
        self.horizontalHeader().setAccessibleName(headings)

    def show_place(self, place: int) -> None:
        """Make the row at a place the current one and scroll to it."""
        index = self.rows_model.index(place, self.naming_column())
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def set_density(self, density: str) -> None:
        """Set the height of rows: compact, normal or comfortable."""
        height = typography.scaled(DENSITIES.get(density, DENSITIES["normal"]))
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(typography.scaled(HEIGHT))

    def toggle_all(self) -> None:
        """Tick every row that is shown, or none if all are."""
        if self.has_all_ticked():
            self.clearSelection()
        else:
            self.selectAll()

    def frozen(self) -> list[tuple[int, int]]:
        """List the columns that stay while others scroll, with their left edges."""
        if not self.horizontalScrollBar().value():
            return []
        found, left = list[tuple[int, int]](), 0
        for place in range(self.horizontalHeader().count()):
            section = self.horizontalHeader().logicalIndex(place)
            if self.isColumnHidden(section):
                continue
            found.append((section, left))
            left += self.columnWidth(section)
            if self.rows_model.columns[section].kind != CHECK:
                break
        return found if left < self.viewport().width() / 2 else []

    def naming_column(self) -> int:
        """Give the first column that says which row it is."""
        header = self.horizontalHeader()
        for place in range(header.count()):
            section = header.logicalIndex(place)
            is_check = self.rows_model.columns[section].kind == CHECK
            if not is_check and not self.isColumnHidden(section):
                return section
        return 0

    def selectionCommand(  # noqa: N802  Qt's own name
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> Flag:
        if not self.is_checkable:
            return super().selectionCommand(index, event)
        if isinstance(event, QMouseEvent) and index.isValid():
            is_press = event.type() == QEvent.Type.MouseButtonPress
            if is_press and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return Flag.Toggle | Flag.Rows
        return Flag.NoUpdate

    def currentChanged(  # noqa: N802  Qt's own name
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        if not self._is_extending:
            self._anchor = QPersistentModelIndex(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers()
        sideways = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        if key in _ENTER and not modifiers & Qt.KeyboardModifier.ControlModifier:
            self.opened.emit(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif key == Qt.Key.Key_Space and self.is_checkable and not modifiers:
            self._tick(self.currentIndex())
        elif key in _MOVES and modifiers & sideways == sideways:
            self._move_column(_MOVES[key])
        elif key == Qt.Key.Key_Escape and self._has_ticks():
            self.clearSelection()
        elif key in _WALKS:
            self._walk(event, key)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  Qt's own name
        """Go to the next row whose name begins with what is typed."""
        if self._typing.isValid() and (
            self._typing.elapsed() < QApplication.keyboardInputInterval()
        ):
            search = self._typed + search
        self._typed = search
        self._typing.start()
        wanted = folded(search)
        rows, column = self.rows_model.rows, self.naming_column()
        if not wanted or not rows:
            return
        text = self.rows_model.columns[column].text
        start = max(0, self.currentIndex().row())
        if len(wanted) == 1:
            start += 1
        for step in range(len(rows)):
            at = (start + step) % len(rows)
            if folded(text(rows[at])).startswith(wanted):
                self.setCurrentIndex(self.rows_model.index(at, column))
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        is_left = event.button() == Qt.MouseButton.LeftButton
        if event.button() in WAYS:
            event.ignore()  # the window goes back or forward
        elif is_left and is_plain and self._is_on_box(event):
            self._tick(self.indexAt(event.position().toPoint()))
        else:
            self._is_extending = self.is_checkable and not is_plain
            before = self.currentIndex().row()
            super().mousePressEvent(event)
            self._extend(before)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row when somebody comes with the Tab key."""
        super().focusInEvent(event)
        is_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        is_chosen = is_mouse or self.currentIndex().isValid()
        if self.rows_model.rowCount() and not is_chosen:
            self.setCurrentIndex(self.rows_model.index(0, self.naming_column()))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802  Qt's own name
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frozen = self.frozen()
        if not frozen or not self.rows_model.rowCount():
            return
        with QPainter(self.viewport()) as painter:
            first = max(0, self.rowAt(event.rect().top()))
            last = self.rowAt(event.rect().bottom())
            last = last if last >= 0 else self.rows_model.rowCount() - 1
            option = QStyleOptionViewItem()
            for row in range(first, last + 1):
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                for section, left in frozen:
                    place = QRect(left, top, self.columnWidth(section), height)
                    option.rect = place
                    self._cells.paint(
                        painter, option, self.rows_model.index(row, section)
                    )

    def _is_on_box(self, event: QMouseEvent) -> bool:
        if not self.is_checkable:
            return False
        place = event.position().toPoint()
        for section, left in self.frozen():
            if left <= place.x() < left + self.columnWidth(section):
                return self.rows_model.columns[section].kind == CHECK
        index = self.indexAt(place)
        return index.isValid() and self.rows_model.columns[index.column()].kind == CHECK

    def _tick(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if index != self.currentIndex():
            beside = self.rows_model.index(index.row(), self.naming_column())
            self.selectionModel().setCurrentIndex(beside, Flag.NoUpdate)
        self.selectionModel().select(index, Flag.Toggle | Flag.Rows)

    def _has_ticks(self) -> bool:
        return self.is_checkable and self.selectionModel().hasSelection()

    def _walk(self, event: QKeyEvent, key: Qt.Key) -> None:
        """Go to another row; with Shift, tick all rows on the way."""
        is_shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._is_extending = self.is_checkable and bool(is_shift)
        before = self.currentIndex().row()
        count = self.rows_model.rowCount()
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End} and count:
            column = max(self.naming_column(), self.currentIndex().column())
            row = 0 if key == Qt.Key.Key_Home else count - 1
            self.setCurrentIndex(self.rows_model.index(row, column))
        else:
            super().keyPressEvent(event)
        self._extend(before)

    def _extend(self, before: int) -> None:
        """Tick the rows from where the walk began, and untick those walked back."""
        was_extending, self._is_extending = self._is_extending, False
        anchor, current = self._anchor.row(), self.currentIndex().row()
        if not was_extending or anchor < 0 or current < 0:
            return
        if anchor != before >= 0:
            self._mark(anchor, before, Flag.Deselect)
        self._mark(anchor, current, Flag.Select)

    def _mark(self, one: int, other: int, flag: Flag) -> None:
        first = self.rows_model.index(min(one, other), 0)
        last = self.rows_model.index(max(one, other), 0)
        span = QItemSelection(first, last)
        self.selectionModel().select(span, flag | Flag.Rows)

    def _move_column(self, step: int) -> None:
        header = self.horizontalHeader()
        column = self.currentIndex().column()
        if column < 0:
            return
        place = header.visualIndex(column)
        target = place + step
        while 0 <= target < header.count():
            other = header.logicalIndex(target)
            if not self.isColumnHidden(other):
                break
            target += step
        least = 1 if self.is_checkable else 0
        if least <= target < header.count():
            header.moveSection(place, target)
            self.column_moved.emit()

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if self.rows_model.columns[index.column()].kind != CHECK:
            self.opened.emit(index)
