"""The week plan: painted hours over the sessions they hold, and the load ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.models.values.schedule import WeekWindow
from app.services.scheduling.cards import SessionCard
from app.text import _, ngettext
from app.views import theme
from app.views.formats import Formats
from app.views.tutors.load import LoadCard
from app.views.tutors.painting import minutes_of, specials
from app.views.tutors.reading import TutorRecord, minutes_in_day
from app.views.tutors.sessions import Hit, when
from app.views.tutors.week_grid import Booked, WeekGrid
from app.views.typography import label, scaled
from app.views.widgets.buttons import Segmented
from app.views.widgets.feedback import Banner
from app.views.widgets.laying import across, down

WEEK = timedelta(days=7)
ROOMY = 560  # px that four weeks of load need beside each other


class WeekPlan(QWidget):
    """Draws the hours of a week; warns of sessions that would lie outside.

    Attributes:
        banner: names the sessions outside.
        complaint: why the hours were not kept.

    Signals:
        outside_wanted: The sessions outside are to be listed.
    """

    outside_wanted = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.banner = Banner("", "warn", _("Show them…"))
        if self.banner.button is not None:
            self.banner.button.clicked.connect(self._on_wanted)
        self.banner.hide()
        self.complaint = Banner("", "err", closable=True)
        self.complaint.hide()
        self._sum = label("", "body", "text2", tabular=True)
        self.brush = Segmented((_("Available"), _("Clear")), _("Available"))
        self.brush.setAccessibleName(_("What the brush paints"))
        self.brush.chosen.connect(self._on_brush)
        self.grid = WeekGrid(formats)
        self.load = LoadCard(formats)
        brushes = (label(_("Paint"), "body", "text2"), self.brush)
        head = across(label(_("Week plan"), "panel"), self._sum, 0, *brushes)
        parts = (self.banner, self.complaint, head, self.grid, self.load)
        column = down(*parts, spacing=12)
        column.setStretchFactor(self.grid, 1)
        self.setLayout(column)

    def show_plan(
        self,
        record: TutorRecord,
        windows: tuple[WeekWindow, ...],
        day: date,
        outside: Sequence[SessionCard],
    ) -> None:
        """Show hours from a day on, over the sessions of the first seven days."""
        ids = {card.session_id for card in outside}
        booked = [
            self._booked(card, is_outside=card.session_id in ids)
            for card in record.sessions
            if day <= self._formats.local(card.starts_at).date() < day + WEEK
        ]
        self.grid.show_week(windows, booked, theme.hue_of(record.row.colour))
        zone = self._formats.zone
        self.grid.show_specials(specials(record.exceptions, day, zone))
        hours = self._formats.hours(minutes_of(windows))
        blocks = ngettext("{hours} in {n} block", "{hours} in {n} blocks", len(windows))
        self._sum.setText(blocks.format(hours=hours, n=len(windows)))
        self._warn(day, outside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.load.arrange(4 if self.width() >= scaled(ROOMY) else 2)

    def _booked(self, card: SessionCard, *, is_outside: bool) -> Booked:
        weekday = self._formats.local(card.starts_at).weekday()
        start, end = minutes_in_day(card, self._formats.zone)
        return Booked(weekday, start, end, Hit.of(card).name, is_outside)

    def _warn(self, day: date, found: Sequence[SessionCard]) -> None:
        count = len(found)
        self.banner.setVisible(bool(count))
        if not count:
            return
        hit = Hit.of(found[0])
        form = ngettext(
            "From {day}, {name} on {when} would fall outside these hours.",
            "From {day}, {n} sessions would fall outside these hours, "
            "first {name} on {when}.",
            count,
        )
        self.banner.say(
            form.format(
                day=self._formats.day(day),
                n=count,
                name=hit.name,
                when=when(hit, self._formats),
            )
        )

    def _on_brush(self, word: str) -> None:
        self.grid.clears = word == _("Clear")

    def _on_wanted(self) -> None:
        self.outside_wanted.emit()
