"""Bringing in the spreadsheets that a provider keeps today."""
