"""What can be wrong with an office, one statement at a time, and who must notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import Template

from tests.properties import (
    charge_rules,
    earning,
    ledger_rules,
    pricing,
    step_rules,
    timetable_rules,
)
from tests.properties.ledger_rules import Rule
from tests.properties.picture import Picture

StepRule = Callable[[Picture, Picture], Iterator[str]]

ROWS = {
    "invoice": "(SELECT min(id) FROM document WHERE kind = 'invoice')",
    "note": "(SELECT min(id) FROM document WHERE kind = 'credit_note')",
    "latest": "(SELECT max(id) FROM document)",
    "billed": """(SELECT min(id) FROM charge
        WHERE line_id IS NOT NULL AND live_key IS NOT NULL)""",
    "charge": """(SELECT min(id) FROM charge
        WHERE session_id IS NOT NULL AND live_key IS NOT NULL)""",
    "reversal": """(SELECT min(id) FROM charge
        WHERE reverses_id IS NOT NULL AND line_id IS NOT NULL)""",
    "reversed": "(SELECT min(reverses_id) FROM charge)",
    "place": """(SELECT min(a.id) FROM attendance a JOIN charge c
        ON c.session_id = a.session_id AND c.student_id = a.student_id
        WHERE c.live_key IS NOT NULL)""",
    "paid": """(SELECT min(id) FROM pay_line
        WHERE statement_id IS NOT NULL AND live_key IS NOT NULL)""",
    "pay_reversal": "(SELECT min(id) FROM pay_line WHERE reverses_id IS NOT NULL)",
    "statement": "(SELECT min(id) FROM pay_statement WHERE gross > 0)",
    "run": "(SELECT min(id) FROM pay_run)",
    "held": "(SELECT min(id) FROM session WHERE status = 'held')",
    "planned": "(SELECT max(id) FROM session WHERE status = 'planned')",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One statement that makes an office wrong.

    Attributes:
        rule: which rule must notice it.
        statement: what is done; names after a dollar stand for one row's id.
        code: what the program's own check must call it.
    """

    rule: Rule
    statement: str
    code: str


def sql_of(statement: str) -> str:
    """Put the ids of rows into a statement."""
    return Template(statement).substitute(ROWS)


LEDGER_FAULTS = (
    Fault(
        ledger_rules.accounts_are_even,
        "UPDATE allocation SET invoice_id = $invoice WHERE credit_note_id > 0",
        "balance",
    ),
    Fault(
        ledger_rules.money_stays_with_its_payer,
        "UPDATE allocation SET amount = amount + 1000000 WHERE amount > 0",
        "settled",
    ),
    Fault(
        ledger_rules.money_stays_with_its_payer,
        "UPDATE payment SET amount = 1 WHERE amount > 1000",
        "allocation",
    ),
    Fault(
        ledger_rules.reversals_take_back_payments,
        "UPDATE payment SET amount = amount - 1 WHERE reverses_id IS NOT NULL",
        "payment_chain",
    ),
    Fault(
        ledger_rules.documents_add_up,
        "UPDATE document SET net = net + 1, total = total + 1 WHERE id = $invoice",
        "document_sum",
    ),
    Fault(
        ledger_rules.documents_add_up,
        "UPDATE document SET net = net - 1, tax = tax + 1 WHERE id = $note",
        "document_sum",
    ),
    Fault(
        ledger_rules.whole_credits_give_back_the_tax,
        "UPDATE document SET tax = tax + 1, total = total + 1 WHERE id = $note",
        "document_chain",
    ),
    Fault(
        ledger_rules.faces_say_the_same,
        """UPDATE document SET face = replace(face, '"open":', '"open":1')
        WHERE id = $invoice""",
        "document_chain",
    ),
    Fault(
        ledger_rules.discounts_are_spread,
        "UPDATE document_line SET document_discount = document_discount + 1",
        "document_chain",
    ),
    Fault(
        ledger_rules.numbers_are_gapless,
        "UPDATE document SET sequence = sequence + 5 WHERE id = $latest",
        "numbers",
    ),
    Fault(
        ledger_rules.numbers_are_gapless,
        "UPDATE document SET issued_on = '2027-01-01' WHERE id = $invoice",
        "numbers",
    ),
    Fault(
        ledger_rules.lines_fit_charges,
        "UPDATE charge SET line_id = NULL WHERE id = $billed",
        "line",
    ),
    Fault(
        ledger_rules.lines_fit_charges,
        "UPDATE charge SET kind = 'travel' WHERE id = $billed",
        "line",
    ),
    Fault(ledger_rules.packages_add_up, "UPDATE lot_use SET units = 601", "package"),
    Fault(
        ledger_rules.packages_add_up,
        "UPDATE lot SET expires_on = '2026-03-03'",
        "package",
    ),
)
CHARGE_FAULTS = (
    Fault(
        charge_rules.every_place_is_charged_or_says_why,
        """UPDATE charge SET live_key = NULL, replaced_at = 1
        WHERE session_id IS NOT NULL""",
        "charge_missing",
    ),
    Fault(
        charge_rules.every_place_is_charged_or_says_why,
        "UPDATE attendance SET charge_reason = 'waived' WHERE id = $place",
        "double_charge",
    ),
    Fault(
        charge_rules.charges_are_single,
        """UPDATE charge SET live_key = 'again', kind = 'no_show'
        WHERE id = $reversed""",
        "double_charge",
    ),
    Fault(
        charge_rules.charges_fit_their_session,
        "UPDATE charge SET service_on = '2026-03-30' WHERE id = $charge",
        "record_changed",
    ),
    Fault(
        charge_rules.charges_cancel_out,
        "UPDATE charge SET amount = amount - 1 WHERE id = $reversal",
        "reversal",
    ),
    Fault(
        charge_rules.charges_cancel_out,
        "UPDATE charge SET live_key = 'again' WHERE id = $reversed",
        "reversal",
    ),
    Fault(
        charge_rules.charges_cancel_out,
        "UPDATE charge SET live_key = NULL WHERE id = $billed",
        "reversal",
    ),
    Fault(
        charge_rules.every_tutor_is_paid_or_says_why,
        """UPDATE pay_line SET live_key = NULL, replaced_at = 1
        WHERE session_id IS NOT NULL""",
        "pay_missing",
    ),
    Fault(
        charge_rules.every_tutor_is_paid_or_says_why,
        "UPDATE session_tutor SET pay_reason = 'waived' WHERE session_id = $held",
        "double_pay",
    ),
    Fault(
        charge_rules.every_tutor_is_paid_or_says_why,
        """UPDATE pay_line SET live_key = 'again', kind = 'no_show'
        WHERE id = (SELECT min(reverses_id) FROM pay_line)""",
        "double_pay",
    ),
    Fault(
        charge_rules.claims_are_paid,
        "UPDATE expense SET approved_amount = 1 WHERE withdrawn_at IS NULL",
        "record_changed",
    ),
    Fault(
        charge_rules.pay_lines_cancel_out,
        "UPDATE pay_line SET amount = amount - 1 WHERE id = $pay_reversal",
        "reversal",
    ),
    Fault(
        charge_rules.pay_lines_cancel_out,
        "UPDATE pay_line SET live_key = NULL WHERE id = $paid",
        "reversal",
    ),
    Fault(
        charge_rules.statements_add_up,
        "UPDATE pay_statement SET gross = gross + 1 WHERE id = $statement",
        "statement_sum",
    ),
    Fault(
        charge_rules.statements_add_up,
        "UPDATE pay_line SET statement_id = NULL WHERE id = $paid",
        "pay_chain",
    ),
    Fault(
        charge_rules.cancelled_runs_come_to_nothing,
        "UPDATE pay_run SET cancelled_at = 1 WHERE id = $run",
        "record_changed",
    ),
)
TIMETABLE_FAULTS = (
    Fault(
        timetable_rules.nobody_is_in_two_places,
        """UPDATE session SET starts_at = starts_at - 7200, ends_at = ends_at - 7200
        WHERE id = $planned""",
        "clash",
    ),
    Fault(
        timetable_rules.guard_knows_all,
        "DELETE FROM occupancy WHERE session_id = $planned",
        "occupancy",
    ),
    Fault(
        timetable_rules.groups_fit,
        "UPDATE offering SET group_size = 0",
        "record_changed",
    ),
    Fault(
        timetable_rules.statuses_fit,
        "UPDATE session SET status = 'planned' WHERE id = $held",
        "close_out",
    ),
    Fault(
        timetable_rules.statuses_fit,
        "UPDATE attendance SET state = 'absent' WHERE session_id = $held",
        "record_changed",
    ),
)
STEP_FAULTS: tuple[tuple[StepRule, str], ...] = (
    (
        timetable_rules.gaps_are_kept,
        """UPDATE session SET starts_at = starts_at - 3300, ends_at = ends_at - 3300
        WHERE id = $planned""",
    ),
    (
        timetable_rules.nobody_works_when_away,
        """UPDATE session SET starts_at = starts_at + 864000,
        ends_at = ends_at + 864000 WHERE id = $planned""",
    ),
    (
        step_rules.nothing_is_rewritten,
        "UPDATE charge SET reason = 'Other' WHERE id = $charge",
    ),
    (step_rules.nothing_is_rewritten, "DELETE FROM allocation"),
    (step_rules.journal_tells_all, "UPDATE student SET name = 'Eve'"),
    (step_rules.fixed_sessions_stand, "UPDATE session_tutor SET actual_minutes = 1"),
    (
        step_rules.fixed_sessions_stand,
        "UPDATE charge SET live_key = NULL WHERE id = $charge",
    ),
    (step_rules.others_money_stands, "UPDATE pay_line SET live_key = NULL"),
    (step_rules.locked_days_stand, "UPDATE pay_line SET live_key = NULL"),
    (step_rules.Archive.compared, "UPDATE document SET reason = 'Other'"),
    (step_rules.Archive.compared, "UPDATE document_line SET text = 'Other'"),
    (step_rules.Archive.compared, "DELETE FROM write_off"),
    (step_rules.Archive.compared, "UPDATE payment SET amount = amount + 1"),
    (
        step_rules.Archive.compared,
        "UPDATE pay_line SET amount = amount + 1 WHERE statement_id IS NOT NULL",
    ),
    (step_rules.Archive.compared, "UPDATE pay_statement SET net = net + 1"),
    (pricing.costs_of_all_are_right, "UPDATE charge SET amount = amount + 1"),
    (pricing.costs_of_all_are_right, "UPDATE lot_use SET units = units - 1"),
    (
        pricing.costs_of_all_are_right,
        "UPDATE attendance SET actual_minutes = 15 WHERE actual_minutes > 15",
    ),
    (earning.pay_of_all_is_right, "UPDATE pay_line SET amount = amount + 1"),
    (earning.pay_of_all_is_right, "UPDATE session_tutor SET actual_minutes = 7"),
)
FAULTS = (*LEDGER_FAULTS, *CHARGE_FAULTS, *TIMETABLE_FAULTS)
