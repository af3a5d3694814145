"""Process notes: writing, reading and continuing them."""
