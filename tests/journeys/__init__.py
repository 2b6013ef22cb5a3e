"""Journeys through the real window with real jobs, in the office's words."""
