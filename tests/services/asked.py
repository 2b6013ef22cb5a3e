"""Everything a service can be asked: its public methods, and requests for each.

A request is made from the types alone: the first value that its fields can have, and
then the same with one value that no office can keep.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from app.models.values.keepable import WALL
from app.models.values.policies import LateCancel, PolicyValue
from app.services.office import _OWN, Office

Method = Callable[..., Any]
Hint = Any  # what stands after the colon of an argument
Made = Any  # a value made for it
NOON = datetime(2026, 3, 10, 12)  # noqa: DTZ001  on the wall clock
PLAIN: dict[object, object] = {
    int: 1,
    str: "x",
    bool: False,
    Decimal: Decimal(1),
    date: NOON.date(),
    datetime: NOON.replace(tzinfo=UTC),
    NoneType: None,
    object: None,
    Any: None,
    PolicyValue: LateCancel(),
}
FAR = datetime.max.replace(microsecond=0)  # noqa: DTZ901
BAD: dict[object, tuple[object, ...]] = {
    int: (-1, 0, 10**12, 2**31, 2**63, 10**400),
    str: ("", "a\0b", "\ud800", "x" * 70_000, "§"),
    Decimal: tuple(
        map(Decimal, ("NaN", "sNaN", "-Infinity", "1E+999999", "1E-999999", "-1"))
    ),
    date: (date.min, date.max, date(1900, 1, 1), date(2199, 12, 31)),
    datetime: (
        datetime.min.replace(tzinfo=UTC),
        FAR.replace(tzinfo=UTC),
        NOON,
        datetime(1900, 1, 1, tzinfo=UTC),
        datetime(2199, 12, 31, 23, 59, tzinfo=UTC),
    ),
    WALL: (
        datetime.min,  # noqa: DTZ901
        FAR,
        NOON.replace(tzinfo=UTC),
        datetime(1900, 1, 1),  # noqa: DTZ001
        datetime(2199, 12, 31, 23, 59),  # noqa: DTZ001
    ),
}


def methods(office: Office) -> dict[str, Method]:
    """Name every public method of every service."""
    services = {
        name: getattr(office, name)
        for name in office.__dataclass_fields__
        if name not in _OWN
    }
    return {
        f"{name}.{method}": bound
        for name, service in services.items()
        for method, bound in inspect.getmembers(service, inspect.ismethod)
        if not method.startswith("_")
    }


@cache
def hints_of(thing: Hint) -> Mapping[str, Hint]:
    """Read what types the arguments of a method, or the fields of a class, have."""
    return get_type_hints(thing, include_extras=True)


def _origin(hint: Hint) -> Hint:
    return get_origin(hint)


def _is_request(kind: Hint) -> bool:
    return is_dataclass(kind)


def choices(hint: Hint) -> tuple[Hint, ...]:
    """List the types that a value may have; nothing at all comes last."""
    if _origin(hint) in {Union, UnionType}:
        found = [each for part in get_args(hint) for each in choices(part)]
        return tuple(sorted(found, key=lambda each: each is NoneType))
    if _origin(hint) is Annotated and WALL in hint.__metadata__:
        return (WALL,)
    return (hint,)


def plain(hint: Hint, folder: Path) -> Made:
    """Make a value of a type that may well be right."""
    kind = choices(hint)[0]
    if kind is WALL:
        return NOON
    if _origin(kind) is Callable:
        return lambda: None
    if get_args(kind):
        return _collection(kind, folder)
    if kind is Path:
        return folder / "made"
    return PLAIN[kind] if kind in PLAIN else _one_of(kind, folder)


def _collection(kind: Hint, folder: Path) -> Made:
    inner = [plain(each, folder) for each in get_args(kind) if each is not Ellipsis]
    if issubclass(_origin(kind), Mapping):
        return {inner[0]: inner[1]}
    return _held(kind, *inner)


def _one_of(kind: Hint, folder: Path) -> Made:
    if issubclass(kind, Enum):
        return next(iter(kind))
    assert _is_request(kind), kind
    wanted = {
        field.name: plain(hints_of(kind)[field.name], folder)
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }
    return kind(**wanted)


def _held(kind: Hint, *ones: Made) -> Made:
    """Put things into a collection of a type."""
    return set(ones) if issubclass(_origin(kind), AbstractSet) else ones


def spoilt(hint: Hint, whole: Made, folder: Path) -> Iterator[Made]:
    """Make a value anew with one part that is wrong, each part once."""
    for kind in choices(hint):
        if _origin(kind) is Callable:
            continue
        yield from BAD.get(kind, ())
        inner = get_args(kind)
        if inner and issubclass(_origin(kind), Mapping):
            key, value = (plain(each, folder) for each in inner)
            yield from ({bad: value} for bad in spoilt(inner[0], key, folder))
            yield from ({key: bad} for bad in spoilt(inner[1], value, folder))
        elif _origin(kind) is tuple and inner[-1] is not Ellipsis:
            made = plain(kind, folder)
            for place, each in enumerate(inner):
                for bad in spoilt(each, made[place], folder):
                    yield (*made[:place], bad, *made[place + 1 :])
        elif inner:
            one = plain(inner[0], folder)
            yield from (_held(kind, bad) for bad in spoilt(inner[0], one, folder))
        elif _is_request(kind):
            made = whole if isinstance(whole, kind) else plain(kind, folder)
            yield from _spoilt_fields(kind, made, folder)


def _spoilt_fields(kind: Hint, made: Made, folder: Path) -> Iterator[Made]:
    for field in fields(kind):
        for bad in spoilt(
            hints_of(kind)[field.name], getattr(made, field.name), folder
        ):
            try:
                yield replace(made, **{field.name: bad})
            except ValueError:  # a value that refuses itself comes to no door
                continue


def askings(method: Method, folder: Path) -> Iterator[dict[str, Any]]:
    """Make every set of arguments for a method with one part that is wrong."""
    hints = {name: hint for name, hint in hints_of(method).items() if name != "return"}
    taken = inspect.signature(method).parameters.values()
    wanted = {
        each.name: plain(hints[each.name], folder)
        for each in taken
        if each.default is each.empty and each.kind is not each.VAR_POSITIONAL
    }
    yield wanted
    for name, hint in hints.items():
        for bad in spoilt(hint, wanted.get(name), folder):
            yield {**wanted, name: bad}
