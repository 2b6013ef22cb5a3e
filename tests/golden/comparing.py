"""Compares what came out with what a case expects; only what is stated counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.values.billing import DocumentKind
from app.models.values.money import parse_amount
from tests.golden.outcome import Outcome
from tests.golden.steps import Book
from tests.golden.story import Expect, Story
from tests.golden.strict import Amount, CaseError

Facts = Mapping[str, Any]


def differences(told: Story, outcome: Outcome) -> list[str]:
    """List in words where the outcome is not what the story expects.

    Raises:
        CaseError: It expects something of what is nowhere in it.
    """
    expect, currency = told.expect, told.office.currency
    return [
        *_papers("invoices", expect, outcome, DocumentKind.INVOICE, currency),
        *_papers("credits", expect, outcome, DocumentKind.CREDIT_NOTE, currency),
        *_statements(expect, outcome, currency),
        *_whole("waiting", expect, outcome.waiting, currency),
        *_whole("unpaid", expect, outcome.unpaid, currency),
        *_reasons(told, outcome),
        *_table("balances", expect, outcome.balances, currency),
        *_table("package_left", expect, outcome.package_left, currency),
    ]


def fits(wanted: Facts, found: Facts, currency: str) -> bool:
    """Say whether something is as stated, in the keys given."""
    return all(_is(wanted[key], found[key], currency) for key in wanted)


def unmatched(
    wanted: Sequence[Facts], found: Sequence[Facts], currency: str
) -> list[Facts]:
    """Give what is stated and has no counterpart, each found thing being used once."""
    taken: dict[int, int] = {}  # found by wanted

    def place(number: int, tried: set[int]) -> bool:
        for other, thing in enumerate(found):
            if other in tried or not fits(wanted[number], thing, currency):
                continue
            tried.add(other)
            if other not in taken or place(taken[other], tried):
                taken[other] = number
                return True
        return False

    return [one for number, one in enumerate(wanted) if not place(number, set())]


def _is(wanted: object, found: object, currency: str) -> bool:
    if isinstance(wanted, Amount):
        return parse_amount(wanted, currency) == found
    return wanted == found


def _papers(
    key: str, expect: Expect, outcome: Outcome, kind: DocumentKind, currency: str
) -> list[str]:
    if key not in expect:
        return []
    return _listed(key, expect[key], outcome.documents(kind), currency)  # type: ignore[literal-required]


def _statements(expect: Expect, outcome: Outcome, currency: str) -> list[str]:
    if "statements" not in expect:
        return []
    return _listed("statements", expect["statements"], outcome.statements(), currency)


def _listed(
    what: str, wanted: Sequence[Facts], found: Sequence[Facts], currency: str
) -> list[str]:
    """Compare in order; of lines, each that is stated must be there."""
    faults = []
    if len(wanted) != len(found):
        faults.append(f"{what}: {len(wanted)} expected, there are {len(found)}")
    for number, (one, other) in enumerate(zip(wanted, found, strict=False)):
        place = f"{what}[{number}]"
        for key, value in one.items():
            if key == "lines":
                left = unmatched(value, other["lines"], currency)
                faults += [f"{place}: no line {_words(line)}" for line in left]
            elif not _is(value, other[key], currency):
                faults.append(f"{place}.{key}: {value} expected, not {other[key]}")
    return [*faults, *(f"{what} found: {_words(one)}" for one in found if faults)]


def _whole(what: str, expect: Expect, ask: Any, currency: str) -> list[str]:  # noqa: ANN401
    """Compare all there is, in any order."""
    if what not in expect:
        return []
    wanted, found = expect[what], ask()  # type: ignore[literal-required]
    left = unmatched(wanted, found, currency)
    if not left and len(wanted) == len(found):
        return []
    return [
        *(f"{what}: no {_words(line)}" for line in left),
        *(f"{what} found: {_words(line)}" for line in found),
    ]


def _table(what: str, expect: Expect, ask: Any, currency: str) -> list[str]:  # noqa: ANN401
    """Compare by name; nothing stated by name means that there is nothing."""
    if what not in expect:
        return []
    wanted, found = expect[what], ask()  # type: ignore[literal-required]
    if not wanted:
        wanted = dict.fromkeys(found, 0)
    return [
        f"{what}.{name}: {value} expected, not {found.get(name)}"
        for name, value in wanted.items()
        if not _is(value, found.get(name), currency)
    ]


def _reasons(told: Story, outcome: Outcome) -> list[str]:
    if "reasons" not in told.expect:
        return []
    wanted, found = told.expect["reasons"], outcome.reasons()
    if not wanted:
        return [f"reasons: {name} is not charged: {why}" for name, why in found.items()]
    return [
        f"reasons.{name}: {reason} expected, not {found.get(place, 'charged')}"
        for name, reason in wanted.items()
        for place in _places(told, name)
        if found.get(place) is not reason
    ]


def _places(told: Story, name: str) -> list[str]:
    """Give the places that a name means: one, or all of a session."""
    booked = {step.session: step for step in told.steps if isinstance(step, Book)}
    session, _, student = name.partition("/")
    students = booked[session].students if session in booked else ()
    if not students or (student and student not in students):
        raise CaseError(name, "there is no such place in the case")
    return [f"{session}/{one}" for one in students if student in {"", one}]


def _words(facts: Facts) -> str:
    return ", ".join(f"{key} {value}" for key, value in facts.items())
