"""Booking a series of 40 dates, beside the same rows by the bare driver."""

from __future__ import annotations

from datetime import timedelta

from app.services.scheduling.requests import BookSeries
from bench.footprints import footprint, last_entry, undo
from bench.places import SQLITE, Place
from bench.sizes import FIRST
from bench.timing import Measured, compare

DATES = 40
_EVENING = timedelta(weeks=6, hours=10)


def measure(place: Place, repetitions: int) -> list[Measured]:
    """Measure a series with all its checks; every repetition books the same one."""
    request = BookSeries(
        offering_id=1,
        tutor_ids=(place.size.tutors,),
        student_ids=(1,),
        start=(FIRST + _EVENING).replace(tzinfo=None),
        minutes=60,
        count=DATES,
        accept_soft=True,
    )
    before = last_entry(place.bare)

    def ours() -> None:
        """Book it."""
        booked = place.office.series.book_series(request)
        if len(booked.session_ids) != DATES:
            msg = f"only {len(booked.session_ids)} dates were booked"
            raise RuntimeError(msg)

    ours()
    rows = footprint(place.bare, before)
    undo(place.bare, before)
    return [
        compare(
            f"book a series of {DATES} dates with all checks",
            f"the driver's {rows.rows} rows in one transaction",
            lambda: rows.write(place.bare),
            ours,
            after=lambda: undo(place.bare, before),
            goal=5.0 if place.name == SQLITE else 2.0,
            repetitions=repetitions,
        )
    ]
