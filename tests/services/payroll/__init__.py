"""Tests of pay."""
