"""What the office sells: subjects, levels, offerings, prices and tax codes."""

from app.services.catalog.archiving import CatalogKind
from app.services.catalog.offerings import Catalog
from app.services.catalog.prices import write_price
from app.services.catalog.requests import (
    AddOffering,
    AddTaxCode,
    ChangeOffering,
    LevelRow,
    OfferingRow,
    PriceRow,
    SetPrice,
    SubjectRow,
    TaxCodeRow,
)

__all__ = [
    "AddOffering",
    "AddTaxCode",
    "Catalog",
    "CatalogKind",
    "ChangeOffering",
    "LevelRow",
    "OfferingRow",
    "PriceRow",
    "SetPrice",
    "SubjectRow",
    "TaxCodeRow",
    "write_price",
]
