"""The pay run: period, check, approve."""
