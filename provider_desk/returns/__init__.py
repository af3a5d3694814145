"""The month's return: what is counted, how, and how it is written down."""
