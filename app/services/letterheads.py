"""The office as the head of its documents, from its record or as it was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.office import OfficeProfile
from app.services.documents.values import Letterhead


def letterhead_of(office: OfficeProfile, logo: bytes = b"") -> Letterhead:
    """Give the office as it is now."""
    return Letterhead(
        office.name,
        tuple(office.address.splitlines()),
        office.contact,
        office.legal,
        _mark(office.name),
        logo,
    )


def frozen_letterhead(office: Mapping[str, Any], logo: bytes = b"") -> Letterhead:
    """Give the office as it was when a document was frozen."""
    return Letterhead(
        office["name"],
        tuple(office["address"]),
        office["contact"],
        office["legal"],
        _mark(office["name"]),
        logo,
    )


def _mark(name: str) -> str:
    """Give the letter that stands for the office."""
    return name.strip()[:1].upper()
