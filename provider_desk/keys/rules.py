"""Who may make which statement of the roster's log, and what it does.

::

    deed      by                       what it does
    desk      A                        the first: both sheets, salt, commitment of TS
    sheet     A: a manager or A        a new sheet takes the place of one
              B: a clinical lead or B
    member    a manager or A           a person, or new keys of a person
    admin     a manager or A           makes a manager, or no longer one
    disable   a manager or A           a person is gone: what they sign is refused
    keys      the person               own new keys, signed with the old ones; all that
                                       the old ones opened is due
    slot      the person               the password's slot has this version and hash
              a manager or A           the same, where the person has none
    lead      a clinical lead or B     makes a clinical lead, or no longer one
              a manager or A           no longer one
    epoch     who may give the key     a new key of a compartment, and its grants
    grant     who may give the key     one more holder
    revoke    who may give the key,    one holder less; a new epoch is due
              a manager or A

``core`` and ``admin`` are given by managers and sheet A, ``counsel:*`` by clinical
leads and sheet B; a manager never holds ``counsel:*``, and takes it away, as when
somebody is disabled, but never gives it. What breaks a rule was not made
by this program: the whole roster is refused.
Source: security design, §2.1, §2.6, §2.7.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from provider_desk.keys.boxes import SALT_BYTES, Box
from provider_desk.keys.compartments import ADMIN, CORE, is_counsel, is_name, sheet_of
from provider_desk.keys.key_pairs import Public, is_signed, raw, sealing_key
from provider_desk.keys.standing import (
    SHEETS,
    Compartment,
    Epoch,
    Member,
    SlotMark,
    Standing,
)
from provider_desk.keys.statements import Statement, store_id

#: 32 bytes, sealed by HPKE.
GRANT_BYTES = 80


class Forbidden(Exception):
    """A statement that whoever signed it may not make, or that makes no sense."""


def apply(now: Standing, said: Statement) -> None:
    """Take the next statement. Where it is refused, ``now`` is of no use any more.

    Raises:
        Forbidden: it is not the next one, not signed by who it says, or whoever
            signed it may not say it.
        KeyError, TypeError, ValueError, AttributeError: it lacks what it needs.
    """
    if said.revision != now.revision + 1 or said.before != now.head:
        raise Forbidden("not the next statement")
    if not now.hashes:
        _begin(now, said)
    else:
        public = now.public_of(said.by)
        _need(public is not None and _signed(public, said))
        _need(said.deed in _RULES)
        _RULES[said.deed](now, said)
    now.hashes.append(said.hash())


def _begin(now: Standing, said: Statement) -> None:
    sheets = {which: Public.read(said.told["sheets"][which]) for which in SHEETS}
    _need(sheets["A"].signs != sheets["B"].signs)
    _need(said.deed == "desk" and said.by == "A" and _signed(sheets["A"], said))
    now.salt = raw(said.told["salt"], SALT_BYTES)
    now.commit = raw(said.told["commit"])
    now.sheets, now.sheet_since = sheets, dict.fromkeys(SHEETS, 1)
    now.store = store_id(said)


def _signed(public: Public, said: Statement) -> bool:
    return is_signed(public.signs, said.signature, said.signed_data())


def _sheet(now: Standing, said: Statement) -> None:
    which = said.told["which"]
    _need(which in SHEETS)
    _need(now.is_office(said.by) if which == "A" else now.is_clinic(said.by))
    if which == "A":
        now.team = raw(said.told["team"], GRANT_BYTES)
    public = Public.read(said.told["public"])
    if public == now.sheets[which]:
        return
    _need(public.signs not in _known(now))
    now.once_sheets.add(now.sheets[which].signs)
    now.sheets[which], now.sheet_since[which] = public, said.revision
    _lose(now, which)


def _member(now: Standing, said: Statement) -> None:
    user, admin = _id(said), _flag(said.told["admin"])
    _need(now.is_office(said.by) and user not in SHEETS)
    old = now.members.get(user)
    _take_keys(now, user, Member(Public.read(said.told["public"]), admin))
    if old is None:
        return
    # Keys that somebody else made lose what the old ones held, and no manager becomes
    # a clinical lead in this way. Source: security design, §2.6. The old keys may have
    # become known, so what they opened is renewed.
    now.slots.pop(user, None)
    _lose(now, user)


def _take_keys(now: Standing, user: str, member: Member) -> None:
    """No key is ever used twice: not by two people, nor again after it was given up."""
    _need(member.public.signs not in _known(now))
    now.members[user] = member
    now.signers[user] = (*now.signers.get(user, ()), member.public.signs)


def _known(now: Standing) -> set[bytes]:
    """Every key that anybody or any sheet has ever signed with."""
    people = {key for keys in now.signers.values() for key in keys}
    return people | now.once_sheets | {each.signs for each in now.sheets.values()}


def _admin(now: Standing, said: Statement) -> None:
    user, admin = _id(said), _flag(said.told["admin"])
    _need(now.is_office(said.by))
    member = _active(now, user)
    if admin:
        _need(not member.lead and not now.holds_counsel(user))
    elif now.compartments[ADMIN].grants.pop(user, None) is not None:
        now.compartments[ADMIN].due = True
    now.members[user] = replace(member, admin=admin)


def _disable(now: Standing, said: Statement) -> None:
    user = _id(said)
    _need(now.is_office(said.by))
    member = _active(now, user)
    now.members[user] = replace(member, disabled=True, admin=False, lead=False)
    now.slots.pop(user, None)
    _lose(now, user)


def _lose(now: Standing, holder: str) -> None:
    """Somebody holds nothing any more; whatever they held is due for a new key."""
    for each in now.compartments.values():
        if each.grants.pop(holder, None) is not None:
            each.due = True


def _keys(now: Standing, said: Statement) -> None:
    """A person's own new keys; whatever they held, they seal to themselves."""
    user = said.by
    member = _active(now, user)
    grants = _grants(said)
    held = {name for name, each in now.compartments.items() if user in each.grants}
    _need(set(grants) == held)
    public = Public.read(said.told["public"])
    _take_keys(now, user, replace(member, public=public))
    for name, sealed in grants.items():
        each = now.compartments[name]
        each.grants[user] = sealed
        # Whoever knew the old password could have opened the old keys, whoever gave
        # it and changed it first too.
        each.due = True


def _slot(now: Standing, said: Statement) -> None:
    user, version = _id(said), said.told["version"]
    _active(now, user)
    # Nobody takes the place of a slot that holds: new keys come first.
    _need(said.by == user or (now.is_office(said.by) and user not in now.slots))
    _need(type(version) is int and version == now.versions.get(user, 0) + 1)
    digest = raw(said.told["digest"]).hex()
    now.versions[user] = version
    now.slots[user] = SlotMark(version, digest, said.by != user)


def _lead(now: Standing, said: Statement) -> None:
    user, lead = _id(said), _flag(said.told["lead"])
    # Managers take away, and never give. Source: security design, §2.6.
    _need(now.is_clinic(said.by) or (now.is_office(said.by) and not lead))
    member = _active(now, user)
    _need(not (lead and member.admin))
    now.members[user] = replace(member, lead=lead)


def _epoch(now: Standing, said: Statement) -> None:
    name, grants, earlier = _compartment(said), _grants(said), said.told["earlier"]
    # The desk is made with sheet A alone: it begins the counselling key, for sheet B
    # and nobody else, once.
    begins = said.by == "A" and set(grants) == {"B"} and not _has_counsel(now)
    _need(now.may_give(said.by, name) or (is_counsel(name) and begins))
    held = now.compartments.get(name, Compartment())
    _need(said.told["epoch"] == len(held.epochs) + 1)
    _need(sheet_of(name) in grants)
    for holder in grants:
        _need_holder(now, name, holder)
    _need((earlier is None) == (not held.epochs))
    box = None if earlier is None else Box.read(earlier)
    held.epochs.append(Epoch(sealing_key(said.told["public"]), box))
    held.grants, held.due = grants, False
    now.compartments[name] = held


def _grant(now: Standing, said: Statement) -> None:
    name, user = _compartment(said), _id(said)
    held = now.compartments[name]
    _need(now.may_give(said.by, name) and user not in SHEETS)
    _need(said.told["epoch"] == len(held.epochs))
    _need_holder(now, name, user)
    held.grants[user] = raw(said.told["sealed"], GRANT_BYTES)


def _revoke(now: Standing, said: Statement) -> None:
    name, user = _compartment(said), _id(said)
    _need(now.may_give(said.by, name) or now.is_office(said.by))
    _need(user not in SHEETS)
    member = now.members.get(user)
    # A clinical lead holds all of them, or is none any more.
    _need(not (is_counsel(name) and member is not None and member.lead))
    held = now.compartments[name]
    if held.grants.pop(user, None) is not None:
        held.due = True


_RULES: Mapping[str, Callable[[Standing, Statement], None]] = {
    "sheet": _sheet,
    "member": _member,
    "admin": _admin,
    "disable": _disable,
    "keys": _keys,
    "slot": _slot,
    "lead": _lead,
    "epoch": _epoch,
    "grant": _grant,
    "revoke": _revoke,
}


def _need(holds: bool) -> None:  # noqa: FBT001
    if not holds:
        raise Forbidden("against the rules")


def _need_holder(now: Standing, compartment: str, holder: str) -> None:
    """Members hold keys: managers ``admin``, everybody else ``counsel:*``."""
    if holder in SHEETS:
        _need(holder == sheet_of(compartment))
        return
    member = _active(now, holder)
    fits = compartment == CORE or member.admin == (compartment == ADMIN)
    _need(fits)


def _active(now: Standing, user: str) -> Member:
    member = now.members.get(user)
    if member is None or member.disabled:
        raise Forbidden("nobody who is a member")
    return member


def _has_counsel(now: Standing) -> bool:
    return any(is_counsel(name) for name in now.compartments)


def _id(said: Statement) -> str:
    user = said.told["user"]
    _need(isinstance(user, str) and bool(user) and "|" not in user)
    return str(user)


def _compartment(said: Statement) -> str:
    name = said.told["compartment"]
    _need(isinstance(name, str) and is_name(name))
    return str(name)


def _grants(said: Statement) -> dict[str, bytes]:
    told: Mapping[str, Any] = said.told["grants"]
    return {holder: raw(sealed, GRANT_BYTES) for holder, sealed in told.items()}


def _flag(value: object) -> bool:
    _need(isinstance(value, bool))
    return bool(value)
