"""Care of the office's file: migrate, check, backup, restore, export."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing

from app.bootstrap import database_url, migrate_office, open_office
from app.cli.printing import complain, print_json, say
from app.models.values.errors import UnavailableError
from app.services import backup
from app.services.checking.check import Checked
from app.services.clock import SystemClock
from app.services.office import Office
from app.settings import chosen_office, default_office
from app.text import ngettext

_NAMED = 12  # records that a fault names on screen; the JSON document names all


def address(asked: argparse.Namespace) -> str:
    """Give the office that was named, or this user's own."""
    if asked.office is not None:
        return str(asked.office)
    return chosen_office()


def opened(asked: argparse.Namespace) -> AbstractContextManager[Office]:
    """Open the office that was named, and close it at the end of the block."""
    return closing(open_office(address(asked)))


def migrate(asked: argparse.Namespace) -> int:
    """Bring the office's tables up to date."""
    done = migrate_office(address(asked))
    if asked.json:
        print_json(
            {
                "before": done.before,
                "after": done.after,
                "copy": str(done.copy) if done.copy else None,
            }
        )
    elif done.before == done.after:
        say(f"The office is up to date (version {done.after}).")
    elif not done.before:
        say(f"The office's tables were made (version {done.after}).")
    else:
        say(f"The office was brought from version {done.before} to {done.after}.")
        if done.copy:
            say(f"The file as it was lies in {done.copy}.")
    return 0


def check(asked: argparse.Namespace) -> int:
    """Check the whole office and tell what was found."""
    try:
        with opened(asked) as office:
            checked = office.checking.check()
    except UnavailableError as error:
        if asked.json:
            print_json({"ok": False, "findings": [_finding("storage", str(error))]})
        raise
    if asked.json:
        findings = [
            _finding(found.code, found.message, found.records)
            for found in checked.findings
        ]
        print_json({"ok": checked.is_ok, "findings": findings})
    else:
        _tell(checked)
    faults = sum(finding.is_error for finding in checked.findings)
    if faults:
        text = ngettext(
            "The check of “{office}” found {count} fault; see above.",
            "The check of “{office}” found {count} faults; see above.",
            faults,
        )
        complain(text.format(office=address(asked), count=faults))
    return 1 if faults else 0


def _finding(code: str, message: str, records: Sequence[str] = ()) -> dict[str, object]:
    return {"code": code, "message": message, "records": list(records)}


def _tell(checked: Checked) -> None:
    for finding in checked.findings:
        mark = "FAULT" if finding.is_error else "look" if finding.records else "ok"
        say(f"{mark:5}  {finding.message}")
        if finding.is_error and finding.records:
            say(f"       {', '.join(finding.records[:_NAMED])}")
    if checked.is_ok:
        say("All is well.")


def back_up(asked: argparse.Namespace) -> int:
    """Write the office into one file."""
    url = database_url(address(asked))
    open_office(address(asked)).close()
    is_new = not asked.file.exists()
    backup.back_up(url, asked.file, SystemClock())
    say(f"The whole office lies in {asked.file}.")
    if not is_new:
        say("It took the place of the file that had this name before.")
    return 0


def restore(asked: argparse.Namespace) -> int:
    """Put a backup in the office's place."""
    url = database_url(address(asked))
    restored = backup.restore(asked.file, url, SystemClock(), default_office().parent)
    say(f"The office was restored from {asked.file}.")
    if restored.former:
        say(f"What was there before lies in {restored.former}.")
    return 0


def export(asked: argparse.Namespace) -> int:
    """Write every record as CSV."""
    with opened(asked) as office:
        exported = office.export.write(asked.folder)
    total = sum(exported.rows.values())
    say(f"{total} records in {len(exported.rows)} files lie in {exported.folder}.")
    return 0
