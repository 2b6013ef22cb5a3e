"""Where the packed program begins."""

# ruff: noqa: INP001  it is run by its path

import sys

from app.__main__ import run

if __name__ == "__main__":
    sys.exit(run())
