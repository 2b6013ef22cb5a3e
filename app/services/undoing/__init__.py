"""Taking steps back: what the journal knows, turned round."""
