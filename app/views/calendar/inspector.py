"""The panel at the right: the session that is selected, and what it can be made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.values.errors import OfficeError
from app.models.values.schedule import EditScope
from app.services.billing.terms import LotLeft
from app.services.closing.requests import CloseSession
from app.services.closing.results import MoneyEffect
from app.services.office import Office
from app.services.scheduling.faces import SessionFace
from app.services.scheduling.requests import EditSeries
from app.services.scheduling.series_dates import SeriesDate
from app.text import _, ngettext
from app.views.calendar.blocks import Look, look_of, titles_of
from app.views.calendar.reading import Reading
from app.views.calendar.series_list import SeriesList
from app.views.formats import Formats
from app.views.typography import label, scale
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow, pair
from app.views.widgets.feedback import Banner
from app.views.widgets.inputs import ComboBox, DateEdit, TimeEdit
from app.views.widgets.labels import Pill, SectionLabel, fact
from app.views.widgets.laying import across, down
from app.views.widgets.panels import Inspector, empty

TONES = {
    Look.TENTATIVE: ("warn", "circle-question-mark"),
    Look.PLANNED: ("info", "calendar"),
    Look.IN_PROGRESS: ("info", "clock"),
    Look.TO_CLOSE: ("warn", "clock-alert"),
    Look.DONE: ("ok", "circle-check"),
    Look.NO_SHOW: ("err", "user-x"),
    Look.CANCELLED: ("neutral", "ban"),
}
_LARGE = 1.2  # text sizes at which two buttons have no room side by side
_OPEN = {Look.TENTATIVE, Look.PLANNED, Look.IN_PROGRESS, Look.TO_CLOSE}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the inspector shows of a session.

    Attributes:
        money: what closing it out as planned would mean, where that can be told.
        lots: the household's packages, where they may be seen.
        dates: of the series, where it has one.
    """

    face: SessionFace
    money: MoneyEffect | None
    lots: tuple[LotLeft, ...]
    dates: tuple[SeriesDate, ...] = ()


def look_at(office: Office, session_id: int, households: dict[int, int]) -> Looked:
    """Read everything the inspector shows of a session.

    Args:
        office: where to read.
        session_id: of the session.
        households: of the students, by student id.
    """
    face = office.timetable.face(session_id)
    dates = office.timetable.series_dates(session_id)
    lots: tuple[LotLeft, ...] = ()
    money = None
    students = [one.student_id for one in face.detail.card.students]
    try:
        if not face.fixed:
            money = office.close_outs.preview(CloseSession(session_id))
        if students and students[0] in households:
            lots = office.packages.lots(households[students[0]])
    except OfficeError:
        return Looked(face, money, lots, dates)
    return Looked(face, money, lots, dates)


class SessionPanel(Inspector):
    """Shows one session, and lets times, tutor and room be changed in place.

    Signals:
        edit_asked: A field was changed; carries the request.
        close_out_asked: The session is to be closed out; carries its number.
        find_asked: Another time is to be found; carries its number.
        cancel_asked: The session is to be called off; carries its number.
        restore_asked: The session is to be put back; carries its number.
        confirm_asked: The session is to be confirmed; carries its number.
        reset_asked: It is to be as its series again; carries its number.
        other_asked: Another session is to be shown; carries its number.
    """

    edit_asked = Signal(object)
    close_out_asked = Signal(object)
    find_asked = Signal(object)
    cancel_asked = Signal(object)
    restore_asked = Signal(object)
    confirm_asked = Signal(object)
    reset_asked = Signal(object)
    other_asked = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("Session"), "")
        self._formats = formats
        self._face: SessionFace | None = None
        self._day: DateEdit | None = None
        self.series: SeriesList | None = None

    @property
    def session_id(self) -> int:
        """The session that is shown; 0 for none."""
        return self._face.detail.card.session_id if self._face else 0

    def begin(self) -> None:
        """Put the cursor into the first field."""
        if self._day is not None and self._day.isEnabled():
            self._day.setFocus()
            self._day.selectAll()

    def show_looked(self, looked: Looked, reading: Reading, now: datetime) -> None:
        """Show a session."""
        face = looked.face
        card = face.detail.card
        self._face = face
        look = look_of(card, now)
        self.set_title(_("Session"), titles_of(card)[0])
        self.clear_body()
        empty(self.footer)
        self.body.addWidget(self._pills(face, look))
        if face.fixed:
            words = _("It stays as it is, because {why}.").format(why=face.fixed)
            self.body.addWidget(Banner(words, "info"))
        self._fields(face, reading, now)
        if len(card.students) > 1:
            self._students(face)
        self.series = None
        if looked.dates:
            self._series(looked)
        self._money(looked)
        if face.last_note:
            self.body.addWidget(SectionLabel(_("Last note")))
            self.body.addWidget(label(face.last_note, "small", "text2", wrap=True))
        self._buttons(look)

    def _pills(self, face: SessionFace, look: Look) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Pill(look.word, *TONES[look]))
        if face.of:
            words = _("{number} of {count}").format(number=face.position, count=face.of)
            row.addWidget(Pill(words, "neutral", "repeat"))
        row.addStretch()
        return holder

    def _fields(self, face: SessionFace, reading: Reading, now: datetime) -> None:
        formats, card = self._formats, face.detail.card
        start, end = formats.local(card.starts_at), formats.local(card.ends_at)
        self._day = DateEdit(start.date(), formats, formats.local(now).date())
        self._from = TimeEdit(start.time(), formats)
        self._to = TimeEdit(end.time(), formats)
        self._from.setAccessibleName(_("From"))
        self._to.setAccessibleName(_("To"))
        fields: list[QWidget] = [self._day, self._from, self._to]
        for one in fields:
            one.setMinimumWidth(64)
        self._tutor, self._room = ComboBox(), ComboBox()
        tutors = [(one.name, one.tutor_id) for one in reading.tutors]
        self._tutor.fill(tutors, card.tutors[0][0] if card.tutors else None)
        self._room.fill(places(reading), (card.place_id, card.room_id))
        slim(self._tutor)
        slim(self._room)
        subject = label(card.offering, "body", wrap=True)
        rows: list[tuple[str, QWidget]] = [
            (_("&Date"), self._day),
            (_("T&ime"), pair(self._from, "\N{EN DASH}", self._to)),
            (_("T&utor"), self._tutor),
            (_("Subject"), subject),
            (_("&Place"), self._room),
        ]
        for name, field in rows:
            self.body.addWidget(FormRow(name, field, label_width=56))
        for one in (*fields, self._tutor, self._room):
            one.setEnabled(not face.fixed)
        self._day.editingFinished.connect(self._on_when)
        self._from.editingFinished.connect(self._on_start)
        self._to.editingFinished.connect(self._on_when)
        self._tutor.activated.connect(self._on_tutor)
        self._room.activated.connect(self._on_room)

    def _students(self, face: SessionFace) -> None:
        self.body.addWidget(SectionLabel(_("Students")))
        column = QVBoxLayout()
        column.setSpacing(2)
        for student in face.detail.card.students:
            is_off = student.state.is_cancelled
            words = _("{name} (cancelled)") if is_off else "{name}"
            tone = "text3" if is_off else ""
            column.addWidget(label(words.format(name=student.name), "body", tone))
        self.body.addLayout(column)

    def _series(self, looked: Looked) -> None:
        self.series = SeriesList(looked.dates, self.session_id, self._formats)
        self.series.picked.connect(self.other_asked)
        self.series.reset_asked.connect(self._on_reset)
        self.body.addWidget(self.series)
        self.series.show_here()

    def _money(self, looked: Looked) -> None:
        money, formats = looked.money, self._formats
        lots = [one for one in looked.lots if one.left > 0]
        if money is None and not lots:
            return
        self.body.addWidget(SectionLabel(_("Money")))
        if money is not None:
            if money.charged is not None:
                amount = formats.money(money.charged, money.currency)
                self.body.addWidget(fact(_("Charge"), amount))
            pay = formats.money(money.paid, money.pay_currency)
            self.body.addWidget(fact(_("Tutor pay"), pay))
        for lot in lots[:2]:
            self.body.addWidget(fact(lot.package, lot_left(lot, formats)))

    def _buttons(self, look: Look) -> None:
        if look is Look.CANCELLED:
            back = Button(_("Put it back"), "undo-2")
            back.clicked.connect(self._on_restore)
            self.footer.addWidget(back)
            return
        if look is Look.TENTATIVE:
            confirm = Button(_("Confirm"), "check")
            confirm.clicked.connect(self._on_confirm)
            self.footer.addWidget(confirm)
        close = Button(_("Close out"), "clipboard-check")
        close.clicked.connect(self._on_close_out)
        self.footer.addWidget(close)
        if look in _OPEN:
            find = Button(_("Reschedule…"))
            find.clicked.connect(self._on_find)
            cancel = Button(_("Cancel…"), kind="danger")
            cancel.clicked.connect(self._on_cancel)
            row = down if scale.factor > _LARGE else across
            self.footer.addLayout(row(find, cancel))

    # -- answers -----------------------------------------------------------------------

    def _on_close_out(self) -> None:
        self.close_out_asked.emit(self.session_id)

    def _on_find(self) -> None:
        self.find_asked.emit(self.session_id)

    def _on_cancel(self) -> None:
        self.cancel_asked.emit(self.session_id)

    def _on_restore(self) -> None:
        self.restore_asked.emit(self.session_id)

    def _on_reset(self) -> None:
        self.reset_asked.emit(self.session_id)

    def _on_confirm(self) -> None:
        self.confirm_asked.emit(self.session_id)

    def _on_start(self) -> None:
        """Move the end with the start, so that the length stays."""
        start = self._from.clock
        if self._face is None or start is None:
            return
        card = self._face.detail.card
        moved = datetime.combine(date.min, start) + (card.ends_at - card.starts_at)
        self._to.show_value(moved.time())
        self._on_when()

    def _on_when(self) -> None:
        """Ask for another time once all fields make sense."""
        if self._face is None or self._day is None:
            return
        day, start, end = self._day.day, self._from.clock, self._to.clock
        if day is None or start is None or end is None:
            return
        card = self._face.detail.card
        minutes = length(start, end)
        former = self._formats.local(card.starts_at).replace(tzinfo=None)
        lasted = int((card.ends_at - card.starts_at).total_seconds()) // 60
        wanted = datetime.combine(day, start)
        request = EditSeries(
            card.session_id,
            EditScope.THIS,
            start=wanted if wanted != former else None,
            minutes=minutes if minutes != lasted else None,
        )
        if request.start is not None or request.minutes is not None:
            self.edit_asked.emit(request)

    def _on_tutor(self) -> None:
        if self._face is None:
            return
        card, chosen = self._face.detail.card, int(self._tutor.currentData())
        others = tuple(one for one, _name in card.tutors[1:] if one != chosen)
        if not card.tutors or card.tutors[0][0] != chosen:
            request = EditSeries(card.session_id, EditScope.THIS)
            self.edit_asked.emit(replace(request, tutor_ids=(chosen, *others)))

    def _on_room(self) -> None:
        if self._face is None:
            return
        card = self._face.detail.card
        place_id, room_id = self._room.currentData()
        if (place_id, room_id) != (card.place_id, card.room_id):
            request = EditSeries(card.session_id, EditScope.THIS)
            request = replace(request, place_id=place_id, room_id=room_id)
            self.edit_asked.emit(request)


def slim(field: ComboBox) -> None:
    """Let a list be narrower than its longest choice."""
    policy = ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    field.setSizeAdjustPolicy(policy)
    field.setMinimumContentsLength(6)


def length(start: time, end: time) -> int:
    """Give the minutes from one time to another; an earlier one is the next day's."""
    way = datetime.combine(date.min, end) - datetime.combine(date.min, start)
    return int((way % timedelta(days=1)).total_seconds()) // 60 or 24 * 60


def lot_left(lot: LotLeft, formats: Formats) -> str:
    """Say what is left of a package."""
    if lot.unit.value == "minutes":
        return _("{hours} left").format(hours=formats.hours(lot.left))
    return ngettext("{count} session left", "{count} sessions left", lot.left).format(
        count=lot.left
    )


def places(reading: Reading) -> list[tuple[str, object]]:
    """List rooms and places to choose from, as words with place and room."""
    rooms = [room for room in reading.rooms if not room.is_archived]
    found: list[tuple[str, object]] = [
        (f"{room.name} \N{MIDDLE DOT} {room.place}", (room.place_id, room.room_id))
        for room in rooms
    ]
    found += [
        (place.name, (place.place_id, None))
        for place in reading.places
        if not place.is_archived
    ]
    found.append((_("No place"), (None, None)))
    return found
