"""Tasks: what has to be done, by whom, until when."""
