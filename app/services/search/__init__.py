"""Finding people, sessions and documents by a few letters."""

from app.services.search.index import Hit, HitKind
from app.services.search.service import Search

__all__ = ["Hit", "HitKind", "Search"]
