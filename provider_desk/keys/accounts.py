"""Who can sign in: adding, new passwords, managers, and people who leave.

Every deed is one writing of roster.bin: before it the old state holds, after it the new
one. What can't be done at once, because whoever does it does not hold the key, is left
marked as due, and done at the next signing in of somebody who can.
"""

from pathlib import Path

from provider_desk.keys import epochs, people_in, roster
from provider_desk.keys.compartments import ADMIN
from provider_desk.keys.held import DeskKeys
from provider_desk.keys.roster import Roster
from provider_desk.keys.slots import Cost, Login
from provider_desk.model.errors import (
    DeskError,
    NotAllowed,
)


def add_user(
    folder: Path,
    keys: DeskKeys,
    user_id: str,
    name: str,
    password: str,
    *,
    admin: bool,
    cost: Cost | None = None,
) -> None:
    """Let one more person sign in, or one who had left again, with new keys.

    Args:
        folder: of the desk.
        keys: of a manager.
        user_id: id of the person's User record.
        name: to sign in with.
        password: the first one; the person should choose another.
        admin: whether they are a manager.
        cost: of a guess of the password; measured on this PC where it is left out.

    Raises:
        NotValid: the name is missing or somebody's, or the password won't do.
        NotAllowed: whoever asks is no manager.
        DeskError: this person can sign in already.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble:
            the roster can't be read or written; the old one stands.
    """
    people_in.refuse_weak(name, password)
    listed = keys.current(folder)
    if listed.now.public_of(user_id) is not None:
        raise DeskError(
            "This person can sign in already.",
            "Nothing was changed. Give them a new password instead.",
        )
    login = Login(name, password, keys.team_secret)
    people_in.new_person(
        listed, keys.author(), keys.ring(), user_id, login, admin=admin, cost=cost
    )
    _write(folder, keys, listed)


def reset_password(
    folder: Path,
    keys: DeskKeys,
    user_id: str,
    name: str,
    password: str,
    *,
    cost: Cost | None = None,
) -> None:
    """Give somebody else a new password, and with it new keys.

    What the old keys opened is renewed: whoever had come to know the old password opens
    nothing that is written from then on.

    They lose the counselling key until a clinical lead gives it again: a manager can
    make a way in for anybody, but no way to counselling notes.
    Source: security design, §2.6.

    Raises:
        NotValid: the name is missing or somebody's, or the password won't do.
        NotAllowed: whoever asks is no manager, or it is they themselves.
        NotFound: the person can't sign in.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble:
            as ``add_user``.
    """
    if user_id == keys.user:
        raise NotAllowed(
            "Your own password is changed with the old one.",
            "Nothing was changed. Choose Change password.",
        )
    people_in.refuse_weak(name, password)
    listed = keys.current(folder)
    listed.active(user_id)
    admin = listed.now.members[user_id].admin
    login = Login(name, password, keys.team_secret)
    people_in.new_person(
        listed, keys.author(), keys.ring(), user_id, login, admin=admin, cost=cost
    )
    epochs.begin_due(listed, keys.author(), keys.ring())
    _write(folder, keys, listed)


def disable_user(folder: Path, keys: DeskKeys, user_id: str) -> list[str]:
    """Take away somebody's way in, and begin new keys of all they held.

    Returns:
        The compartments whose new keys began; others they held are marked as due.

    Raises:
        NotAllowed: whoever asks is no manager, or it is they themselves.
        NotFound: the person can't sign in any more.
        DeskError: no other manager would be left.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble:
            as ``add_user``.
    """
    if user_id == keys.user:
        raise NotAllowed(
            "You can't take away your own way in.",
            "Nothing was changed. Another manager can.",
        )
    listed = keys.current(folder)
    listed.active(user_id)
    _keep_a_manager(listed, user_id)
    listed.say(keys.author(), "disable", user=user_id)
    listed.drop_slot(user_id)
    done = epochs.begin_due(listed, keys.author(), keys.ring())
    _write(folder, keys, listed)
    return done


def set_admin(
    folder: Path,
    keys: DeskKeys,
    user_id: str,
    admin: bool,  # noqa: FBT001
) -> None:
    """Make somebody a manager, or no longer one.

    Raises:
        NotAllowed: whoever asks is no manager, or the person holds a counselling key.
        NotFound: the person can't sign in.
        DeskError: no other manager would be left.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble:
            as ``add_user``.
    """
    listed = keys.current(folder)
    listed.active(user_id)
    member = listed.now.members[user_id]
    if member.admin == admin:
        return
    if admin and (member.lead or listed.now.holds_counsel(user_id)):
        raise NotAllowed(
            "This person holds a counselling key, which a manager may not.",
            "Nothing was changed. A clinical lead takes the key away first.",
        )
    if not admin:
        _keep_a_manager(listed, user_id)
    listed.say(keys.author(), "admin", user=user_id, admin=admin)
    if admin:
        epochs.give(listed, keys.author(), keys.ring(), ADMIN, user_id)
    else:
        epochs.begin_due(listed, keys.author(), keys.ring())
    _write(folder, keys, listed)


def _keep_a_manager(listed: Roster, leaving: str) -> None:
    managers = [user for user, member in listed.now.active() if member.admin]
    if managers == [leaving]:
        raise DeskError(
            "This is the only manager of the desk.",
            "Nothing was changed. Make somebody else a manager first.",
        )


def _write(folder: Path, keys: DeskKeys, listed: Roster) -> None:
    roster.write(folder, listed)
    keys.take(listed)
