"""Provider Desk: records, waiting list and the month's return, kept offline."""
