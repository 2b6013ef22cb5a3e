"""The same office as the timetable's other tests."""

from __future__ import annotations

from tests.services.scheduling.conftest import desk, scene

__all__ = ["desk", "scene"]
