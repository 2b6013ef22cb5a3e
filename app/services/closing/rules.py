"""Reads which of the office's rules decide about a session's money."""

from __future__ import annotations

from app.models.database import Snapshot
from app.models.values.policies import (
    Approval,
    FamilyNotes,
    LateCancel,
    MakeUp,
    NoShow,
    OfficeCancel,
)
from app.services.closing.notice import limit_hours
from app.services.closing.results import Rules
from app.services.closing.sheet import Sheet
from app.services.desk import Desk
from app.services.policies import Concern, rule_for


def rules_of(snapshot: Snapshot, desk: Desk, sheet: Sheet) -> Rules:
    """Read the rules, for the first student's family where several are there."""
    first = next(iter(sheet.places), None)
    concern = Concern(
        household_id=sheet.households[first.student_id] if first else None,
        tutor_id=sheet.tutors[0].tutor_id if sheet.tutors else None,
        offering_id=sheet.offering.id,
    )
    on, is_office = sheet.service_on, desk.actor.is_office
    late = rule_for(snapshot, LateCancel, on, concern)
    missed = rule_for(snapshot, NoShow, on, concern)
    make_up = rule_for(snapshot, MakeUp, on, concern)
    waits = rule_for(snapshot, Approval, on, concern)
    return Rules(
        notice_hours=limit_hours(snapshot, sheet, first),
        late_charge=late.charge if is_office else None,
        late_pay=late.pay,
        no_show_charge=missed.charge if is_office else None,
        no_show_pay=missed.pay,
        office_cancel_pay=rule_for(snapshot, OfficeCancel, on, concern).pay,
        gives_make_up=make_up.instead_of_charge,
        make_up_days=make_up.expires_days,
        pay_waits=waits.pay,
        invoices_wait=waits.invoices,
        notes_wait=waits.notes,
        notes_go=rule_for(snapshot, FamilyNotes, on, concern).when,
        asks_review=waits.review,
    )
