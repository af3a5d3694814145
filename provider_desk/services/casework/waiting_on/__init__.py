"""What is done for those who wait: offers, triage, reviews, letters, call sheets."""
