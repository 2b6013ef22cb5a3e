"""Changes an office behind the program's back, as a disk or another program would."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg


def tamper(address: str, *statements: str) -> None:
    """Carry out SQL on a file or a server, with no foreign keys in the way."""
    if "://" in address:
        with psycopg.connect(address) as server:
            server.execute("SET session_replication_role = replica")
            for statement in statements:
                server.execute(statement.encode())
        return
    with closing(sqlite3.connect(address)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


def picture(folder: Path) -> dict[str, bytes]:
    """Take a picture of every file in a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
