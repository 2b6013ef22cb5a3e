"""The timetable: booking, series, courses, free times and what the calendar shows."""
