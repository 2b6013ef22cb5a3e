"""Asking for a tutor, and what has changed of one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.models.values.payroll import Engagement
from app.models.values.people import TravelMeans, TutorStatus
from app.services.people.tutor_requests import AddTutor, ChangeTutor, TutorRow
from app.text import _
from app.views import theme
from app.views.form_dialog import Request, RequestDialog, Result
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.cards import FormRow, pair
from app.views.widgets.inputs import ComboBox, DurationField, SpinBox

FIELDS, WIDTH = 104, 520


def status_words() -> tuple[tuple[str, TutorStatus], ...]:
    """Name where tutors can stand with the office."""
    return (
        (_("Applied"), TutorStatus.APPLIED),
        (_("Checked"), TutorStatus.CHECKED),
        (_("Rates agreed"), TutorStatus.RATES_AGREED),
        (_("Active"), TutorStatus.ACTIVE),
        (_("Inactive"), TutorStatus.INACTIVE),
    )


def engagement_words() -> tuple[tuple[str, Engagement], ...]:
    """Name how tutors can work for the office."""
    return (
        (_("employee"), Engagement.EMPLOYEE),
        (_("contractor"), Engagement.CONTRACTOR),
    )


def means_words() -> tuple[tuple[str, TravelMeans], ...]:
    """Name how tutors can travel."""
    return (
        (_("by car"), TravelMeans.CAR),
        (_("by bicycle"), TravelMeans.BICYCLE),
        (_("on foot"), TravelMeans.FOOT),
        (_("by public transport"), TravelMeans.TRANSIT),
    )


def colour_words() -> tuple[tuple[str, int], ...]:
    """Name the colours of the calendar."""
    words = {
        "blue": _("blue"),
        "green": _("green"),
        "amber": _("amber"),
        "plum": _("plum"),
        "teal": _("teal"),
        "rose": _("rose"),
        "slate": _("slate"),
        "orange": _("orange"),
        "indigo": _("indigo"),
        "olive": _("olive"),
    }
    return tuple((words[hue], number) for number, hue in enumerate(theme.HUES))


@dataclass(frozen=True, slots=True)
class _Typed:
    """What the fields of a tutor say."""

    name: str
    email: str
    phone: str
    address: str
    status: TutorStatus
    engagement: Engagement
    account: str
    means: TravelMeans
    gap_minutes: int
    weekly_limit_minutes: int | None
    weekly_target_minutes: int | None
    languages: tuple[str, ...]
    colour: int


class TutorForm(RequestDialog[Request, Result]):
    """The fields of a tutor."""

    def fill(self, row: TutorRow | None) -> None:
        """Show a tutor, or empty fields for a new one."""
        self.name = self.line(row.name if row else "", _("Anna Berg"))
        self.email = self.line(row.email if row else "", "anna@berg.example")
        self.phone = self.line(row.phone if row else "", "+44 20 7946 0018")
        self.address = QPlainTextEdit(row.address if row else "")
        self.address.setFixedHeight(scaled(64))
        self.address.setTabChangesFocus(True)
        self.account = self.line(row.account if row else "")
        self.languages = self.line(
            ", ".join(row.languages) if row else "", _("English, German")
        )
        self.status, self.engagement = ComboBox(), ComboBox()
        self.means, self.colour = ComboBox(), ComboBox()
        self.status.fill(status_words(), row.status if row else TutorStatus.ACTIVE)
        self.engagement.fill(
            engagement_words(), row.engagement if row else Engagement.EMPLOYEE
        )
        self.means.fill(means_words(), row.means if row else TravelMeans.CAR)
        colour = row.colour % len(theme.HUES) if row else 0
        self.colour.fill(colour_words(), colour)
        self.gap = SpinBox(row.gap_minutes if row else 0, _(" min"), 0, 240)
        self.target = WeekHours(row.weekly_target_minutes if row else None)
        self.limit = WeekHours(row.weekly_limit_minutes if row else None)
        self._place()

    def line(self, text: str, example: str = "") -> QLineEdit:
        """Make a field of one line; what it holds may be an example."""
        made = QLineEdit(text)
        made.setPlaceholderText(example)
        return made

    def typed(self) -> _Typed | None:
        """Say what was typed, and mark what cannot be taken."""
        missing = not self.name.text().strip()
        self.name_row.set_error(_("Give a name.") if missing else "")
        fault = self.target.error() or self.limit.error()
        self.hours_row.set_error(fault)
        if missing:
            self.name.setFocus()
        if missing or fault:
            return None
        spoken = self.languages.text().split(",")
        return _Typed(
            self.name.text(),
            self.email.text(),
            self.phone.text(),
            self.address.toPlainText(),
            TutorStatus(self.status.currentData()),
            Engagement(self.engagement.currentData()),
            self.account.text(),
            TravelMeans(self.means.currentData()),
            self.gap.value(),
            self.limit.minutes,
            self.target.minutes,
            tuple(word.strip() for word in spoken if word.strip()),
            int(self.colour.currentData()),
        )

    def _place(self) -> None:
        self.name_row = self._field(_("Full name"), self.name)
        self._field(_("E-mail"), self.email, optional=True)
        self._field(_("Phone"), self.phone, optional=True)
        self._field(_("Address"), self.address, optional=True)
        self.status.setAccessibleName(_("Status"))
        self.engagement.setAccessibleName(_("Works as"))
        self._field(_("Status"), pair(self.status, self.engagement))
        self.means.setAccessibleName(_("Travels"))
        self.gap.setAccessibleName(_("Gap between sessions"))
        self._field(_("Travels"), pair(self.means, _("gap"), self.gap))
        self.target.setAccessibleName(_("Target a week"))
        self.limit.setAccessibleName(_("Maximum a week"))
        hours = pair(self.target, _("to at most"), self.limit)
        self.hours_row = self._field(_("Hours a week"), hours, optional=True)
        self._field(_("Languages"), self.languages, optional=True)
        self._field(_("Bank account"), self.account, optional=True)
        self._field(_("Colour"), self.colour)
        self.name.setFocus()

    def _field(self, title: str, field: QWidget, *, optional: bool = False) -> FormRow:
        row = FormRow(title, field, optional=optional, label_width=FIELDS)
        return self.add_row(row)


class WeekHours(DurationField):
    """Hours of a week, which are more than those of a day."""

    STEP, MOST = 60, 7 * 24 * 60

    def read(self, text: str) -> int | None:
        """Understand plain figures as hours."""
        bare = text.strip().removesuffix("h").strip().replace(",", ".")
        try:
            minutes = round(float(bare) * 60)
        except ValueError:
            return super().read(text)
        except OverflowError:
            return None
        return minutes if 0 < minutes <= self.MOST else None

    def written(self, value: int) -> str:
        """Write whole and half hours."""
        return f"{value / 60:g} h"

    def stepped(self, value: int | None, steps: int) -> int | None:
        """Step by the hour."""
        if value is None:
            return 20 * 60
        return min(self.MOST, max(self.STEP, value + steps * self.STEP))

    def complaint(self) -> str:
        """Say how hours are typed."""
        return _("“{text}” is not a number of hours; type one such as 22.").format(
            text=self.text()
        )


class NewTutor(TutorForm[AddTutor, int]):
    """Asks for a new tutor."""

    def __init__(self, tools: Tools, parent: QWidget) -> None:
        add = tools.office.tutors.add_tutor
        title, verb = _("New tutor"), _("Add tutor")
        super().__init__(title, tools.jobs, add, parent, verb=verb, width=WIDTH)
        self.fill(None)

    def request(self) -> AddTutor | None:
        """Say what was typed; nothing while a field is at fault."""
        typed = self.typed()
        return None if typed is None else AddTutor(**_fields(typed))


class EditTutor(TutorForm[ChangeTutor, None]):
    """Asks what has changed of a tutor."""

    def __init__(self, tools: Tools, row: TutorRow, parent: QWidget) -> None:
        change = tools.office.tutors.change_tutor
        super().__init__(_("Edit tutor"), tools.jobs, change, parent, width=WIDTH)
        self._row = row
        self.fill(row)

    def request(self) -> ChangeTutor | None:
        """Say what was typed; nothing while a field is at fault."""
        typed = self.typed()
        if typed is None:
            return None
        row = self._row
        values = _fields(typed)
        if typed.colour == row.colour % len(theme.HUES):
            values["colour"] = row.colour
        return ChangeTutor(row.tutor_id, row.version, **values)


def _fields(typed: _Typed) -> dict[str, Any]:
    return {one.name: getattr(typed, one.name) for one in fields(typed)}
