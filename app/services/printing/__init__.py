"""Documents of the office's records, as PDF in memory or in a folder."""
