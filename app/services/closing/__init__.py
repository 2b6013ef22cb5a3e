"""Closing sessions out, calling them off and putting them back."""
