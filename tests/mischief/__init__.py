"""A visitor who presses everything at random must not harm the desk or the books."""
