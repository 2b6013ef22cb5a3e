"""Tests of documents on the screen."""
