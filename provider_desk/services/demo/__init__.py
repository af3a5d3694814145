"""The desk of invented people that the program can be tried with."""
