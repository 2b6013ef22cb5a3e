"""Writes files whole or not at all; an older file stays until the new one is done."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.services.exporting.export import NotWrittenError


def write_file(path: Path, content: bytes) -> None:
    """Write a file beside its name first, and move it there when it is complete.

    Raises:
        NotWrittenError: There is no room, or no right to write there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, aside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).chmod(0o644)
            Path(aside).replace(path)
        finally:
            Path(aside).unlink(missing_ok=True)
    except OSError as error:
        raise NotWrittenError(path.parent, error.strerror or str(error)) from error
