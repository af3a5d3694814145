"""The parts of the return page."""
