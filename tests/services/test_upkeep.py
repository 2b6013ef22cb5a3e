"""The day's chores are done once, however often they are asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.models.values.actors import Actor, Role
from app.services.desk import Desk, OfficeOnlyError
from app.services.office import Office
from tests.conventions import ROOT
from tests.factories import Make
from tests.fakes import FakeClock

FRIDAY = datetime(2026, 3, 27, 15, tzinfo=UTC)


def test_a_late_close_out_becomes_a_task_once(
    office: Office, make: Make, clock: FakeClock
) -> None:
    make.office()
    make.session(FRIDAY, tutors=[make.tutor("Anna")])
    clock.set(2026, 3, 31, 12)
    assert len(office.upkeep.run().tasks.made) == 1
    before = office.watching.latest()
    again = office.upkeep.run()
    assert (again.expired, again.tasks.made) == (0, ())
    assert office.watching.latest() == before


def test_a_tutor_does_no_chores(office: Office, make: Make) -> None:
    make.office()
    own = office.acting_as(Actor("Anna", Role.TUTOR, make.tutor("Anna")))
    with pytest.raises(OfficeOnlyError):
        own.upkeep.run()


def test_every_service_of_a_desk_is_in_the_office(office: Office, desk: Desk) -> None:
    """Find every class that is made from a desk alone; all of them must be at hand."""
    del desk
    known = {base for one in _services(office) for base in type(one).__mro__}
    missing = [name for name, kind in _made_from_a_desk() if kind not in known]
    assert missing == []


def _services(office: Office) -> list[object]:
    return [getattr(office, name) for name in office.__dataclass_fields__]


def _made_from_a_desk() -> list[tuple[str, type]]:
    import ast  # noqa: PLC0415
    from importlib import import_module  # noqa: PLC0415

    found = []
    for path in sorted((ROOT / "app" / "services").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in tree.body:
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and part.name == "__init__":
                    given = [
                        ast.unparse(one.annotation)
                        for one in part.args.args[1:]
                        if one.annotation
                    ]
                    if given == ["Desk"]:
                        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                        found.append(
                            (node.name, getattr(import_module(name), node.name))
                        )
    return found
