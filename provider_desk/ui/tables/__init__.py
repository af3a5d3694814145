"""Tables over the rows of a question."""
