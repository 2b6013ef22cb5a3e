"""Dialogs with a form, and wizards of a few pages."""
