"""What distances are worth: the table by date, its two tiers in a tax year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import bindparam, select

from app.models.closing import MileageClaim, MileageRate
from app.models.database import Snapshot, Transaction
from app.models.payroll import PayLine
from app.models.values.money import exponent, round_half_away
from app.models.values.payroll import DistanceUnit, PayKind
from app.services.desk import profile
from app.services.payroll.facts import MileageFacts
from app.services.session_parts import has_any

BEYOND = ":beyond"
_CLAIMS = select(
    MileageClaim.id,
    MileageClaim.tutor_id,
    MileageClaim.travelled_on,
    MileageClaim.unit,
).where(MileageClaim.session_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class DistanceRate:
    """What a unit of distance is worth on the days from one to another.

    Attributes:
        rate: major units of the currency per mile or kilometre.
        threshold: distance in a tax year up to which ``rate`` holds, then ``beyond``.
        year_starts: first day of the tax year, as ``04-06``.
    """

    unit: DistanceUnit
    rate: Decimal
    valid_from: date
    valid_until: date | None = None
    threshold: Decimal | None = None
    beyond: Decimal | None = None
    year_starts: str = "01-01"
    country: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a distance at one rate."""

    distance: Decimal
    rate: Decimal
    is_beyond: bool = False


def rate_on(
    table: Iterable[DistanceRate], unit: DistanceUnit, on: date
) -> DistanceRate | None:
    """Find the rate of a travel date; a date outside the table has none.

    The office's own rates go before a country's published ones.
    """
    fitting = [
        rate
        for rate in table
        if rate.unit is unit and rate.valid_from <= on <= (rate.valid_until or date.max)
    ]
    return max(
        fitting, key=lambda rate: (not rate.country, rate.valid_from), default=None
    )


def year_start(on: date, year_starts: str) -> date:
    """Give the first day of the tax year that a date lies in."""
    month, day = (int(part) for part in year_starts.split("-"))
    first = date(on.year, month, day)
    return first if first <= on else date(on.year - 1, month, day)


def parts(distance: Decimal, before: Decimal, rate: DistanceRate) -> tuple[Part, ...]:
    """Split a distance where it crosses the threshold of the tax year.

    Args:
        distance: of the one journey.
        before: what the tutor claimed earlier in the same tax year.
        rate: the rate of the travel date.
    """
    if rate.threshold is None or rate.beyond is None:
        return (Part(distance, rate.rate),)
    near = min(distance, max(rate.threshold - before, Decimal(0)))
    both = (Part(near, rate.rate), Part(distance - near, rate.beyond, is_beyond=True))
    return tuple(part for part in both if part.distance)


def amount_of(part: Part, currency: str) -> int:
    """Give what a part of a distance pays, minor units, rounded once."""
    scale = 10 ** exponent(currency)
    return round_half_away(Fraction(part.distance) * Fraction(part.rate) * scale)


def load_table(work: Snapshot | Transaction) -> tuple[DistanceRate, ...]:
    """Read the office's own mileage rates and those of its country."""
    countries = {"", profile(work).country}
    rows = work.scalars(select(MileageRate).where(MileageRate.country.in_(countries)))
    return tuple(
        DistanceRate(
            unit=row.unit,
            rate=row.rate,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            threshold=row.threshold,
            beyond=row.rate_beyond,
            year_starts=row.year_starts,
            country=row.country,
        )
        for row in rows
    )


def claimed_before(
    work: Snapshot | Transaction, claim: MileageFacts, first: date
) -> Decimal:
    """Add up what a tutor is paid for in the tax year before one claim.

    Claims go by travel date, those of one day in the order in which they were made.
    """
    rows = work.execute(
        select(MileageClaim.id, MileageClaim.travelled_on, MileageClaim.approved).where(
            MileageClaim.tutor_id == claim.tutor_id,
            MileageClaim.unit == claim.unit,
            MileageClaim.travelled_on >= first,
            MileageClaim.travelled_on <= claim.travelled_on,
            MileageClaim.withdrawn_at.is_(None),
            MileageClaim.approved.is_not(None),
        )
    )
    return sum(
        (
            row.approved
            for row in rows
            if row.travelled_on < claim.travelled_on
            or not claim.claim_id
            or row.id < claim.claim_id
        ),
        Decimal(0),
    )


def shifted_sessions(
    work: Snapshot | Transaction, session_ids: Sequence[int]
) -> tuple[int, ...]:
    """List the other sessions whose mileage some sessions' claims may shift a tier.

    They are those of the same tutor and tax year with a later claim, where the year's
    threshold is passed or was passed so far.
    """
    if not has_any(work, session_ids, MileageClaim):
        return ()
    own = work.rows(_CLAIMS, {"ids": list(session_ids)})
    table = load_table(work)
    found: set[int] = set()
    for claim_id, tutor_id, on, unit in own:
        rate = rate_on(table, unit, on)
        if rate is not None and rate.threshold is not None:
            first = year_start(on, rate.year_starts)
            found |= _later(work, (tutor_id, unit, first), (on, claim_id), rate)
    return tuple(sorted(found - set(session_ids)))


def _later(
    work: Snapshot | Transaction,
    year: tuple[int, DistanceUnit, date],
    place: tuple[date, int],
    rate: DistanceRate,
) -> set[int]:
    tutor_id, unit, first = year
    after = first.replace(year=first.year + 1)
    rows = work.execute(
        select(
            MileageClaim.session_id,
            MileageClaim.travelled_on,
            MileageClaim.id,
            MileageClaim.approved,
        ).where(
            MileageClaim.tutor_id == tutor_id,
            MileageClaim.unit == unit,
            MileageClaim.travelled_on >= first,
            MileageClaim.travelled_on < after,
            MileageClaim.withdrawn_at.is_(None),
            MileageClaim.approved.is_not(None),
        )
    ).all()
    beyond = _paid_beyond(work, tutor_id, first)
    is_passed = sum(row.approved for row in rows) > (rate.threshold or 0)
    return {
        row.session_id
        for row in rows
        if row.session_id is not None
        and (row.travelled_on, row.id) > place
        and (is_passed or row.session_id in beyond)
    }


def _paid_beyond(
    work: Snapshot | Transaction, tutor_id: int, first: date
) -> set[int | None]:
    """Find the sessions that were paid by the second tier since a day."""
    return set(
        work.scalars(
            select(PayLine.session_id).where(
                PayLine.tutor_id == tutor_id,
                PayLine.kind == PayKind.MILEAGE,
                PayLine.claim.endswith(BEYOND),
                PayLine.live_key.is_not(None),
                PayLine.service_on >= first,
            )
        )
    )
