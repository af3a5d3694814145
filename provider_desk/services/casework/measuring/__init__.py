"""Measures of outcome: scores, what changed by them, gains in daily life."""
