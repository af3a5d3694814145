"""The diary: weeks, bookings in a row, notice to cancel, groups, slots of workers."""
