"""The documents that the office prints, from frozen values to PDF."""
