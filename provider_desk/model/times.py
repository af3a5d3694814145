"""Times of day as they are stored, "HH:MM", and minutes since midnight."""


def minutes_of(time: str) -> int:
    """Minutes since midnight."""
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)


def time_of(minutes: int) -> str:
    """The time so many minutes after midnight, within the day."""
    within = min(max(minutes, 0), 24 * 60 - 1)
    return f"{within // 60:02d}:{within % 60:02d}"
