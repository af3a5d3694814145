"""A scenario: what a service has and what comes to it, and what follows by division.

A person needs so many sessions that they come to; sessions that are missed use their
slot as well. So slots by booked sessions is how many people can finish a week. How
often somebody comes changes how many are in support at a time and for how long, not
how many finish. Source: domain reference, B4; practices, P32 to P34.
"""

from dataclasses import dataclass
from fractions import Fraction

#: Weeks of a mean month.
MONTH = Fraction(1461, 4 * 12 * 7)

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is assumed. Shares are percent.

    Attributes:
        waiting: people who wait today, for this contract and area.
        live: people in support today, for this contract and area.
        slots: individual sessions that can be booked a week.
        own_share: of these slots, those for this contract and area.
        filled: of those, the ones that are booked in a usual week; the others are lost
            to leave, sickness and gaps.
        sessions: sessions that a person comes to, on average.
        every: weeks from one session of a person to the next.
        referrals: a month, for this contract and area.
        starting: of referrals, those that come to a start.
        missed: of booked sessions, those to which nobody comes.
        spread: how unevenly referrals come; 1 as by chance.
        price: pounds for a session that was held, None where none is given.
    """

    waiting: int
    live: int
    slots: Fraction
    own_share: Fraction
    filled: Fraction
    sessions: Fraction
    every: Fraction
    referrals: Fraction
    starting: Fraction
    missed: Fraction
    spread: float = 1.0
    price: Fraction | None = None

    @property
    def own_slots(self) -> Fraction:
        """Slots a week for this contract and area."""
        return self.slots * self.own_share / _HUNDRED

    @property
    def used_slots(self) -> Fraction:
        """Slots a week that are booked, for this contract and area."""
        return self.own_slots * self.filled / _HUNDRED

    @property
    def booked(self) -> Fraction | None:
        """Sessions to be booked for a person; None where nobody ever comes."""
        came = 1 - self.missed / _HUNDRED
        return self.sessions / came if came > 0 else None

    @property
    def ends_a_week(self) -> Fraction:
        """How many people can finish a week, and so how many can start."""
        booked = self.booked
        return self.used_slots / booked if booked else Fraction(0)

    @property
    def comes_a_week(self) -> Fraction:
        """How many people join the list a week and will start."""
        return self.referrals * self.starting / _HUNDRED / MONTH

    @property
    def places(self) -> Fraction:
        """How many people can be in support at a time."""
        return self.used_slots * self.every

    @property
    def weeks_of_support(self) -> Fraction | None:
        """How long a person is in support; None where nobody ever comes."""
        booked = self.booked
        return None if booked is None else booked * self.every

    @property
    def slots_to_keep_up(self) -> Fraction | None:
        """Slots a week at which the list stays as it is; None where none do."""
        booked, filled = self.booked, self.filled / _HUNDRED
        return self.comes_a_week * booked / filled if booked and filled else None

    @property
    def cost_of_a_person(self) -> Fraction | None:
        """Pounds for the sessions of a person; None without a price."""
        return None if self.price is None else self.price * self.sessions

    @property
    def cost_of_the_list(self) -> Fraction | None:
        """Pounds for the sessions of everybody who waits; None without a price."""
        each = self.cost_of_a_person
        return None if each is None else each * self.waiting


def weeks_to_clear(
    waiting: int, sessions: Fraction, slots: Fraction
) -> Fraction | None:
    """Weeks until everybody who waits has had their sessions, were every slot free.

    For planning only: slots are never free, and waiting and slots must be of the same
    contracts. None where there is no slot. Source: domain reference, B4 and H11.
    """
    return waiting * sessions / slots if slots > 0 else None
