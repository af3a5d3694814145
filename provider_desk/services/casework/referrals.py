"""Referrals: receiving, deciding, allocating. Acceptance puts on the list.

Every deed here stops with NotFound where the person is outside the caseload.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Client,
    Contract,
    ContractArea,
    Group,
    GroupMember,
    Referral,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework.referring import mistaken
from provider_desk.services.casework.starts import closing_of, episode_of
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import is_counselling
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.rights.users import workers_of
from provider_desk.services.saying import day, label, sentences
from provider_desk.store.queries import episodes, waiting
from provider_desk.store.queries import referrals as questions
from provider_desk.store.queries.sealed import areas_of
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

_DECIDE = "decide referral"

#: What is said of somebody who is declined.
_OF_DECLINING = ("decline_reason", "signposted_to")


@needs(Permission.RECORD_REFERRALS)
def receive_referral(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record a referral; one that comes with its acceptance goes on the list at once.

    Returns:
        The referral's id, and what changed.

    Raises:
        NotValid: a value or a rule stops it, or the contract does not cover the area.
        NotFound: the person is not on this desk.
    """
    given = {"received_on": desk.today(), **values, "client_id": client_id}
    given |= sent_on(given, desk.today())
    with desk.store.writing("receive referral", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        more = [*covered(deed, given), *already_open(deed, client_id, given)]
        referral, warnings = saving.add(desk, deed, Referral, given, more)
        listed = keep_list(desk, deed, referral)
        said = f"Referral of {day(referral.received_on)} saved."
        return referral.id, saving.done(deed, sentences(said, listed), warnings)


def sent_on(values: Mapping[str, Value], today: date) -> dict[str, Value]:
    """What is with the hub, and nobody said since when, was sent today."""
    dated = values.get("hub_status") != "SENT" or values.get("hub_sent_on")
    return {} if dated else {"hub_sent_on": today}


@needs(Permission.RECORD_REFERRALS)
def decide(desk: Desk, referral_id: str, values: Mapping[str, Value]) -> Changed:
    """Record the decision; acceptance makes the place on the waiting list.

    Args:
        desk: who records it.
        referral_id: the referral.
        values: decision, decided_on (today where it is left out), and for a declined
            referral the reason and where the person was signposted to.

    Raises:
        NotValid: a value or a rule stops it, or support has started already.
    """
    given = dict(values)
    if given.get("decision") not in (None, "", "PENDING"):
        given["decided_on"] = given.get("decided_on") or desk.today()
    return _change(desk, _DECIDE, referral_id, given)


@needs(Permission.RECORD_REFERRALS)
def change_referral(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> Changed:
    """Put a referral right; its place on the list follows the decision.

    Raises:
        NotValid: a value or a rule stops it, or what followed would come before it.
    """
    return _change(desk, "change referral", referral_id, values)


def _change(
    desk: Desk, deed_name: str, referral_id: str, values: Mapping[str, Value]
) -> Changed:
    with desk.store.writing(deed_name, by=desk.user.id) as deed:
        before = caseload.within(desk, deed, Referral, referral_id)
        after = {**before.values(), **saving.tidied(Referral, values)}
        more = [
            *covered(deed, after),
            *_in_groups(deed, before, after),
            *_second_in_area(deed, before, after),
            *_written_openly(deed, before, after),
            *_followed_by(deed, before, after),
            *_left_later(deed, before, after),
        ]
        referral, warnings = saving.change(
            desk, deed, Referral, referral_id, values, more
        )
        if deed_name == _DECIDE:
            _all_said(warnings)
        listed = keep_list(desk, deed, referral)
        decided = f"{label('referral_decision', referral.decision)}."
        said = decided if deed_name == _DECIDE else "Referral saved."
        return saving.done(deed, sentences(said, listed), warnings)


def _all_said(warnings: Iterable[Problem]) -> None:
    """Who is declined now is told why and where else to go; old rows may not say.

    Source: domain reference, B2.
    """
    missing = [each for each in warnings if each.field in _OF_DECLINING]
    if missing:
        raise NotValid([replace(each, severity="stop") for each in missing])


@needs(Permission.RECORD_REFERRALS)
def allocate(desk: Desk, referral_id: str, worker: str) -> Changed:
    """Say which worker will see the person; from then on they are of that caseload.

    Args:
        desk: who says so.
        referral_id: the referral.
        worker: initials of somebody in ``users.workers``; "" for nobody yet.

    Raises:
        NotValid: nobody who sees people signs in with these initials.
        NotFound: the referral is not there, or outside the caseload.
    """
    wanted = worker.strip()
    with desk.store.writing("allocate referral", by=desk.user.id) as deed:
        caseload.within(desk, deed, Referral, referral_id)
        if wanted and wanted not in {each.initials for each in workers_of(deed)}:
            raise saving.stop(
                "allocated_to",
                f"Nobody who sees people signs in as “{wanted}”. Choose from the list.",
            )
        _, warnings = saving.change(
            desk, deed, Referral, referral_id, {"allocated_to": wanted}
        )
        said = f"Allocated to {wanted}." if wanted else "Allocated to nobody."
        return saving.done(deed, said, warnings)


def keep_list(desk: Desk, deed: Deed, referral: Referral) -> str:
    """One place on the list for an accepted referral, none for any other.

    Returns:
        A sentence about what became of the place, "" where nothing did.
    """
    entry_id = waiting.entry_of(deed, referral.id)
    accepted = referral.decision == "ACCEPTED" and referral.decided_on is not None
    if accepted and entry_id:
        saving.change(
            desk, deed, WaitingEntry, entry_id, {"accepted_on": referral.decided_on}
        )
        return ""
    if accepted:
        values: dict[str, Value] = {
            "referral_id": referral.id,
            "accepted_on": referral.decided_on,
        }
        saving.add(desk, deed, WaitingEntry, values)
        return "Now on the waiting list."
    if entry_id:
        deed.retire(WaitingEntry, entry_id, "the referral is not accepted any more")
        return "No longer on the waiting list."
    return ""


def covered(rows: Rows, values: Mapping[str, Value]) -> list[Problem]:
    """The contract is there, pays for the area, and covers the day."""
    contract_id = str(values.get("contract_id") or "")
    if not contract_id:
        return []
    found = find(rows, Contract, id=contract_id)
    if not found:
        return [Problem("contract_id", "This contract is not on the desk.")]
    area, received = str(values.get("area") or ""), values.get("received_on")
    problems = []
    areas = {each.area for each in find(rows, ContractArea, contract_id=contract_id)}
    if area and area not in areas:
        problems.append(
            Problem(
                "area",
                f"{found[0].reference} does not cover “{label('service_area', area)}”.",
            )
        )
    first, last = found[0].starts_on, found[0].ends_on
    if isinstance(received, date) and (
        (first and received < first) or (last and received > last)
    ):
        problems.append(
            Problem(
                "received_on",
                f"{day(received)} is outside the dates of {found[0].reference}.",
                "warn",
            )
        )
    return problems


def already_open(
    rows: Rows, client_id: str, values: Mapping[str, Value]
) -> list[Problem]:
    """A second open referral of a person for one area is pointed out."""
    area = str(values.get("area") or "")
    if not episodes.open_referrals_in_area(rows, client_id, area):
        return []
    return [
        Problem(
            "area",
            "This person has an open referral for this area already. It is counted "
            "again; take one back if it is the same.",
            "warn",
        )
    ]


def _in_groups(
    rows: Rows, before: Referral, after: Mapping[str, Value]
) -> list[Problem]:
    """Whoever is in a group that a contract pays for stays on that contract."""
    if after.get("contract_id") == before.contract_id:
        return []
    problems = []
    for place in find(rows, GroupMember, referral_id=before.id):
        group = get(rows, Group, place.group_id)
        if group.funded == "Y" and group.contract_id == before.contract_id:
            said = (
                f"This referral has a place in “{group.name}”, which the contract of "
                "today pays for. Take the place back first, and give it again after."
            )
            problems.append(Problem("contract_id", said))
    return problems


def _second_in_area(
    rows: Rows, before: Referral, after: Mapping[str, Value]
) -> list[Problem]:
    """One open episode for each area: another area must not have one already.

    Source: domain reference, B1.
    """
    area = str(after.get("area") or "")
    episode = episode_of(rows, before.id)
    if area == before.area or episode is None or closing_of(rows, episode.id):
        return []
    running = episodes.open_in_area(rows, before.client_id, area)
    return [
        Problem(
            "area",
            f"This person has an open episode in {label('service_area', area)} since "
            f"{day(started_on)}. Close that episode first.",
        )
        for _, _, started_on in running[:1]
    ]


def _written_openly(
    rows: Rows, before: Referral, after: Mapping[str, Value]
) -> list[Problem]:
    """What was written before a case became counselling is not sealed by that."""
    ever = map(is_counselling, areas_of(rows, before.id))
    if any(ever) or not is_counselling(str(after.get("area") or "")):
        return []
    if questions.earliest_on(rows, before.id) is None:
        return []
    said = (
        "Notes written so far stay as they are, for all who read clinical notes. From "
        "now on they are sealed for the counselling team."
    )
    return [Problem("area", said, "warn")]


def _followed_by(
    rows: Rows, before: Referral, after: Mapping[str, Value]
) -> list[Problem]:
    """What hangs on a referral must still come after it."""
    problems = []
    received = after.get("received_on")
    earliest = questions.earliest_on(rows, before.id)
    if isinstance(received, date) and earliest is not None and earliest < received:
        problems.append(
            Problem(
                "received_on",
                f"Something was recorded on {day(earliest)} already, before this day.",
            )
        )
    episode = episode_of(rows, before.id)
    decided = after.get("decided_on")
    if episode is None:
        return problems
    if after.get("decision") != "ACCEPTED":
        problems.append(
            Problem(
                "decision",
                f"Support started on {day(episode.started_on)}, so the referral is "
                "accepted. Put the sessions right first.",
            )
        )
    elif isinstance(decided, date) and decided > episode.started_on:
        problems.append(
            Problem(
                "decided_on",
                f"Support started on {day(episode.started_on)}, before this day.",
            )
        )
    return problems


def _left_later(
    rows: Rows, before: Referral, after: Mapping[str, Value]
) -> list[Problem]:
    """Somebody who was on the list leaves it; the decision of then stays true.

    Otherwise the list of a past day would no longer show who was on it.
    """
    decided = after.get("decided_on")
    if before.decision != "ACCEPTED" or after.get("decision") not in (
        "DECLINED",
        "WITHDRAWN",
    ):
        return []
    entry_id = waiting.entry_of(rows, before.id)
    if not entry_id or not isinstance(decided, date) or before.decided_on is None:
        return []
    if decided <= before.decided_on:
        return []
    return [
        Problem(
            "decision",
            f"Accepted on {day(before.decided_on)}, and on the list since. Take the "
            "person off the list with the reason: then the list of those days stays "
            "true. If the acceptance itself was a mistake, leave its day as it is.",
        )
    ]


@needs(Permission.RECORD_REFERRALS)
def take_back_referral(desk: Desk, referral_id: str, reason: str) -> Changed:
    """Take back a referral that was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing, or something was recorded on it.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back referral", desk.user.id, reason) as deed:
        referral = caseload.within(desk, deed, Referral, referral_id)
        retire_with(deed, referral_id, reason.strip())
        return saving.done(deed, f"Referral of {day(referral.received_on)} taken back.")


def retire_with(deed: Deed, referral_id: str, reason: str) -> None:
    """Take a referral off the desk, with what was only asked or filled in for it.

    Raises:
        NotValid: somebody worked on it, or has a place in a group by it.
    """
    earliest = questions.earliest_on(deed, referral_id)
    if earliest is not None:
        raise saving.stop(
            "",
            f"Sessions, contacts or scores hang on this referral, from "
            f"{day(earliest)}. Take those back first.",
        )
    along, hanging = mistaken.hanging_on(deed, Referral, referral_id)
    if hanging:
        raise saving.stop(
            "",
            f"Something was recorded on this referral ({mistaken.in_words(hanging)}). "
            "Take that back first.",
        )
    for record_type, row_id in along:
        deed.retire(record_type, row_id, reason)
    deed.retire(Referral, referral_id, reason)
