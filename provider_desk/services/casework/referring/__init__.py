"""Referrals through their life, coming back, and two records of one person."""
