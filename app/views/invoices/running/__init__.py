"""The invoice run: period, review, issue."""
