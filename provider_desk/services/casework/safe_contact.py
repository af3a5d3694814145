"""How a person may be reached: asked before it is shown, never the other way round.

A channel that nobody asked about counts as not safe. Source: domain reference, B12
and F7.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotAllowed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, SafeContact
from provider_desk.model.rows import Rows
from provider_desk.model.views import SafeNumber
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label
from provider_desk.store.records import find, get

_CHANNELS = "contact_channel"
_PERMISSIONS = "safe_contact_permission"


def ways_of(rows: Rows, client_id: str) -> tuple[SafeContact, ...]:
    """Every channel of a person; those that nobody asked about are "not asked"."""
    held = {each.channel: each for each in find(rows, SafeContact, client_id=client_id)}
    return tuple(
        held.get(channel.code)
        or SafeContact(client_id=client_id, channel=channel.code, permission="NK")
        for channel in choices(_CHANNELS).values
    )


@needs(Permission.SEE_OWN)
def safe_ways(desk: Desk, client_id: str) -> list[SafeContact]:
    """Every channel of a person; those that nobody asked about are "not asked".

    Raises:
        NotFound: the person is outside the caseload.
    """
    with desk.store.reading() as rows:
        caseload.require(desk, rows, client_id)
        return list(ways_of(rows, client_id))


@needs(Permission.SEE_OWN)
def number_for(desk: Desk, client_id: str, channel: str) -> SafeNumber:
    """The number or address of a channel, with the rules to read before using it.

    That the person was looked at is written down first.

    Raises:
        NotAllowed: the channel is not marked safe.
        NotFound: the person is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        caseload.require(desk, rows, client_id)
    looks.opened(desk, client_id)
    with desk.store.reading() as rows:
        client = get(rows, Client, client_id)
        ways = {each.channel: each for each in ways_of(rows, client_id)}
    words = label(_CHANNELS, channel)
    way = ways.get(channel)
    if way is None or way.permission not in choices(_PERMISSIONS).codes_where("safe"):
        held = label(_PERMISSIONS, way.permission if way else "NK")
        raise NotAllowed(
            f"{words} is not marked safe for this person ({held}).",
            "Use a way that is, or ask the person and record what they say.",
        )
    fields = choices(_CHANNELS).by_code[channel].flags.get("shows", ())
    held_values = client.values()
    reach = [str(held_values[name]) for name in fields if held_values[name]]
    return SafeNumber(words, way.rules, "\n".join(reach), way.checked_on)


@needs(Permission.RECORD_PEOPLE)
def set_safe_contact(
    desk: Desk, client_id: str, channel: str, values: Mapping[str, Value]
) -> Changed:
    """Record whether and how a channel may be used; what held before stays in history.

    Raises:
        NotValid: a value is wrong, or "safe with rules" comes without the rules.
        NotFound: the person is not there, or outside the caseload.
    """
    given = {
        "checked_on": desk.today(),
        **values,
        "client_id": client_id,
        "channel": channel,
    }
    if given.get("permission") == "YES_RULES" and not given.get("rules"):
        raise saving.stop("rules", "Write down the rules that make it safe.")
    with desk.store.writing("set safe contact", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        held = find(deed, SafeContact, client_id=client_id, channel=channel)
        if held:
            row, warnings = saving.change(desk, deed, SafeContact, held[0].id, given)
        else:
            row, warnings = saving.add(desk, deed, SafeContact, given)
        said = f"{label(_CHANNELS, channel)}: {label(_PERMISSIONS, row.permission)}."
        return saving.done(deed, said, warnings)
