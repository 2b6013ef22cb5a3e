"""Starts the desktop application, and ends it in order."""

from __future__ import annotations
