"""Billing: what families owe, the documents that say so, and what they pay."""
