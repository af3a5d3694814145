"""The counselling key: taking it up with sheet B, giving it, taking it away, teams.

A clinical lead holds every counselling key and gives them; managers never do.
Source: security design, §2.6.
"""

from collections.abc import Collection
from pathlib import Path

from provider_desk.keys import compartments, epochs, roster
from provider_desk.keys.compartments import ALL_COUNSEL, COUNSEL, is_counsel
from provider_desk.keys.held import DeskKeys
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.ring import opened_ring
from provider_desk.keys.roster import Roster
from provider_desk.keys.statements import Author
from provider_desk.model.errors import (
    NotAllowed,
    NotFound,
    NotValid,
    Problem,
    WrongPassword,
)


def take_up(folder: Path, keys: DeskKeys, sheet_b_code: bytes) -> None:
    """Become a clinical lead with recovery sheet B, and begin new counselling keys.

    New ones, because whoever made the desk has had the sheet in hand. For the same
    reason the sheet should be renewed next.

    Raises:
        WrongPassword: it is not this desk's sheet B.
        NotAllowed: a manager never holds a counselling key.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble: the
            roster can't be read or written; the old one stands.
    """
    listed = keys.current(folder)
    pair = KeyPair.of_sheet("B", sheet_b_code)
    if pair.public() != listed.now.sheets["B"]:
        raise WrongPassword(
            "This is not the code of recovery sheet B of this desk.",
            "Nothing was changed. Look whether it is the newest sheet B: an older one "
            "opens nothing any more.",
        )
    _refuse_manager(listed, keys.user)
    author = Author("B", pair)
    ring = opened_ring(listed, "B", pair)
    listed.say(author, "lead", user=keys.user, lead=True)
    epochs.begin_due(listed, author, ring, tuple(_counsel(listed)))
    _write(folder, keys, listed)


def grant(folder: Path, keys: DeskKeys, compartment: str, user_id: str) -> None:
    """Give somebody a counselling key; "counsel:*" makes a clinical lead.

    Raises:
        NotAllowed: whoever asks is no clinical lead, or the person is a manager.
        NotFound: there is no such person or team.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble:
            as ``take_up``.
    """
    listed = keys.current(folder)
    listed.active(user_id)
    _refuse_manager(listed, user_id)
    if compartment == ALL_COUNSEL:
        listed.say(keys.author(), "lead", user=user_id, lead=True)
    for name in _meant(listed, compartment):
        if user_id not in listed.now.compartments[name].grants:
            epochs.give(listed, keys.author(), keys.ring(), name, user_id)
    _write(folder, keys, listed)


def revoke_grant(folder: Path, keys: DeskKeys, compartment: str, user_id: str) -> None:
    """Take a counselling key away: a new one begins, which the person does not get.

    "counsel:*" takes all away, and the right to give them. What was sealed before they
    can still read where they kept the old key.

    Raises:
        NotAllowed: whoever asks is no clinical lead; or the person is one, and not all
            keys were meant; or they ask for themselves.
        NotFound: there is no such team.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble:
            as ``take_up``.
    """
    listed = keys.current(folder)
    if user_id == keys.user:
        raise NotAllowed(
            "You can't take away your own key.",
            "Nothing was changed. Another clinical lead can, or a manager can end the "
            "account.",
        )
    member = listed.now.members.get(user_id)
    if member is not None and member.lead and compartment != ALL_COUNSEL:
        raise NotAllowed(
            "A clinical lead holds the keys of all counselling teams.",
            "Nothing was changed. Take all of them away, then give back one.",
        )
    if member is not None and member.lead:
        listed.say(keys.author(), "lead", user=user_id, lead=False)
    for name in _meant(listed, compartment):
        if user_id in listed.now.compartments[name].grants:
            listed.say(keys.author(), "revoke", compartment=name, user=user_id)
    epochs.begin_due(listed, keys.author(), keys.ring())
    _write(folder, keys, listed)


def follow_role(
    folder: Path, keys: DeskKeys, user_id: str, keeps: Collection[str] = ()
) -> list[str]:
    """Take away what a new role does not go with: a manager does this, and a lead.

    They are no clinical lead any more, and hold none of the counselling keys but those
    that they keep. Nothing is given. New keys begin at once where a clinical lead does
    this, else when one next signs in.

    Args:
        folder: of the desk.
        keys: of a manager or a clinical lead.
        user_id: whose role was changed.
        keeps: compartments whose key they may go on holding.

    Returns:
        The compartments whose key was taken away.

    Raises:
        NotAllowed: whoever asks is neither.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble:
            as ``take_up``.
    """
    listed = keys.current(folder)
    member = listed.now.members.get(user_id)
    taken = [
        name
        for name in _counsel(listed)
        if name not in keeps and user_id in listed.now.compartments[name].grants
    ]
    leads = member is not None and member.lead
    if not leads and not taken:
        return []
    if leads:
        listed.say(keys.author(), "lead", user=user_id, lead=False)
    for name in taken:
        listed.say(keys.author(), "revoke", compartment=name, user=user_id)
    epochs.begin_due(listed, keys.author(), keys.ring())
    _write(folder, keys, listed)
    return taken


def add_team(folder: Path, keys: DeskKeys, team: str) -> str:
    """Begin the key of one more counselling team; returns the compartment's name.

    Args:
        folder: of the desk.
        keys: of a clinical lead.
        team: letters, digits, hyphens: "young-people".

    Raises:
        NotValid: a team can't be called so, or there is one.
        NotAllowed: whoever asks is no clinical lead.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble:
            as ``take_up``.
    """
    name = f"{COUNSEL}{team.strip().lower()}"
    listed = keys.current(folder)
    if not compartments.is_name(name):
        raise NotValid(
            [Problem("team", "A team's name has letters, digits and hyphens only.")]
        )
    if name in listed.now.compartments:
        raise NotValid([Problem("team", "There is a team with this name already.")])
    epochs.begin(listed, keys.author(), name, {})
    _write(folder, keys, listed)
    return name


def members_of(folder: Path, keys: DeskKeys, compartment: str) -> list[str]:
    """Ids of the people who hold the newest key; "counsel:*": the clinical leads.

    Raises:
        Missing, Damaged, FromNewerVersion, OlderDesk, Trouble: the roster can't be
            read.
    """
    now = keys.current(folder).now
    if compartment == ALL_COUNSEL:
        return [user for user, member in now.active() if member.lead]
    found = now.compartments.get(compartment)
    return [] if found is None else [u for u in found.grants if u in now.members]


def teams(folder: Path, keys: DeskKeys) -> list[str]:
    """The names of all counselling compartments.

    Raises:
        Missing, Damaged, FromNewerVersion, OlderDesk, Trouble: as ``members_of``.
    """
    return _counsel(keys.current(folder))


def _counsel(listed: Roster) -> list[str]:
    return [name for name in listed.now.compartments if is_counsel(name)]


def _meant(listed: Roster, compartment: str) -> list[str]:
    if compartment == ALL_COUNSEL:
        return _counsel(listed)
    if compartment not in _counsel(listed):
        raise NotFound(
            "There is no such counselling team on this desk.",
            "Nothing was changed. A clinical lead adds teams.",
        )
    return [compartment]


def _refuse_manager(listed: Roster, user: str) -> None:
    member = listed.now.members.get(user)
    if member is not None and member.admin:
        raise NotAllowed(
            "A manager never holds a counselling key.",
            "Nothing was changed. Whoever is both signs in under two names, or stops "
            "being a manager first.",
        )


def _write(folder: Path, keys: DeskKeys, listed: Roster) -> None:
    roster.write(folder, listed)
    keys.take(listed)
