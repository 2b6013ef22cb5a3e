"""Checks that the office's records are whole, agree with each other and are ours."""
