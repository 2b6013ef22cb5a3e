"""Letters that remind a payer of what is overdue, to look at, to print and to keep."""

from __future__ import annotations

from app.models.people import Household
from app.services.billing.reminders import RemindPayer, reminder
from app.services.billing.waiting import load_receivers
from app.services.desk import Desk, fetch, profile
from app.services.documents.rendering import Job, render
from app.services.letterheads import letterhead_of
from app.services.logos import logo_of
from app.text import _


class Reminders:
    """Gives reminders as jobs, or drawn."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, request: RemindPayer) -> Job:
        """Give a payer's reminder, in the language of the family.

        Raises:
            MissingRecordError: There is no such payer.
            NothingOverdueError: No invoice is late, or credit covers what is open.
            PayByError: The day to pay by has passed.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            value = reminder(snapshot, request)
            receiver = load_receivers(snapshot, [request.payer_id])[0]
            home = fetch(snapshot, Household, receiver.household_id, _("family"))
            office = profile(snapshot)
            letterhead = letterhead_of(office, logo_of(snapshot, office.logo_id))
            language = home.language or office.locale
            return Job(value, letterhead, language, office.country)

    def draw(self, request: RemindPayer) -> bytes:
        """Draw a payer's reminder as a PDF file.

        Raises:
            MissingRecordError: There is no such payer.
            NothingOverdueError: No invoice is late, or credit covers what is open.
            PayByError: The day to pay by has passed.
            OfficeOnlyError: A tutor asked.
        """
        return render(self.preview(request))
