"""What can be done with a record from the palette: call, write, book, bill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.models.values.errors import OfficeError
from app.services.office import Office
from app.services.people.requests import HouseholdDetail
from app.services.search.index import Hit, HitKind
from app.text import _
from app.views.shell.answers import Answer, link_of
from app.views.tools import Link, Place


def doings_of(office: Office, hit: Hit) -> tuple[Answer, ...]:
    """List what can be done with a record, opening it first."""
    opening = Answer(_("Open"), "external-link", hit.title, link=link_of(hit))
    try:
        more = tuple(_MORE[hit.kind](office, hit))
    except OfficeError:  # gone meanwhile, or not this person's to see
        more = ()
    return (opening, *more)


def _student(office: Office, hit: Hit) -> Iterator[Answer]:
    row = office.households.student(hit.id)
    detail = office.households.household(row.household_id)
    yield from _reaching(_contacts(detail))
    yield _booking(hit.id)
    if office.actor.is_office:
        yield _bills(detail)


def _household(office: Office, hit: Hit) -> Iterator[Answer]:
    detail = office.households.household(hit.id)
    yield from _reaching(_contacts(detail))
    for student in detail.students:
        if not student.is_archived:
            yield _booking(student.student_id, student.called or student.name)
    if office.actor.is_office:
        yield _bills(detail)


def _tutor(office: Office, hit: Hit) -> Iterator[Answer]:
    row = office.tutors.tutor(hit.id)
    yield from _reaching([(row.name, row.phone, row.email)])
    link = Link(Place.TUTORS, "tutor", hit.id, "availability")
    yield Answer(_("Availability"), "calendar-clock", link=link)
    pay = Link(Place.PAYROLL, "tutor", hit.id)
    yield Answer(_("Pay"), "banknote", link=pay)


def _session(office: Office, hit: Hit) -> Iterator[Answer]:
    link = Link(Place.CLOSE_OUT, "session", hit.id)
    yield Answer(_("Close out"), "clipboard-check", link=link)
    card = office.timetable.face(hit.id).detail.card
    for student in card.students:
        shown = Link(Place.STUDENTS, "student", student.student_id)
        yield Answer(student.name, "graduation-cap", _("Student"), link=shown)
    for tutor_id, name in card.tutors:
        shown = Link(Place.TUTORS, "tutor", tutor_id)
        yield Answer(name, "users", _("Tutor"), link=shown)


def _document(office: Office, hit: Hit) -> Iterator[Answer]:
    rows = office.ledger.documents()
    row = next((one for one in rows if one.document_id == hit.id), None)
    if row is not None:
        detail = office.households.household(row.household_id)
        account = Link(Place.INVOICES, "account", row.payer_id)
        yield Answer(_("Account"), "wallet", context=row.payer, link=account)
        yield _bills(detail)
        family = Link(Place.STUDENTS, "household", row.household_id)
        yield Answer(row.household, "house", _("Family"), link=family)
        yield from _reaching([(row.payer, "", row.email)])


_MORE = {
    HitKind.STUDENT: _student,
    HitKind.HOUSEHOLD: _household,
    HitKind.TUTOR: _tutor,
    HitKind.SESSION: _session,
    HitKind.DOCUMENT: _document,
}


def _contacts(detail: HouseholdDetail) -> list[tuple[str, str, str]]:
    """Give name, first number and e-mail of those who may be called."""
    found = [
        (one.name, one.phones[0] if one.phones else "", one.email)
        for one in detail.guardians
        if not one.is_archived
    ]
    known = {name for name, _phone, _email in found}
    found += [
        (one.name, one.phone, one.email)
        for one in detail.payers
        if not one.is_archived and one.name not in known
    ]
    return found


def _reaching(people: Sequence[tuple[str, str, str]]) -> Iterator[Answer]:
    """Offer to copy a number, to call it, and to write."""
    for name, phone, email in people[:2]:
        if phone:
            copy = _("Copy number {phone}").format(phone=phone)
            yield Answer(copy, "copy", context=name, copied=phone)
            call = _("Call {name}").format(name=name)
            number = "".join(one for one in phone if one.isdigit() or one == "+")
            yield Answer(call, "phone", context=phone, address=f"tel:{number}")
        if email:
            write = _("E-mail {name}").format(name=name)
            yield Answer(write, "mail", context=email, address=f"mailto:{email}")


def _booking(student_id: int, name: str = "") -> Answer:
    link = Link(Place.CALENDAR, "book", student_id)
    return Answer(_("Book session"), "calendar-plus", context=name, link=link)


def _bills(detail: HouseholdDetail) -> Answer:
    link = Link(Place.INVOICES, "family", detail.row.household_id, detail.row.name)
    return Answer(_("Invoices"), "receipt", context=detail.row.name, link=link)
