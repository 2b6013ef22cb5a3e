"""The calendar: who teaches whom, when and where."""
