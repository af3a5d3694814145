"""The return as pages for reading and printing."""
