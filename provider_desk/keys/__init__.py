"""Passwords, slots and keys: who can open a desk."""
