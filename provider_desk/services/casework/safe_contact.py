"""How a person may be reached: asked before it is shown, never the other way round.

A channel that nobody asked about counts as not safe. Source: domain reference, B12
and F7.
"""

from collections.abc import Mapping
from datetime import date, timedelta

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
from provider_desk.services.saying import day, label
from provider_desk.store.records import find, get

#: Somebody's answer is asked again after so many days. Source: domain reference, B12.
ASK_AGAIN = timedelta(days=28)

#: What makes a channel safe, beside the free words, and how each is said.
_SAID = {
    "hours": "When: {}",
    "answered_by": "Who may answer: {}",
    "we_say": "Say that we are: {}",
    "code_word": "Code word: {}",
    "message": "Message that may be left: “{}”",
    "if_other": "If somebody else answers: {}",
    "must_not_know": "Must not know: {}",
}

#: Every field that holds a rule.
RULES = ("rules", *_SAID)

_NO_MESSAGE = "Leave no message."

_CHANNELS = "contact_channel"
_PERMISSIONS = "safe_contact_permission"


def rules_of(way: SafeContact) -> str:
    """What to read before a channel is used, a line each; "" where there is nothing.

    Every place that shows how somebody is reached asks here, so that none leaves out
    a part. Source: domain reference, B12.
    """
    held = way.values()
    lines = [way.rules] if way.rules else []
    lines += [said.format(held[name]) for name, said in _SAID.items() if held[name]]
    asked_in_parts = any(held[name] for name in _SAID)
    speaks = choices(_CHANNELS).by_code[way.channel].flags.get("phone")
    if asked_in_parts and speaks and not way.message:
        lines.append(_NO_MESSAGE)
    return "\n".join(lines)


def asked_in_words(way: SafeContact, today: date) -> str:
    """When the person was last asked about a channel, and whether to ask again."""
    if way.checked_on is None:
        return "not known when asked: ask again"
    if way.checked_on + ASK_AGAIN < today:
        days = (today - way.checked_on).days
        return f"asked {day(way.checked_on)}, {days} days ago: ask again"
    return f"asked {day(way.checked_on)}"


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
    return SafeNumber(words, rules_of(way), "\n".join(reach), way.checked_on)


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
    with desk.store.writing("set safe contact", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        held = find(deed, SafeContact, client_id=client_id, channel=channel)
        _refuse_without_rules({**(held[0].values() if held else {}), **given})
        if held:
            row, warnings = saving.change(desk, deed, SafeContact, held[0].id, given)
        else:
            row, warnings = saving.add(desk, deed, SafeContact, given)
        said = f"{label(_CHANNELS, channel)}: {label(_PERMISSIONS, row.permission)}."
        return saving.done(deed, said, warnings)


def _refuse_without_rules(given: Mapping[str, Value]) -> None:
    if given.get("permission") != "YES_RULES":
        return
    if not any(str(given.get(name) or "").strip() for name in RULES):
        raise saving.stop("rules", "Write down the rules that make it safe.")
