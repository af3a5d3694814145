"""Whether somebody who waits was contacted in a way that they agreed to."""

from collections.abc import Mapping
from dataclasses import replace

from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import Referral, WaitingContact
from provider_desk.model.rows import Rows
from provider_desk.services.casework.safe_contact import ways_of
from provider_desk.services.saying import label

_RESULTS = "wait_contact_result"

#: A result that has a way of its own.
_VOICEMAIL = "VOICEMAIL"

#: Results that say of a message that it went by a way the person agreed to.
_BY_AGREED_WAY = ("SENT", _VOICEMAIL)

#: A message that went out all the same, and what to say of it.
_NOT_AGREED = "NOT_AGREED"
_SAY_WHAT = Problem(
    "note", "Say what the message said, and talk it over with a manager.", "warn"
)


def unsafe(
    rows: Rows,
    referral: Referral,
    values: Mapping[str, Value],
    before: WaitingContact | None = None,
) -> list[Problem]:
    """What is wrong with the way of a contact.

    A message that is said to have gone by an agreed way stops where that way was not
    agreed; whatever else happened is kept and pointed out. Not asked counts as no.
    Source: domain reference, B12.

    Args:
        rows: an open reading or deed.
        referral: whose contact it is.
        values: fields of WaitingContact.
        before: the contact as it stood, where one is put right: what it already
            claimed, perhaps in a spreadsheet long ago, is pointed out and no more,
            so that the rest of it can be mended.
    """
    method = choices("wait_contact_method").by_code.get(str(values.get("method")))
    channels = tuple(method.flags.get("channels", ())) if method else ()
    if method is None or not channels:
        return []
    safe = choices("safe_contact_permission").codes_where("safe")
    ways = ways_of(rows, referral.client_id)
    agreed = {each.channel for each in ways if each.permission in safe}
    result = str(values.get("result"))
    if result == _NOT_AGREED:
        return [] if values.get("note") else [_SAY_WHAT]
    missing = "" if not agreed.isdisjoint(channels) else method.label
    if result == _VOICEMAIL:
        # Whoever said yes to a message need not have said yes to speaking.
        way = label("contact_channel", _VOICEMAIL)
        missing = "" if _VOICEMAIL in agreed else way
    if not missing:
        return []
    if result not in _BY_AGREED_WAY:
        return [_point_out(missing)]
    found = _refused(missing)
    if before is None or (before.method, before.result) != (method.code, result):
        return [found]
    return [replace(found, severity="warn")]


def _point_out(way: str) -> Problem:
    return Problem(
        "method",
        f"{way} is not marked safe for this person. Ask at the next chance, and note "
        "down what they say.",
        "warn",
    )


def _refused(way: str) -> Problem:
    return Problem(
        "result",
        f"{way} is not marked safe for this person. Mark the way as safe first, if "
        "they agreed to it. If a message went out all the same, choose "
        f"“{label(_RESULTS, _NOT_AGREED)}” and say in the note what it said.",
    )
