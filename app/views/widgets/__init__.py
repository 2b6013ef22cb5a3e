"""The building blocks that every page is made of."""
