"""Writes files whole or not at all; an older file stays until the new one is done."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from app.services.exporting.export import NotWrittenError


def write_file(path: Path, content: bytes) -> None:
    """Write a file beside its name first, and move it there when it is complete.

    Raises:
        NotWrittenError: There is no room, or no right to write there.
    """
    aside = path.with_name(f".writing-{uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with aside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise NotWrittenError(path.parent, error.strerror or str(error)) from error
