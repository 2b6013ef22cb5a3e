"""What records are called where a sentence says that one is missing or put away."""

from __future__ import annotations

from app.text import _

NOUNS = {
    "contract": _("contract"),
    "discount": _("discount"),
    "document": _("document"),
    "enrolment": _("enrolment"),
    "family": _("family"),
    "flat fee": _("flat fee"),
    "household": _("family"),
    "offering": _("offering"),
    "package": _("package"),
    "payer": _("payer"),
    "payment": _("payment"),
    "place": _("place"),
    "placement": _("placement"),
    "room": _("room"),
    "series": _("series"),
    "session": _("session"),
    "student": _("student"),
    "term": _("term"),
    "tutor": _("tutor"),
}


def noun(what: str) -> str:
    """Call a record by its word in the person's language."""
    return NOUNS.get(what, what)
