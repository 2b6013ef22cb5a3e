"""The whole office as tables that any spreadsheet or other program reads."""
