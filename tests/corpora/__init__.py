"""Tests against cases that others have collected."""
