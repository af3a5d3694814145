"""Stamping and merging of changes. Pure: no SQL, no files, no clock of its own."""
