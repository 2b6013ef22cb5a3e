"""Processes of a test's own, forked from one that has read everything beforehand."""

from __future__ import annotations

import multiprocessing

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["tests.kills.victims", "tests.kills.writers", "tests.races.bookers"]
)
