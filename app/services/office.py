"""The whole office: every service, in one hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_type_hints

from app.models.values.actors import Actor
from app.models.values.changes import Listener
from app.services.availability.records import Availabilities
from app.services.backups import Backups
from app.services.billing.completeness import Proof
from app.services.billing.contracts import Contracts
from app.services.billing.credits import Credits
from app.services.billing.discounts import Discounts
from app.services.billing.fees import Fees
from app.services.billing.flat_fees import FlatFees
from app.services.billing.ledger import Ledger
from app.services.billing.locks import Locks
from app.services.billing.numbering import NumberBook
from app.services.billing.packages import Packages
from app.services.billing.payments import Payments
from app.services.billing.repricing import Repricing
from app.services.billing.runs import InvoiceRuns
from app.services.catalog.offerings import Catalog
from app.services.checking.check import Checking
from app.services.closing.cancelling import Cancellations
from app.services.closing.close_outs import CloseOuts
from app.services.days import Days
from app.services.desk import Desk
from app.services.doors import behind_door
from app.services.exporting.export import Export
from app.services.journal import Journal
from app.services.payroll.book import PayBook
from app.services.payroll.entries import PayEntries
from app.services.payroll.lines import PayLines
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.runs import PayRuns
from app.services.people.households import Households
from app.services.people.placements import Placements
from app.services.people.preferences import Preferences
from app.services.people.tutors import Tutors
from app.services.places.records import Places
from app.services.policies import Policies
from app.services.printing.plans import Schedules
from app.services.printing.previews import Previews
from app.services.printing.printing import Printing
from app.services.printing.reminders import Reminders
from app.services.profile import OfficeSettings
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.free_times import FreeTimes
from app.services.scheduling.timetable import Timetable
from app.services.search.service import Search
from app.services.series.book import SeriesBook
from app.services.series.courses import Courses
from app.services.tasks import Tasks
from app.services.together import Together
from app.services.trials import Trials
from app.services.upkeep import Upkeep
from app.services.watching import Watching

_OWN = frozenset(("actor", "listen", "acting_as", "close"))


@dataclass(frozen=True, slots=True)
class Office:
    """Every service, ready to use, and a way to hear of changes.

    Attributes:
        actor: who sits at the desk.
    """

    settings: OfficeSettings
    policies: Policies
    trials: Trials
    catalog: Catalog
    places: Places
    days: Days
    households: Households
    tutors: Tutors
    placements: Placements
    preferences: Preferences
    availability: Availabilities
    bookings: Bookings
    series: SeriesBook
    courses: Courses
    free_times: FreeTimes
    timetable: Timetable
    close_outs: CloseOuts
    cancellations: Cancellations
    together: Together
    packages: Packages
    contracts: Contracts
    flat_fees: FlatFees
    fees: Fees
    discounts: Discounts
    numbers: NumberBook
    invoices: InvoiceRuns
    proof: Proof
    repricing: Repricing
    credits: Credits
    payments: Payments
    ledger: Ledger
    locks: Locks
    pay_rates: PayRates
    pay_entries: PayEntries
    pay_lines: PayLines
    pay_runs: PayRuns
    pay_book: PayBook
    tasks: Tasks
    search: Search
    journal: Journal
    upkeep: Upkeep
    watching: Watching
    backups: Backups
    checking: Checking
    export: Export
    printing: Printing
    schedules: Schedules
    previews: Previews
    reminders: Reminders
    actor: Actor
    listen: Callable[[Listener], None]
    acting_as: Callable[[Actor], Office]
    close: Callable[[], None]


def furnish(desk: Desk) -> Office:
    """Make every service for one desk, behind a door; each from the desk alone."""
    services = {
        name: behind_door(service)(desk)
        for name, service in get_type_hints(Office).items()
        if name not in _OWN
    }

    def acting_as(actor: Actor) -> Office:
        """Give the same office with another person at the desk."""
        return furnish(desk.sat_at_by(actor))

    return Office(
        **services,
        actor=desk.actor,
        listen=desk.database.listen,
        acting_as=acting_as,
        close=desk.database.close,
    )
