"""The base of all mapped classes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, dataclass_transform

from sqlalchemy import BigInteger, Integer, MetaData, Table
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    declared_attr,
    mapped_column,
)

from app.models.types import ExactDecimal, UtcDateTime, Word

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# Every whole number has 64 bits on both databases, so that both keep the same.
BIG = BigInteger().with_variant(Integer, "sqlite")
SENSITIVE = {"sensitive": True}  # journalled as “changed”, never by value


def word(words: type[Enum], **options: Any) -> Any:  # noqa: ANN401  as mapped_column
    """Map a column that holds one word of a list."""
    return mapped_column(Word(words), **options)


@dataclass_transform(
    kw_only_default=True, eq_default=False, field_specifiers=(mapped_column, word)
)
class Model(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """A thing the office keeps a record of."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar = {
        int: BIG,
        datetime: UtcDateTime,
        Decimal: ExactDecimal,
    }

    id: Mapped[int] = mapped_column(BIG, primary_key=True, init=False)
    version: Mapped[int] = mapped_column(Integer, init=False, insert_default=1)

    @classmethod
    def __table_cls__(cls, *parts: Any, **options: Any) -> Table:  # noqa: ANN401
        """Make the table; what was deleted never gives its id to something new."""
        return Table(*parts, sqlite_autoincrement=True, **options)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  a class, by decorator
        return {"version_id_col": cls.version}
