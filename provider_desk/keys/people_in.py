"""A person's way into a roster: new keys, what everybody holds, and a slot."""

from provider_desk.keys import epochs, slots
from provider_desk.keys.calibration import calibrated
from provider_desk.keys.compartments import ADMIN, CORE
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.password import password_problem
from provider_desk.keys.ring import Ring
from provider_desk.keys.roster import Roster
from provider_desk.keys.slots import Cost, Login, Secrets
from provider_desk.keys.statements import Author
from provider_desk.model.errors import NotValid, Problem


def new_person(
    listed: Roster,
    author: Author,
    ring: Ring,
    user_id: str,
    login: Login,
    *,
    admin: bool,
    cost: Cost | None,
    chosen: bool = False,
) -> None:
    """Say that there is a person with new keys and a slot.

    Args:
        listed: gets the statements; nothing is written.
        author: a manager, or sheet A.
        ring: the author's keys.
        user_id: id of the person's User record.
        login: what opens the slot.
        admin: whether they are a manager.
        cost: of a guess; measured on this PC where it is left out.
        chosen: whether the person chose the password; else somebody else may know it.

    Raises:
        NotAllowed: the author is neither.
        NotValid: somebody else signs in with this name.
    """
    _refuse_taken(listed, user_id, login)
    pair = KeyPair.fresh()
    public = pair.public().told()
    listed.say(author, "member", user=user_id, public=public, admin=admin)
    listed.drop_slot(user_id)
    for compartment in (CORE, ADMIN) if admin else (CORE,):
        epochs.give(listed, author, ring, compartment, user_id)
    signer = Author(user_id, pair) if chosen else author
    put_slot(listed, signer, user_id, pair, login, cost)


def refuse_weak(name: str, password: str) -> None:
    """See that a name and a new password will do.

    Raises:
        NotValid: one of them won't.
    """
    problems = []
    if not name.strip():
        problems.append(Problem("name", "A name to sign in with is needed."))
    weak = password_problem(password, [name])
    if weak is not None:
        problems.append(weak)
    if problems:
        raise NotValid(problems)


def _refuse_taken(listed: Roster, user_id: str, login: Login) -> None:
    for slot in listed.named(login.name, login.team_secret):
        if slot.user != user_id:
            raise NotValid(
                [Problem("name", "Somebody signs in with this name already.")]
            )


def put_slot(
    listed: Roster,
    author: Author,
    user: str,
    pair: KeyPair,
    login: Login,
    cost: Cost | None,
) -> None:
    """Say that a person has a new slot, one version on.

    Raises:
        NotAllowed: the author is neither the person nor a manager.
    """
    slot = slots.made(
        listed.store,
        user,
        listed.next_version(user),
        login,
        Secrets(pair, listed.now.revision, listed.now.head),
        cost or calibrated(),
    )
    listed.put_slot(author, slot)
