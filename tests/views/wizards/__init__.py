"""Tests of forms and wizards."""
