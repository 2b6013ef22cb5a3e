"""Tests of the page of invoices."""
