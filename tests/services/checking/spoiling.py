"""Ways to spoil an office behind the program's back, and what the check must say.

``$held``, ``$invoice``, ``$paid``, ``$charged`` and ``$worked`` stand for the first
session held, invoice, payment, session's charge and session's pay line.
"""

from __future__ import annotations

from string import Template

FIRST = {
    "held": "(SELECT min(id) FROM session WHERE status = 'held')",
    "invoice": "(SELECT min(id) FROM document WHERE kind = 'invoice')",
    "paid": "(SELECT min(id) FROM payment)",
    "charged": (
        "(SELECT min(id) FROM charge WHERE live_key IS NOT NULL AND session_id > 0)"
    ),
    "worked": "(SELECT min(id) FROM pay_line WHERE session_id > 0)",
    "line": (
        "(SELECT min(id) FROM document_line WHERE document_id ="
        " (SELECT min(id) FROM document))"
    ),
}

# The code of the finding, and the statement after which it is found.
SPOILT: list[tuple[str, str]] = [
    ("schema", "ALTER TABLE subject ADD COLUMN colour TEXT"),
    ("schema", "DROP INDEX ix_journal_step"),
    (
        "clash",
        (
            "UPDATE session SET starts_at = (SELECT starts_at FROM session WHERE"
            " id = 1), ends_at = (SELECT ends_at FROM session WHERE id ="
            " 1) WHERE id = 2"
        ),
    ),
    ("occupancy", "DELETE FROM occupancy WHERE session_id = 3"),
    (
        "occupancy",
        (
            "INSERT INTO occupancy (starts, ends, session_id) SELECT starts + 1000000,"
            " ends + 1000000, session_id FROM occupancy LIMIT 1"
        ),
    ),
    ("close_out", "DELETE FROM close_out WHERE session_id = $held"),
    ("close_out", "UPDATE session SET status = 'planned' WHERE id = $held"),
    ("charge_missing", "UPDATE charge SET live_key = NULL WHERE id = $charged"),
    ("pay_missing", "UPDATE pay_line SET live_key = NULL WHERE id = $worked"),
    (
        "double_charge",
        (
            "UPDATE attendance SET charge_reason = 'waived' WHERE session_id ="
            " (SELECT session_id FROM charge WHERE id = $charged)"
        ),
    ),
    (
        "double_pay",
        (
            "UPDATE session_tutor SET pay_reason = 'waived' WHERE session_id ="
            " (SELECT session_id FROM pay_line WHERE id = $worked)"
        ),
    ),
    ("document_sum", "UPDATE document SET net = net + 1 WHERE id = $invoice"),
    ("document_sum", "UPDATE document_line SET amount = amount + 1 WHERE id = $line"),
    ("numbers", "UPDATE document SET sequence = sequence + 500 WHERE id = $invoice"),
    ("numbers", "UPDATE number_series SET next_number = next_number + 1"),
    ("numbers", "UPDATE document SET issued_on = '2026-12-24' WHERE id = $invoice"),
    (
        "line",
        (
            "UPDATE charge SET amount = amount + 1 WHERE id ="
            " (SELECT min(charge_id) FROM document_line)"
        ),
    ),
    (
        "line",
        (
            "UPDATE charge SET line_id = 999999 WHERE id ="
            " (SELECT min(id) FROM charge WHERE line_id IS NULL)"
        ),
    ),
    (
        "reversal",
        "UPDATE charge SET amount = amount + 1 WHERE reverses_id IS NOT NULL",
    ),
    (
        "reversal",
        (
            "UPDATE charge SET live_key = 'again' WHERE id ="
            " (SELECT min(reverses_id) FROM charge)"
        ),
    ),
    (
        "settled",
        (
            "UPDATE allocation SET amount = amount + 10000000 WHERE id ="
            " (SELECT min(id) FROM allocation WHERE payment_id IS NOT NULL)"
        ),
    ),
    (
        "balance",
        (
            "UPDATE allocation SET invoice_id = (SELECT max(id) FROM document WHERE"
            " kind = 'invoice') WHERE id = (SELECT min(id) FROM allocation WHERE"
            " payment_id IS NOT NULL)"
        ),
    ),
    ("allocation", "UPDATE payment SET amount = 1 WHERE id = $paid"),
    ("package", "UPDATE lot SET granted = 1"),
    ("package", "UPDATE lot SET expires_on = '2026-02-03'"),
    ("statement_sum", "UPDATE pay_statement SET gross = gross + 1 WHERE id = 1"),
    ("statement_sum", "UPDATE pay_statement SET deducted = 7, net = net - 7"),
    ("journal_chain", "UPDATE journal SET actor = 'nobody' WHERE id = 20"),
    ("journal_chain", "UPDATE journal SET after = '{}' WHERE id = 20"),
    ("journal_chain", "DELETE FROM journal WHERE id = 20"),
    ("document_chain", "UPDATE document SET reason = 'x' WHERE id = $invoice"),
    ("document_chain", "UPDATE document_line SET text = 'x' WHERE id = $line"),
    ("payment_chain", "UPDATE payment SET method = 'gold' WHERE id = $paid"),
    ("pay_chain", "UPDATE pay_statement SET number = 'PAY-1' WHERE id = 1"),
    ("pay_chain", "UPDATE pay_line SET reason = 'x' WHERE statement_id IS NOT NULL"),
    ("record_changed", "UPDATE close_out SET closed_by = 'x' WHERE id = 2"),
    ("record_changed", "UPDATE series SET tutor_ids = '[9]' WHERE id = 2"),
    ("record_changed", "UPDATE series SET until_on = '2027-01-01' WHERE id = 2"),
    ("record_added", "INSERT INTO subject (name, version) VALUES ('Alchemy', 1)"),
    ("record_lost", "DELETE FROM note WHERE id = 3"),
    ("unreadable", "UPDATE session SET status = 'dreamt' WHERE id = 4"),
    ("unreadable", "UPDATE document SET face = '{' WHERE id = 1"),
]
# What a server refuses by itself, or does not have.
SPOILT_FILES: list[tuple[str, str]] = [
    ("guard", "DROP TRIGGER occupancy_insert"),
    ("guard", "DROP TRIGGER occupancy_update"),
    ("reference", "DELETE FROM household WHERE id = 2"),
]


def statement(spoilt: str) -> str:
    """Write a statement out."""
    return Template(spoilt).substitute(FIRST)
