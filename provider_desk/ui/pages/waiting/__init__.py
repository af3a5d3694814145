"""The parts of the waiting list page."""
