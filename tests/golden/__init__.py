"""Golden cases: small stories with exact amounts, played through the services.

``cases/`` holds them, one JSON file each; `terms`, `steps`, `story` and `series_story`
are their format. Each is played on both databases, and only what it expects is
compared: lists of documents, statements and sessions in order and whole; of their
lines each one that is stated; what waits, what is unpaid, whole. An empty table says
that there is nothing. After every case the program's own checks must find nothing.

``GOLDEN_CASES=folder`` plays the cases of another folder instead.
"""
