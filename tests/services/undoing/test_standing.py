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


def test_ordinary_records_may_go_back() -> None:
    refuse_documents({"session", "attendance", "charge", "pay_line"})
