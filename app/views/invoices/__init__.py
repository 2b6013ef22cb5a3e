"""Invoices: runs, payments, credits and statements of account."""
