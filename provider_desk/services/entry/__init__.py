"""The ways in: a new desk, signing in, sheets, what brings a lost secret back."""
