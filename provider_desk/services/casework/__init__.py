"""People, referrals, the waiting list, episodes, sessions: the deeds of a day."""
