"""Tests of the page of payroll."""
