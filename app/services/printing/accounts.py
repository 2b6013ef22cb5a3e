"""A payer's account over a period as a statement to print."""

from __future__ import annotations

from datetime import date

from app.models.database import Snapshot
from app.models.people import Household, Payer
from app.services.billing.statements import statement
from app.services.desk import fetch, profile
from app.services.documents.rendering import Job
from app.services.letterheads import letterhead_of
from app.services.logos import logo_of


def account_job(
    snapshot: Snapshot, payer_id: int, from_on: date, until_on: date
) -> Job:
    """Gather a payer's account, in the language of the family.

    Raises:
        MissingRecordError: There is no such payer.
    """
    account = statement(snapshot, payer_id, from_on, until_on)
    payer = fetch(snapshot, Payer, payer_id, "payer")
    household = fetch(snapshot, Household, payer.household_id, "family")
    office = profile(snapshot)
    language = household.language or office.locale
    letterhead = letterhead_of(office, logo_of(snapshot, office.logo_id))
    return Job(account, letterhead, language, office.country)
