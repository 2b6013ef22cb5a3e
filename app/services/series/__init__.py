"""Weekly series and courses: made, changed, extended, called off, joined and left."""

from app.services.series.book import SeriesBook
from app.services.series.courses import Courses

__all__ = ["Courses", "SeriesBook"]
