"""Column types: how our values lie in the database, alike on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

WORD_LENGTH = 32
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored as whole seconds since 1970; refused without a time zone."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> int | None:
        """Turn an aware datetime into seconds."""
        if value is None:
            return None
        if value.utcoffset() is None:
            msg = f"refusing to store a datetime without a time zone: {value}"
            raise ValueError(msg)
        return int(value.timestamp())

    def process_result_value(
        self, value: int | None, dialect: Dialect
    ) -> datetime | None:
        """Turn seconds into an aware datetime in UTC."""
        return _instant(value)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[int | None], datetime | None]:
        """Give what reads values straight from the driver, for these are many."""
        return _instant


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A percentage, tax rate or distance, stored as its exact decimal text."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write the number without an exponent."""
        return None if value is None else f"{value:f}"

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> Decimal | None:
        """Read the number exactly."""
        return None if value is None else Decimal(value)


class Word(TypeDecorator[Enum]):
    """A word from a list, stored as its text; the list itself lives in the code.

    No CHECK constraint goes with it, so a new word needs no migration.
    """

    impl = String(WORD_LENGTH)
    cache_ok = True

    def __init__(self, words: type[Enum]) -> None:
        super().__init__()
        self.words = words
        self._members = _Members(words)

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:
        """Store the word, refusing one that is not on the list."""
        return None if value is None else str(self.words(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Enum | None:
        """Read the word back as a member of its list."""
        return self._members[value]

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], Enum | None]:
        """Give what reads words straight from the driver, for these are many."""
        return self._members.__getitem__


class _Members(dict[str | None, Enum | None]):
    """The words of a list by their texts; nothing stands for nothing."""

    def __init__(self, words: type[Enum]) -> None:
        super().__init__({word.value: word for word in words})
        self[None] = None
        self._words = words

    def __missing__(self, value: str) -> Enum:
        """Refuse a text that is not on the list, as the list itself does."""
        return self._words(value)


class JsonText(TypeDecorator[Any]):
    """A small structure, stored as JSON text with sorted keys."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Write canonical JSON, so that equal values are equal texts."""
        return None if value is None else canonical_json(value)

    def process_result_value(  # any JSON value
        self, value: str | None, dialect: Dialect
    ) -> Any:  # noqa: ANN401
        """Read the structure."""
        return None if value is None else json.loads(value)


def canonical_json(value: object) -> str:
    """Write JSON that is the same text for the same value, on every machine."""
    return _CANONICAL.encode(value)


def canonical_list(parts: Iterable[str | int | None]) -> str:
    """Write a list of texts and whole numbers as `canonical_json` would, but sooner."""
    written = (
        "null"
        if part is None
        else encode_basestring(part)
        if isinstance(part, str)
        else str(part)
        for part in parts
    )
    return f"[{','.join(written)}]"
