"""What tutors earn: rates, pay lines, pay runs and statements."""
