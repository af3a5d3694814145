"""The sections and panels of the office."""
