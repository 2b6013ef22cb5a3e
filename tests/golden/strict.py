"""Reads JSON into typed values; what is unknown, missing or no such thing is named."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import (
    Any,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WALL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")
_NAMES: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false"}


class CaseError(Exception):
    """A case says something that its format does not know."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


class Amount(str):
    """Money as cases write it: major units with a point, such as ``48.00``."""

    __slots__ = ()


def read(kind: Any, data: Any, where: str) -> Any:  # noqa: ANN401  any type of the format
    """Read a value of a type.

    Dataclasses take their defaults for what is left out; of a typed dictionary only
    what is given is kept. A trailing underscore keeps names from Python's own words.

    Raises:
        CaseError: The value is none of the type; the message names the place.
    """
    origin = get_origin(kind)
    if origin is not None:
        return _compound(origin, get_args(kind), data, where)
    if is_dataclass(kind):
        return read_record(kind, data, where)
    if is_typeddict(kind):
        return _known(_hints(kind), data, where)
    return _plain(kind, data, where)


def _compound(origin: Any, of: tuple[Any, ...], data: Any, where: str) -> Any:  # noqa: ANN401
    if origin in {types.UnionType, Union}:
        return _one_of(of, data, where)
    if origin is Literal:
        return _literal(of, data, where)
    if origin is tuple:
        return _list(of[0], data, where)
    return _table(of[0], of[1], data, where)


def read_record(kind: Any, data: Any, where: str, **ready: Any) -> Any:  # noqa: ANN401
    """Read a dataclass of which some fields are ready already.

    Raises:
        CaseError: A key is unknown or missing, or a value is none of its type.
    """
    hints = {key: hint for key, hint in _hints(kind).items() if key not in ready}
    given = {**_known(hints, data, where), **ready}
    values: dict[str, Any] = {}
    for field in fields(kind):
        key = field.name.rstrip("_")
        if key in given:
            values[field.name] = given[key]
        elif field.default is MISSING and field.default_factory is MISSING:
            raise CaseError(where, f"“{key}” is missing")
    return kind(**values)


def read_part(data: Mapping[str, Any], key: str, where: str) -> str:
    """Read a text that decides how the rest of an object is read.

    Raises:
        CaseError: It is not there, or no text.
    """
    if key not in data:
        raise CaseError(where, f"“{key}” is missing")
    text: str = read(str, data[key], f"{where}.{key}")
    return text


@cache
def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401  a dataclass or typed dictionary
    return {name.rstrip("_"): hint for name, hint in get_type_hints(kind).items()}


def _known(hints: Mapping[str, Any], data: Any, where: str) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(data, dict):
        raise CaseError(where, f"{_shown(data)} is no object")
    for key in data:
        if key not in hints:
            raise CaseError(where, f"“{key}” is no key of the format")
    return {key: read(hints[key], data[key], f"{where}.{key}") for key in data}


def _list(kind: Any, data: Any, where: str) -> tuple[Any, ...]:  # noqa: ANN401
    if not isinstance(data, list):
        raise CaseError(where, f"{_shown(data)} is no list")
    return tuple(read(kind, one, f"{where}[{n}]") for n, one in enumerate(data))


def _table(keys: Any, kind: Any, data: Any, where: str) -> dict[Any, Any]:  # noqa: ANN401
    if not isinstance(data, dict):
        raise CaseError(where, f"{_shown(data)} is no object")
    found: dict[Any, Any] = {}
    for key, value in data.items():
        name = _number_key(key, where) if keys is int else key
        found[name] = read(kind, value, f"{where}.{key}")
    return found


def _number_key(key: str, where: str) -> int:
    if not key.isdecimal():
        raise CaseError(where, f"“{key}” is no whole number")
    return int(key)


def _one_of(kinds: tuple[Any, ...], data: Any, where: str) -> Any:  # noqa: ANN401
    if data is None and types.NoneType in kinds:
        return None
    rest = [kind for kind in kinds if kind is not types.NoneType]
    faults = []
    for kind in rest:
        try:
            return read(kind, data, where)
        except CaseError as fault:
            faults.append(fault)
    raise faults[-1]


def _literal(allowed: tuple[Any, ...], data: Any, where: str) -> Any:  # noqa: ANN401
    if data not in allowed:
        words = ", ".join(str(one) for one in allowed)
        raise CaseError(where, f"{_shown(data)} is none of: {words}")
    return data


def _plain(kind: Any, data: Any, where: str) -> Any:  # noqa: ANN401
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(_literal(tuple(one.value for one in kind), data, where))
    if kind is Amount:
        return _amount(data, where)
    if kind is Decimal:
        return _decimal(data, where)
    if kind in {date, datetime}:
        return _moment(kind, data, where)
    is_bool = isinstance(data, bool)
    if not isinstance(data, kind) or (is_bool and kind is not bool):
        raise CaseError(where, f"{_shown(data)} is not {_NAMES[kind]}")
    return data


def _amount(data: Any, where: str) -> Amount:  # noqa: ANN401
    if not isinstance(data, str) or not _AMOUNT.fullmatch(data):
        raise CaseError(where, f"{_shown(data)} is no amount such as “48.00”")
    return Amount(data)


def _decimal(data: Any, where: str) -> Decimal:  # noqa: ANN401
    is_number = isinstance(data, str | int) and not isinstance(data, bool)
    try:
        number = Decimal(data) if is_number else Decimal("nan")
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise CaseError(where, f"{_shown(data)} is no number such as “33.33”")
    return number


def _moment(kind: Any, data: Any, where: str) -> Any:  # noqa: ANN401
    form = WALL if kind is datetime else DAY
    if isinstance(data, str) and form.fullmatch(data):
        try:
            return kind.fromisoformat(data)
        except ValueError:
            pass
    example = "2026-11-04T16:00" if kind is datetime else "2026-11-04"
    raise CaseError(where, f"{_shown(data)} is not such as “{example}”")


def _shown(data: Any) -> str:  # noqa: ANN401
    return f"“{data}”" if isinstance(data, str) else repr(data)
