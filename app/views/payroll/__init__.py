"""Payroll: runs, and the sum behind every amount."""
