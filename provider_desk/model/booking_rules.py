"""Rules of groups and the places in them."""

from collections.abc import Callable, Mapping

from provider_desk.model.asked import Asked
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Record
from provider_desk.model.records import Group, GroupMember


def group_ends_after_it_starts(asked: Asked) -> Problem | None:
    """A group's last day is not before its first."""
    match asked.record:
        case Group(starts_on=first, ends_on=last) if last is not None and last < first:
            return Problem("ends_on", "The last day is before the first one.")
    return None


def leaves_after_joining(asked: Asked) -> Problem | None:
    """Somebody's last day in a group is not before the first."""
    match asked.record:
        case GroupMember(joined_on=first, left_on=last) if (
            last is not None and last < first
        ):
            return Problem("left_on", "The last day is before they joined.")
    return None


BOOKING: Mapping[type[Record], tuple[Callable[[Asked], Problem | None], ...]] = {
    Group: (group_ends_after_it_starts,),
    GroupMember: (leaves_after_joining,),
}
