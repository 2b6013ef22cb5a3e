"""Students and families."""
