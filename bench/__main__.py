"""``python -m bench``: the verb ``bench`` of the program, by another name."""

from __future__ import annotations

import sys

from app import cli

sys.exit(cli.main(["bench", *sys.argv[1:]]))
