"""What stands for ever names what to do instead."""

from __future__ import annotations

import pytest

from app.services.undoing.errors import StandingStepError
from app.services.undoing.standing import refuse_documents


@pytest.mark.parametrize(
    ("table", "instead"),
    [
        ("document", "make a credit note"),
        ("payment", "reverse the payment"),
        ("allocation", "reverse the payment"),
        ("write_off", "record the payment"),
        ("pay_run", "cancel it while it is unpaid"),
        ("pay_statement", "next run"),
        ("run", "make a credit note"),
    ],
)
def test_each_kind_has_a_way_back_of_its_own(table: str, instead: str) -> None:
    with pytest.raises(StandingStepError, match=instead):
        refuse_documents({table, "session"})


def test_only_a_record_that_stands_keeps_ordinary_ones_from_going_back() -> None:
    ordinary = {"session", "attendance", "charge", "pay_line"}
    refuse_documents(ordinary)
    for standing in ("document", "payment", "pay_statement"):
        with pytest.raises(StandingStepError):
            refuse_documents(ordinary | {standing})
