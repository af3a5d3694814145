"""The only reader of wall time; everything else is handed a Clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

#: Dates in records are civil dates here.
LOCAL = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Tells the time."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 in UTC."""
        return int(datetime.now(tz=UTC).timestamp() * 1000)  # noqa: TID251


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved; for tests and the demo desk.

    Attributes:
        ms: milliseconds since 1970 in UTC.
    """

    ms: int

    @classmethod
    def on(cls, day: date, hour: int = 9) -> "FixedClock":
        """A clock that shows the given hour (UTC) of a day."""
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        return cls(int(moment.timestamp() * 1000))

    def now_ms(self) -> int:
        """Milliseconds since 1970 in UTC."""
        return self.ms


def today(clock: Clock) -> date:
    """The civil date in Britain."""
    return datetime.fromtimestamp(clock.now_ms() / 1000, tz=LOCAL).date()


def moment(ms: int) -> datetime:
    """A stored moment as local time."""
    return datetime.fromtimestamp(ms / 1000, tz=LOCAL)


def day_start_ms(day: date) -> int:
    """The moment at which a civil day begins in Britain, milliseconds since 1970."""
    begins = datetime(day.year, day.month, day.day, tzinfo=LOCAL)
    return int(begins.timestamp() * 1000)
