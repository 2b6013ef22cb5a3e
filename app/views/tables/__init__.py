"""The one table of the program: rows from a service, sorted, filtered, copied."""
