"""Tutors: skills, availability, load, pay and papers."""
