"""The cards of Today: the day, what needs somebody, tasks, close-outs, the month."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.closing.results import OpenCloseOut
from app.services.tasks import TaskRow
from app.text import _, ngettext
from app.views import paint, theme, typography
from app.views.formats import Formats, initials
from app.views.icons import IconLabel
from app.views.sizing import fix_height
from app.views.today.acting import ActionCard, Item
from app.views.today.deeds import Act, Deed
from app.views.today.lines import (
    DayLine,
    DayLines,
    earlier_words,
    span_words,
    tomorrow_words,
)
from app.views.today.needs import Need
from app.views.today.reading import Day, Month
from app.views.tools import Link, Place
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button
from app.views.widgets.labels import Avatar, LoadBar, Pill, fact
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import HueBar, IconTile, Line, ListCard, ListRow, hair

MOST_NEEDS = 7
WIDE = 620  # px of the card from which tutors' names are written out


class NowLine(QWidget):
    """The time now across the list."""

    def __init__(self, clock: str, words: str) -> None:
        super().__init__()
        self._clock, self._words = clock, words
        fix_height(self, 24)
        self.setAccessibleName(_("Now {time}. {words}").format(time=clock, words=words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        red = theme.color("now")
        with QPainter(self) as painter:
            mid = round(self.height() / 2)
            font = typography.font("small-medium", tabular=True)
            words = paint.width_of(self._words, font)
            width = self.width() - 16 - words - 28
            hair(painter, 16, mid + 0.5, width, red, strong=True)
            side = typography.font("caption-strong", tabular=True)
            tag = QRectF(12, mid - 10, paint.width_of(self._clock, side) + 20, 20)
            paint.rounded(painter, tag, 10, red)
            center = Qt.AlignmentFlag.AlignHCenter
            white = theme.color("on_accent")
            paint.write(painter, tag, self._clock, side, white, center, elide=False)
            box = QRectF(self.width() - words - 20, 0, words + 8, self.height())
            paint.write(painter, box, self._words, font, red, elide=False)


class DayCard(ActionCard):
    """The timeline of the day: what is over is folded, the next is in view."""

    def __init__(self, formats: Formats, *, is_office: bool) -> None:
        title = _("Rest of the day") if is_office else _("My day")
        way = _("Open in calendar") if is_office else _("Open my calendar")
        super().__init__(title, way=way)
        self._formats, self._is_office = formats, is_office
        self._shown: tuple[Day, DayLines] | None = None
        self._is_unfolded = not is_office

    def show_day(self, day: Day, lines: DayLines) -> None:
        """Show the day's lines."""
        self._shown = (day, lines)
        rows: list[QWidget] = []
        items: list[Item] = []
        if lines.earlier and not self._is_unfolded:
            rows.append(self._folded(lines.earlier))
        elif lines.earlier:
            self._add(lines.earlier, rows, items)
        self._add(lines.running, rows, items)
        if lines.running or lines.coming or lines.earlier:
            now = self._formats.clock(day.now)
            rows.append(NowLine(now, lines.next_words))
        self._add(lines.coming, rows, items)
        title, words = tomorrow_words(day, self._formats)
        if rows:
            rows.append(_tomorrow_row(title, words))
            self.show_items(rows, items)
            return
        text = _("No sessions today.")
        if words:
            title = _("Next: {day}.").format(day=f"{title}. {words}")
        self.show_items([], [], f"{text} {title}")

    def unfold(self) -> None:
        """Show what is over, too."""
        self._is_unfolded = True
        if self._shown is not None:
            self.show_day(*self._shown)

    def _add(
        self, lines: Sequence[DayLine], rows: list[QWidget], items: list[Item]
    ) -> None:
        for line in lines:
            row = self._row(line)
            rows.append(row)
            key = str(line.key)
            items.append(Item(key, row, line.spoken, line.deed, line.link))

    def _row(self, line: DayLine) -> ListRow:
        has_more = bool(line.note or line.homework)
        row = ListRow(0 if has_more else 48, tint="accent_soft" if line.is_next else "")
        tone = "text3" if line.is_off else "text"
        times = down(
            0,
            Line(line.start, "strong", tone, tabular=True),
            Line(line.end, "small", "text3", tabular=True),
            0,
            spacing=1,
        )
        names = down(
            0,
            Line(line.who, "strong", tone),
            Line(line.what, "small", "text2"),
            0,
            spacing=1,
        )
        hue = theme.hue_of_tutor(line.tutor_id)
        bar = HueBar(hue, dashed=line.is_tentative)
        parts = [holder(times, 44), bar, holder(names)]
        if self._is_office:
            parts.append(self._tutor(line, hue))
        parts.append(holder(across(Pill(*line.pill), 0), 118))
        parts.append(self.button(line.deed, f"{line.who}, {line.start}"))
        top = across(*parts, spacing=12, margins=(16, 0, 12, 0))
        top.setStretch(2, 3)
        if not has_more:
            row.setLayout(top)
            return row
        left = [self._left(line)]
        row.setLayout(down(holder(top, height=44), *left, spacing=0))
        return row

    def _tutor(self, line: DayLine, hue: str) -> QWidget:
        disc = Avatar(initials(line.tutor), hue, 24)
        disc.setToolTip(line.tutor)
        if scaled(100) > 115 or self.width() < WIDE:
            return disc
        return holder(across(disc, Line(line.tutor, "body", "text2")), 136)

    def _left(self, line: DayLine) -> QWidget:
        column = down(spacing=2, margins=(75, 0, 12, 8))
        for icon, caption, words in (
            ("sticky-note", _("Last note"), line.note),
            ("book-open", _("Homework"), line.homework),
        ):
            if words:
                name = Line(caption, "small-medium", "text2", width=72)
                icon_label = IconLabel(icon, 16, "text3")
                part = across(icon_label, name, Line(words, "body"))
                column.addWidget(holder(part, height=24))
        return holder(column)

    def _folded(self, lines: tuple[DayLine, ...]) -> QWidget:
        row = ListRow(40)
        show = Button(_("Show"), kind="link", compact=True)
        show.setAccessibleName(_("Show the earlier sessions"))
        show.clicked.connect(self.unfold)
        words = _("{number} earlier").format(number=len(lines))
        row.setLayout(
            across(
                IconLabel("chevron-right", 16),
                label(words, "medium"),
                Line(earlier_words(lines), "small", "text2"),
                show,
                margins=(16, 0, 7, 0),
            )
        )
        return row


class NeedsCard(ActionCard):
    """What waits, the gravest first; seven lines until more are wanted."""

    def __init__(self) -> None:
        super().__init__(_("Needs you"), _("worst first"), _("Show all"))
        self._needs: list[Need] = []
        self._cleared = ""
        self._is_whole = False
        self.way.clicked.connect(self._on_all)
        self.way.hide()

    def show_needs(self, found: list[Need], cleared: str) -> None:
        """Show what waits, or the words for nothing."""
        if (found, cleared) == (self._needs, self._cleared) and self.items:
            return
        self._needs, self._cleared = found, cleared
        self._show()

    def _show(self) -> None:
        found, cleared = self._needs, self._cleared
        shown = found if self._is_whole else found[:MOST_NEEDS]
        rows = [self._row(need, last=need is shown[-1]) for need in shown]
        items = [
            Item(need.key, row, need.spoken, need.deed, need.deed.link)
            for need, row in zip(shown, rows, strict=True)
        ]
        self.show_items(rows, items, cleared)
        self.note.setVisible(bool(found))
        self.way.setVisible(len(found) > MOST_NEEDS and not self._is_whole)
        self.way.setText(_("Show all {number}").format(number=len(found)))

    def _row(self, need: Need, *, last: bool) -> ListRow:
        row = ListRow(60, last=last)
        names = down(
            0,
            Line(need.title, "strong"),
            Line(need.detail, "small", "text2"),
            0,
            spacing=1,
        )
        parts = across(
            IconTile(need.icon, need.tone),
            holder(names),
            self.button(need.deed, need.title),
            spacing=12,
            margins=(16, 0, 12, 0),
        )
        parts.setStretch(1, 1)
        row.setLayout(parts)
        return row

    def _on_all(self) -> None:
        self._is_whole = True
        self._show()


class TasksCard(ActionCard):
    """What people set themselves to do; Space finishes a task."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("Your tasks"), way=_("All tasks"))
        self._formats = formats

    def show_tasks(self, tasks: Sequence[TaskRow]) -> None:
        """Show the most urgent ones."""
        few = tasks[:5]
        rows = [self._row(task, last=task is few[-1]) for task in few]
        items = [
            Item(str(task.task_id), row, task.what, _finishing(task), _way_to(task))
            for task, row in zip(few, rows, strict=True)
        ]
        words = _("{number} of {all}").format(number=len(few), all=len(tasks))
        self.note.setText(words if tasks else "")
        self.show_items(rows, items, _("No task is open."))

    def _row(self, task: TaskRow, *, last: bool) -> ListRow:
        row = ListRow(44, last=last)
        due = self._formats.date(task.due_on)
        if task.is_overdue:
            due = _("late, {day}").format(day=due)
        tone = "err" if task.is_overdue else "text2"
        done = self.button(_finishing(task), task.what, 72)
        right = label(due, "small-medium", tone, tabular=True)
        row.setLayout(
            across(Line(task.what, "body"), right, done, margins=(16, 0, 12, 0))
        )
        return row


class CloseOutsCard(ActionCard):
    """A tutor's sessions to close out, with when each is due."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("To close out"))
        self._formats = formats

    def show_open(self, day: Day, open_: Sequence[OpenCloseOut]) -> None:
        """Show them, oldest first."""
        few = open_[:MOST_NEEDS]
        rows = [self._row(day, one, last=one is few[-1]) for one in few]
        items = [
            Item(str(one.session_id), row, _spoken(one, self._formats), deed, deed.link)
            for one, row in zip(few, rows, strict=True)
            for deed in [_settling(one)]
        ]
        self.note.setText(_("pay waits for these") if open_ else "")
        self.show_items(rows, items, _("All closed out."))

    def _row(self, day: Day, one: OpenCloseOut, *, last: bool) -> ListRow:
        row, formats = ListRow(44, last=last), self._formats
        when = f"{formats.day_of(one.starts_at)} {formats.clock(one.starts_at)}"
        due = _("due {day}").format(day=formats.day_of(one.due_at))
        if one.is_late:
            minutes = int((day.now - one.due_at).total_seconds()) // 60
            due = _("{length} late").format(length=span_words(minutes))
        name = ", ".join(one.students[:2]) or one.offering
        row.setLayout(
            across(
                IconTile("clipboard-check", "warn", 24),
                Line(name, "medium"),
                Line(when, "small", "text2", tabular=True),
                label(due, "small-medium", "err" if one.is_late else "text2"),
                margins=(16, 0, 12, 0),
                spacing=12,
            )
        )
        return row


class MonthCard(ListCard):
    """A tutor's month so far."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("This month so far"))
        self._formats = formats
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_month(self, month: Month) -> None:
        """Show hours held, and those that wait for a close-out."""
        name = self._formats.locale.months[month.on.month - 1]
        self.title.setText(_("{month} so far").format(month=name))
        held, waiting = month.closed[1], month.open[1]
        bar = LoadBar(held / 60, (held + waiting) / 60 or 1)
        self.show_rows(
            [
                holder(
                    down(
                        fact(_("Held and closed out"), self._words(month.closed)),
                        fact(
                            _("Waiting for close-out"),
                            self._words(month.open),
                            "warn" if waiting else "",
                        ),
                        bar,
                        margins=(16, 8, 12, 14),
                    )
                )
            ]
        )

    def _words(self, part: tuple[int, int]) -> str:
        number, minutes = part
        words = ngettext(
            "{number} session, {hours}", "{number} sessions, {hours}", number
        )
        return words.format(number=number, hours=self._formats.hours(minutes))


def _tomorrow_row(title: str, words: str) -> QWidget:
    names = down(
        0,
        Line(title, "small-medium", "text2"),
        Line(words, "small", "text2"),
        0,
        spacing=1,
    )
    icon = IconLabel("calendar-days", 16, "text3")
    parts = across(icon, holder(names), spacing=12, margins=(16, 0, 12, 0))
    return holder(parts, height=48)


def _finishing(task: TaskRow) -> Deed:
    return Deed(_("Done"), act=Act.FINISH_TASK, id=task.task_id, version=task.version)


def _way_to(task: TaskRow) -> Link:
    return Link(Place.TASKS, "task", task.task_id)


def _settling(one: OpenCloseOut) -> Deed:
    return Deed(_("Close out"), Link(Place.CLOSE_OUT, "session", one.session_id))


def _spoken(one: OpenCloseOut, formats: Formats) -> str:
    name = ", ".join(one.students) or one.offering
    return f"{name}, {formats.day_of(one.starts_at)} {formats.clock(one.starts_at)}"
