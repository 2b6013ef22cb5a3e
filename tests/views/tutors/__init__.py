"""Tests of the page of tutors."""
