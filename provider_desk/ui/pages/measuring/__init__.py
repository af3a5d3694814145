"""Measures of outcome: filled in, put right, charted; gains; what a session was for."""
