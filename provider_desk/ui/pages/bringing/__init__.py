"""The parts of the page that brings spreadsheets in."""
