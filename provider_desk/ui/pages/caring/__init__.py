"""Safety, consent, courts and requests: the deeds for them and their corrections."""
