"""Who may do what and see whom, and the people who sign in."""
