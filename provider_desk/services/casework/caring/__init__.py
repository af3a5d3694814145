"""What keeps a person safe: risk, safeguarding, consent, courts, who else helps."""
