"""Chalkbook: moves a tutoring office's bookings from request to money."""

__version__ = "0.1.0"
