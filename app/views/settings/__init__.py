"""Settings: the office's own rules, prices, places and looks."""
