"""Tests of the page of students and families."""
