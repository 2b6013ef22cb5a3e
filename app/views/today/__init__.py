"""Today: what is on, what is wrong, and what waits for this person."""
