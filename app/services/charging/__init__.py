"""What each session and course costs each payer."""
