"""How each field of people is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from app.models.values import entries
from app.models.values.billing import BillingModel, HouseholdKind
from app.models.values.payroll import Engagement, HolidayBasis
from app.models.values.people import TravelMeans, TutorStatus
from app.models.values.schedule import PlaceKind
from app.services.records import Checks, as_is, optional
from app.text import _

WEEK = 7 * 24 * 60


def _phones(phones: Iterable[str]) -> list[str]:
    return [entries.named(phone, _("phone number")) for phone in phones]


def _consents(consents: Mapping[str, date]) -> dict[str, str]:
    return {
        entries.named(kind, _("consent")): day.isoformat()
        for kind, day in consents.items()
    }


def _languages(languages: Iterable[str]) -> list[str]:
    return sorted({entries.locale_name(language) for language in languages} - {""})


def _place_kinds(kinds: Iterable[PlaceKind]) -> list[str]:
    return sorted({PlaceKind(kind).value for kind in kinds})


_channel = partial(entries.short, what=_("channel"), limit=16)
_address = partial(entries.lines, what=_("address"), limit=1000)
_phone = partial(entries.short, what=_("phone number"))
_weekly = optional(partial(entries.whole, what=_("minutes a week"), high=WEEK))
HOUSEHOLD: Checks = {
    "name": partial(entries.named, what=_("family's name")),
    "kind": HouseholdKind,
    "model": BillingModel,
    "notes": partial(entries.lines, what=_("notes")),
    "language": entries.locale_name,
    "channel": _channel,
}
PAYER: Checks = {
    "name": partial(entries.named, what=_("payer's name")),
    "address": _address,
    "email": entries.email,
    "phone": _phone,
    "tax_number": partial(entries.short, what=_("tax number")),
    "reference": partial(entries.short, what=_("reference")),
}
GUARDIAN: Checks = {
    "position": partial(entries.whole, what=_("position")),
    "name": partial(entries.named, what=_("contact's name")),
    "relation": partial(entries.short, what=_("relation")),
    "phones": _phones,
    "email": entries.email,
    "channel": _channel,
    "may_see": as_is,
    "may_collect": as_is,
    "consents": _consents,
}
STUDENT: Checks = {
    "name": partial(entries.named, what=_("student's name")),
    "called": partial(entries.short, what=_("name called by")),
    "born_on": as_is,
    "school_year": partial(entries.short, what=_("school year")),
    "needs": partial(entries.lines, what=_("needs")),
    "home_place_id": as_is,
}
TUTOR: Checks = {
    "name": partial(entries.named, what=_("tutor's name")),
    "status": TutorStatus,
    "email": entries.email,
    "phone": _phone,
    "address": _address,
    "engagement": Engagement,
    "account": partial(entries.short, what=_("bank account")),
    "means": TravelMeans,
    "speed_kmh": optional(
        partial(entries.whole, what=_("speed in km/h"), low=1, high=300)
    ),
    "home_place_id": as_is,
    "gap_minutes": partial(entries.whole, what=_("gap in minutes"), high=1440),
    "weekly_limit_minutes": _weekly,
    "weekly_target_minutes": _weekly,
    "languages": _languages,
    "place_kinds": _place_kinds,
    "colour": partial(entries.whole, what=_("colour"), high=0xFFFFFF),
    "holiday_percent": optional(
        partial(entries.percent, what=_("percent for holidays"))
    ),
    "holiday_basis": HolidayBasis,
}
DOCUMENT: Checks = {
    "kind": partial(entries.named, what=_("kind of paper")),
    "issued_on": as_is,
    "expires_on": as_is,
    "for_minors": as_is,
    "attachment_id": as_is,
}
