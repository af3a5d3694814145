"""A referral's life on the screen, coming back, and two records of one person."""
