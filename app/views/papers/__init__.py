"""Documents on the screen and on paper, drawn by the one renderer."""
