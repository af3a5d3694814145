"""What the figures of a return are counted from."""
