"""What the lines of documents say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.agreements import Lot, Package
from app.models.catalog import Offering
from app.models.database import Snapshot, Transaction
from app.models.scheduling import Enrolment, Series
from app.models.values.billing import ChargeKind
from app.models.values.schedule import wall_clock
from app.services.billing.sheets import Line, Printed
from app.services.billing.waiting import Waiting
from app.text import _

_LABELS = {
    ChargeKind.SESSION: _("Session"),
    ChargeKind.NO_SHOW: _("Session, absent"),
    ChargeKind.LATE_CANCEL: _("Session, cancelled late"),
    ChargeKind.PACKAGE: _("Package"),
    ChargeKind.COURSE: _("Course"),
    ChargeKind.FLAT_FEE: _("Flat fee"),
    ChargeKind.REGISTRATION: _("Registration"),
    ChargeKind.MATERIALS: _("Materials"),
    ChargeKind.TRAVEL: _("Travel"),
    ChargeKind.LATE_FEE: _("Late fee"),
    ChargeKind.INTEREST: _("Interest"),
    ChargeKind.DISCOUNT: _("Discount"),
    ChargeKind.ADJUSTMENT: _("Adjustment"),
}


_FORMER = ("student", "offering", "tutors", "rate_per", "start", "end", "share")


def label(kind: ChargeKind) -> str:
    """Give the word for a kind of charge."""
    return _LABELS[kind]


def load_names(
    work: Snapshot | Transaction, charges: Iterable[Waiting]
) -> Mapping[str, str]:
    """Read the names of what charges without a session are for, by their source."""
    sources = {each.source for each in charges if each.source}
    lots = _ids(sources, "lot")
    names: dict[str, str] = {}
    if lots:
        query = select(Lot.id, Package.name).join(Package, Package.id == Lot.package_id)
        for row_id, name in work.execute(query.where(Lot.id.in_(lots))):
            names[f"lot:{row_id}"] = name
    enrolments = _ids(sources, "enrolment")
    if enrolments:
        courses = (
            select(Enrolment.id, Series.course_name, Offering.name)
            .join(Series, Series.id == Enrolment.series_id)
            .join(Offering, Offering.id == Series.offering_id)
            .where(Enrolment.id.in_(enrolments))
        )
        for row_id, course, offering in work.execute(courses):
            names[f"enrolment:{row_id}"] = course or offering
    return names


def _ids(sources: Iterable[str], kind: str) -> list[int]:
    start = f"{kind}:"
    return [
        int(source.removeprefix(start))
        for source in sources
        if source.startswith(start)
    ]


def line_text(line: Line, names: Mapping[str, str]) -> str:
    """Say in one line what is charged or taken back."""
    if line.original is None:
        return plain_text(line, names)
    return _("Correction of {number}: {what}").format(
        number=line.original.number, what=plain_text(line, names)
    )


def plain_text(line: Line, names: Mapping[str, str]) -> str:
    """Say what is charged; what is taken back is called as it was then."""
    if line.original is not None and line.original.text:
        return line.original.text
    charge = line.charge
    text = label(charge.kind)
    if charge.session_id is not None:
        text = charge.offering
        if charge.tutors:
            text = _("{what} with {tutors}").format(
                what=text, tutors=", ".join(charge.tutors)
            )
    elif charge.kind is ChargeKind.FLAT_FEE:
        text = _("Flat fee {month:%B %Y}").format(month=charge.service_on)
    elif charge.source in names:
        text = f"{text}: {names[charge.source]}"
    return text


def line_note(line: Line) -> str:
    """Say why the line is what it is."""
    notes = [line.charge.reason] if line.charge.reason else []
    notes += [name for name, _off in line.reductions if name]
    return "; ".join(notes)


def line_face(line: Line, zone: ZoneInfo) -> dict[str, Any]:
    """Give what else a line prints, as JSON values; times are the office's.

    What is taken back shows the people and times of the document that charged it.
    """
    face = _former_face(line.original) if line.original else _face(line, zone)
    face["category"] = line.charge.tax.category
    if abs(line.amount) != abs(line.charge.amount):
        face["discount"] = abs(line.charge.amount) - abs(line.amount)
    return face


def _former_face(original: Printed) -> dict[str, Any]:
    former = {name: original.face[name] for name in _FORMER if name in original.face}
    return {**former, "takes_back": original.number}


def _face(line: Line, zone: ZoneInfo) -> dict[str, Any]:
    charge = line.charge
    face: dict[str, Any] = {
        "student": charge.student,
        "offering": charge.offering,
        "tutors": list(charge.tutors),
        "rate_per": charge.rate_per,
    }
    if charge.starts_at is not None:
        length = charge.planned or 0 if charge.attended is None else charge.attended
        ends_at = charge.starts_at + timedelta(minutes=length)
        face["start"] = f"{wall_clock(charge.starts_at, zone):%H:%M}"
        face["end"] = f"{wall_clock(ends_at, zone):%H:%M}"
    if line.reductions:
        face["discounts"] = [list(each) for each in line.reductions]
    if charge.whole not in {None, charge.amount}:
        face["share"] = [charge.amount, charge.whole]
    if charge.replaces:
        face["instead_of"] = charge.replaces
    return face
