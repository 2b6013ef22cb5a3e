"""The calendar: who teaches whom, when and where; booked, moved and called off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.values.errors import OfficeError
from app.services.scheduling.faces import SessionFace
from app.text import _
from app.views.calendar.agenda import Agenda
from app.views.calendar.announcing import Announcer
from app.views.calendar.around import Around, note_of
from app.views.calendar.blocks import Block, minutes_by_tutor
from app.views.calendar.canvas import TimeCanvas
from app.views.calendar.carrying import Carrier
from app.views.calendar.commands import make_commands
from app.views.calendar.deeds import CalendarDeeds
from app.views.calendar.geometry import month_of, opening
from app.views.calendar.header import CalendarHeader
from app.views.calendar.inspector import SessionPanel
from app.views.calendar.left import LeftPanel
from app.views.calendar.placing import Placing
from app.views.calendar.poses import Poses, ways_to_look
from app.views.calendar.reading import Reading, read, span_of_days
from app.views.calendar.scenery import scene_for
from app.views.calendar.scenes import Asked, working_hours
from app.views.calendar.side import Side
from app.views.calendar.views import View, days_of, title_of, turned
from app.views.page import Page
from app.views.tools import Link, Place, Tools
from app.views.typography import scale
from app.views.widgets.feedback import Banner

NOW_EVERY = 30_000
RELAY_AFTER = 60
TABLES = frozenset(
    {
        "session",
        "session_tutor",
        "attendance",
        "close_out",
        "charge",
        "note",
        "tutor",
        "student",
        "availability",
        "exception",
        "student_absence",
        "series",
        "series_exception",
        "make_up_credit",
        "make_up_use",
        "closure",
        "term",
        "offering",
        "subject",
        "place",
        "room",
        "travel_time",
        "office",
    }
)


class CalendarPage(Page):
    """Shows the timetable, and lets it be changed by hand."""

    place = Place.CALENDAR
    title = _("Calendar")
    icon = "calendar-days"
    tables = TABLES

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.reading: Reading | None = None
        self.day = self.today()
        self.view = View.WEEK
        self._wanted = 0  # a session to select once it is read
        self._has_opened = False
        self._is_reading = self._is_read_again = False
        self._build()
        self._connect()
        self._tick = QTimer(self, interval=NOW_EVERY)
        self._tick.timeout.connect(self.relay)
        self._tick.start()
        self._relay = QTimer(self, singleShot=True, interval=RELAY_AFTER)
        self._relay.timeout.connect(self.relay)

    def _build(self) -> None:
        formats, state = self.tools.formats, self.tools.state
        self.header = CalendarHeader()
        self.left = LeftPanel(formats, state, self.today())
        self.canvas = TimeCanvas(formats)
        self.panel = SessionPanel(formats)
        self.panel.hide()
        self.failure = Banner("", "err", _("Try again"))
        self.failure.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.canvas)
        self.agenda = Agenda(formats, state)
        self.stack.addWidget(self.agenda)
        self.set_header(self.header)
        self.add_strip(self.failure)
        self.set_left(self.left)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.set_content(holder)
        self.set_inspector(self.panel)
        self._attend()

    def _attend(self) -> None:
        """Let hands, keys and menus do something."""
        self.deeds = CalendarDeeds(self, self)
        self.deeds.went.connect(self.went)
        self.deeds.said.connect(self.said)
        self.deeds.noted.connect(self.noted)
        self.agenda.opened.connect(self._on_agenda)
        self._commands = make_commands(self, [self.stack, self.header], self.deeds)
        self.agenda.set_actions(self._commands["session"])
        self.agenda.chosen.connect(self._on_agenda_chosen)
        self.side = Side(self, self._commands, self)
        self.side.noted.connect(self.noted)
        self.set_inspector(self.side.several)
        self.deeds.attend(self.side)
        Announcer(self.canvas, self.deeds)
        self.around = Around(self, self.deeds, self._commands["session"])
        self.around.said.connect(self.said)
        finding = self.around.finding
        self.placing = Placing(self, self.deeds.mover, finding, self)
        self.deeds.tray_asked.connect(self.placing.toggle)
        self.set_inspector(self.placing.tray)
        self.header.add_left(self.placing.button)
        arrows = self.header.earlier, self.header.later
        self.carrier = Carrier(self, self.deeds, arrows, self)
        self.print_ = self.command(_("&Print…"), self._on_print, "Ctrl+P", "printer")
        for menu in ("view", "session"):
            self.header.menu.addActions(list(self._commands[menu]))
            self.header.menu.addSeparator()

    def _connect(self) -> None:
        header, left, deeds = self.header, self.left, self.deeds
        header.turned.connect(self.turn)
        header.today_asked.connect(deeds.go_today)
        header.view_asked.connect(self.show_view)
        header.filtered.connect(self._on_filter)
        header.new_asked.connect(deeds.new_session)
        left.day_picked.connect(self.go)
        left.chosen.connect(self.relay)
        self.canvas.resized.connect(self._on_resized)
        if self.failure.button is not None:
            self.failure.button.clicked.connect(self.refresh)

    def today(self) -> date:
        """Give the office's date."""
        return self.tools.formats.local(self.tools.clock.now()).date()

    def go(self, day: date) -> None:
        """Show the period of a day."""
        self.day = day
        self.around.leave()
        self._show()

    def turn(self, pages: int) -> None:
        """Go some periods further."""
        self.go(turned(self.view, self.day, pages))

    def show_view(self, view: View) -> None:
        """Look at the same day in another way."""
        self._has_opened = self._has_opened and self.view.is_grid and view.is_grid
        self.view = view
        self.around.leave()
        self._show()
        if (shown := self.stack.currentWidget()) is not None:
            shown.setFocus()

    def clear_filters(self) -> None:
        """Show everything again."""
        self.header.search.clear()
        self.left.show_all()

    def body(self) -> QWidget:
        """Give what questions are laid over."""
        return self.content

    def standing(self) -> Mapping[str, str]:
        return {
            "day": self.day.isoformat(),
            "view": self.view.value,
            "session": str(self.canvas.selected[0] if self.canvas.selected else 0),
        }

    def stand(self, standing: Mapping[str, str]) -> None:
        self.view = View(standing.get("view", self.view.value))
        self._wanted = int(standing.get("session", "0"))
        self.go(date.fromisoformat(standing.get("day", self.day.isoformat())))

    def choose_any(self) -> None:
        now = self.tools.clock.now()
        coming = [
            one for one in self.canvas.scene.placed if one.block.card.starts_at > now
        ]
        for one in coming[:1]:
            self.canvas.select(one.block.session_id)

    def states(self) -> Sequence[tuple[str, Callable[[], None]]]:
        return ways_to_look(self.view, self.show_view)

    def poses(self) -> Sequence[tuple[str, Callable[[], object]]]:
        return tuple(Poses(self, self.deeds, self.around, self.placing.tray).listed())

    def find_in_page(self) -> None:
        self.header.search.setFocus()
        self.header.search.selectAll()

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        return {"file": [self.print_], **self._commands}

    def _on_print(self) -> None:
        self.around.printing.ask(self.view)

    def show_link(self, link: Link) -> None:
        if link.kind == "book":
            self.around.entering.want(link.id)
        if link.kind == "line":
            self.around.entering.want_line(link.tab)
        if link.kind == "day":
            self.go(date.fromisoformat(link.tab))
        if link.kind == "session":
            work = partial(self.tools.office.timetable.face, link.id)
            done, failed = self._on_linked, self._on_gone
            self.tools.jobs.run(self, work, done=done, failed=failed)

    def _on_linked(self, face: SessionFace) -> None:
        card = face.detail.card
        self._wanted = card.session_id
        if self.view is View.AGENDA:
            self.view = View.WEEK
        self.go(self.tools.formats.local(card.starts_at).date())

    def _on_gone(self, error: OfficeError) -> None:
        self.noted.emit(str(error))

    def refresh(self) -> None:
        if self._is_reading:
            self._is_read_again = True
            return
        self._is_reading = True
        tools = self.tools
        zone, now = tools.formats.zone, tools.clock.now()
        work = partial(read, tools.office, zone, self.day, now)
        tools.jobs.run(self, work, done=self._on_read, failed=self._on_unread)

    def _on_read(self, reading: Reading) -> None:
        self._is_reading = False
        self.reading = reading
        self.failure.hide()
        self.canvas.is_read_only = False
        self.canvas.step = reading.record.grid_minutes
        self.deeds.on_read()
        if self._is_read_again:
            self._is_read_again = False
            self.refresh()
        self._show()
        self.side.look_again()
        self.placing.read()
        self.around.entering.on_read()

    def _on_unread(self, error: OfficeError) -> None:
        self._is_reading = False
        words = str(error)
        if self.reading is not None:
            at = self.tools.formats.clock(self.reading.at)
            words = _("{why} What is shown was read at {time}.").format(
                why=error, time=at
            )
        self.failure.say(words)
        self.failure.show()
        self.canvas.is_read_only = True
        if self._is_read_again:
            self._is_read_again = False
            self.refresh()

    def asked(self) -> Asked:
        """Say what the present view is made for."""
        shown = self.left.shown()
        choice = replace(shown.choice, words=self.header.search.text().strip())
        view, now = self.view, self.tools.clock.now()
        grid, factor = self.canvas.grid(), scale.factor
        width, height = grid.width - grid.gutter, grid.height / factor
        flags = (shown.shading, shown.attached)
        return Asked(view, self.day, choice, now, width, *flags, height=height)

    def _show(self) -> None:
        """Show the present view, and read first what it needs."""
        reading = self.reading
        days = days_of(self.view, self.day, 0)
        if reading is not None:
            days = reading.days(self.view, self.day)
        formats = self.tools.formats
        self.header.set_title(title_of(self.view, self.day, days, formats))
        self.header.show_view(self.view)
        band = month_of(self.day) if self.view.is_month else days
        self.left.show_days(band[0], band[-1])
        if reading is None or not reading.holds(days[0], days[-1]):
            self.refresh()
            return
        self._show_read(reading)

    def _show_read(self, reading: Reading) -> None:
        asked = self.asked()
        week = days_of(View.WEEK, self.day, reading.record.first_weekday)
        span = span_of_days(week[0], week[-1], self.tools.formats.zone)
        cards = [
            one
            for one in reading.period.cards
            if span.start <= one.starts_at < span.end
        ]
        self.left.show_reading(reading, minutes_by_tutor(cards))
        if self.view is View.AGENDA:
            self._show_agenda(reading, asked)
            return
        scene = scene_for(reading, asked, self.tools.formats)
        open_at = None
        if not self._has_opened:
            starts = [one.block.start for one in scene.placed]
            days = [head.day for head in scene.heads]
            hours = working_hours(reading, self.tools.formats, days)
            open_at = opening(starts, scene.now, hours)
            self._has_opened = True
            self.canvas.setFocus()
        self.stack.setCurrentWidget(self.canvas)
        self.canvas.show_scene(scene, open_at=open_at)
        if self._wanted:
            self.canvas.select(self._wanted)
            self._wanted = 0
        self.noted.emit(note_of(scene))

    def _show_agenda(self, reading: Reading, asked: Asked) -> None:
        chosen = self._wanted or (self.canvas.selected or (0,))[0]
        self._wanted = 0
        self.stack.setCurrentWidget(self.agenda)
        self.noted.emit(self.agenda.show_days(reading, asked, chosen))

    def _on_agenda(self, block: Block) -> None:
        self.view = View.WEEK
        self.show_link(Link(Place.CALENDAR, "session", block.session_id))

    def _on_agenda_chosen(self, session_id: int) -> None:
        if self.view is View.AGENDA:
            self.canvas.select(session_id)

    def relay(self) -> None:
        """Lay out anew what was read."""
        if self.reading is not None and self.isVisible():
            self._show()

    def _on_resized(self) -> None:
        self._relay.start()

    def _on_filter(self, _text: str) -> None:
        self._relay.start()
