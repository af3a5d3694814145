"""The course of an episode: pauses, how often, allowances, reviews, the ending."""
