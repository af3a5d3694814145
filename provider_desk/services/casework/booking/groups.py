"""Groups: what they are, who is a member, when they meet next.

Whoever runs a group opens its members for as long as they are members, so nobody takes
a group over by themselves: only who runs it hands it over, or somebody who opens
everybody. What a group is called and who pays for it stays once a register was taken,
because its sessions say so. Source: practices, P31.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from provider_desk.model.bank_holidays import name_of
from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.group_views import GroupPage, GroupRow, MemberRow
from provider_desk.model.records import Contract, Group, GroupMember, Referral
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework import people
from provider_desk.services.casework.session_checks import ended_words
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, may, needs
from provider_desk.services.saying import UNDONE, day, some
from provider_desk.store.queries import groups as questions
from provider_desk.store.records import find, get

#: Meetings that are listed ahead.
_AHEAD = 4
_STAYS = ("name", "funded", "contract_id")


@needs(Permission.RECORD_SESSIONS)
def groups(desk: Desk, *, counted: bool = True) -> tuple[GroupRow, ...]:
    """Every group: one's own first, those that are over last.

    Args:
        desk: who asks.
        counted: with how many are members and came. To choose a group from, nobody's
            sessions are read for it, and the counts are 0.
    """
    today, me = desk.today(), desk.user.initials
    with desk.store.reading() as rows:
        found = find(rows, Group)
        contracts = {each.id: each.reference for each in find(rows, Contract)}
        members = questions.members_now(rows, today) if counted else {}
        tallies = questions.tallies(rows) if counted else {}
    lines = [
        _row(each, contracts, members.get(each.id, 0), tallies.get(each.id), today)
        for each in found
    ]
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.over,
                not (me and line.group.worker == me),
                line.group.name.casefold(),
            ),
        )
    )


def _row(
    group: Group,
    contracts: Mapping[str, str],
    members: int,
    tally: questions.Tally | None,
    today: date,
) -> GroupRow:
    coming = meeting_days(group, today, 1)
    return GroupRow(
        group,
        contracts.get(group.contract_id, ""),
        members,
        tally.meetings if tally else 0,
        tally.attendances if tally else 0,
        tally.people if tally else 0,
        tally.last_on if tally else None,
        coming[0] if coming else None,
        group.ends_on is not None and group.ends_on < today,
    )


def meeting_days(group: Group, since: date, count: int) -> list[date]:
    """The next days on which a group meets by its weekday, from a day on."""
    numbers = {v.code: int(str(v.flags["number"])) for v in choices("weekday").values}
    number = numbers.get(group.weekday or "")
    if number is None:
        return []
    first = max(since, group.starts_on)
    try:
        first += timedelta(days=(number - first.weekday()) % 7)
        found = [first + timedelta(weeks=week) for week in range(count)]
    except OverflowError:
        # Typed into a spreadsheet: the calendar ends before the group begins.
        return []
    return [on for on in found if group.ends_on is None or on <= group.ends_on]


@needs(Permission.RECORD_SESSIONS)
def group(desk: Desk, group_id: str) -> GroupPage:
    """A group with its members.

    Raises:
        NotFound: it is not there.
    """
    today = desk.today()
    with desk.store.reading() as rows:
        held = get(rows, Group, group_id)
        contracts = {each.id: each.reference for each in find(rows, Contract)}
        places = questions.places(rows, held)
        mine = caseload.among(desk, rows, (each.client_id for each in places))
        tally = questions.tallies(rows, group_id).get(group_id)
        members = questions.members_on(rows, group_id, today)
    shown = [each for each in places if mine.holds(each.client_id)]
    return GroupPage(
        _row(held, contracts, members, tally, today),
        tuple(_member(each) for each in shown),
        len(places) - len(shown),
        tuple((on, name_of(on)) for on in meeting_days(held, today, _AHEAD)),
    )


def _member(place: questions.Place) -> MemberRow:
    return MemberRow(
        place.member_id,
        place.referral_id,
        place.client_id,
        place.code,
        place.name,
        place.joined_on,
        place.left_on,
    )


@needs(Permission.RUN_EPISODES)
def add_group(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Begin a group.

    Raises:
        NotValid: a value or a rule stops it, or another group has the name then.
    """
    with desk.store.writing("add group", by=desk.user.id) as deed:
        held, warnings = saving.add(
            desk, deed, Group, values, _same_name(deed, values, "")
        )
        said = f"Group added: {held.name}."
        return held.id, saving.done(deed, said, warnings)


@needs(Permission.RUN_EPISODES)
def take_back_group(desk: Desk, group_id: str, reason: str = UNDONE) -> Changed:
    """Take back a group that was added by mistake.

    Raises:
        NotValid: it has members.
        NotFound: it is not there.
    """
    with desk.store.writing("take back group", by=desk.user.id) as deed:
        held = get(deed, Group, group_id)
        if find(deed, GroupMember, group_id=group_id):
            raise saving.stop(
                "name", "The group has members. Give it a last day instead."
            )
        deed.retire(Group, group_id, reason)
        return saving.done(deed, f"Group taken back: {held.name}.")


@needs(Permission.RUN_EPISODES)
def change_group(desk: Desk, group_id: str, values: Mapping[str, Value]) -> Changed:
    """Change a group, hand it over, or end it by its last day.

    Raises:
        NotValid: a value or a rule stops it; somebody would take it over for
            themselves; its name or who pays would change after a register was taken.
        NotFound: it is not there.
    """
    with desk.store.writing("change group", by=desk.user.id) as deed:
        before = get(deed, Group, group_id)
        after = {**before.values(), **saving.tidied(Group, values)}
        more = [
            *_same_name(deed, after, group_id),
            *_taken_over(desk, before, after),
            *_stays(deed, before, after),
            *_keeps_members(deed, before, after),
        ]
        held, warnings = saving.change(desk, deed, Group, group_id, values, more)
        return saving.done(deed, f"Group saved: {held.name}.", warnings)


def _same_name(rows: Rows, values: Mapping[str, Value], but: str) -> Iterable[Problem]:
    """Two groups of one name on one day could not be told apart."""
    name = str(values.get("name") or "").strip()
    starts, ends = values.get("starts_on"), values.get("ends_on")
    for other in find(rows, Group, name=name) if name else ():
        begins_later = isinstance(ends, date) and other.starts_on > ends
        over = isinstance(starts, date) and (
            other.ends_on is not None and other.ends_on < starts
        )
        if other.id != but and not begins_later and not over:
            yield Problem(
                "name",
                "Another group has this name at that time. Give this one a name of "
                "its own, or the other one a last day before it begins.",
            )
            return


def _taken_over(
    desk: Desk, before: Group, after: Mapping[str, Value]
) -> Iterable[Problem]:
    """Whoever runs a group opens its members: nobody helps themselves to that."""
    if after.get("worker") == before.worker or may(desk, Permission.SEE_ALL):
        return
    if not before.worker or before.worker != desk.user.initials:
        yield Problem(
            "worker",
            "Only who runs the group hands it over, or somebody who may open "
            "everybody: whoever runs it can open its members.",
        )


def _stays(rows: Rows, before: Group, after: Mapping[str, Value]) -> Iterable[Problem]:
    changed = [name for name in _STAYS if after.get(name) != before.values()[name]]
    if changed and questions.was_held(rows, before):
        yield Problem(
            changed[0],
            "Its sessions were recorded so. Give this group a last day, and begin "
            "another one from the day of the change.",
        )


def _keeps_members(
    rows: Rows, before: Group, after: Mapping[str, Value]
) -> Iterable[Problem]:
    """A group's days hold those of its members; who left is a member until then."""
    joined = [each.joined_on for each in find(rows, GroupMember, group_id=before.id)]
    starts, ends = after.get("starts_on"), after.get("ends_on")
    if isinstance(starts, date) and joined and min(joined) < starts:
        yield Problem(
            "starts_on",
            f"Somebody joined on {day(min(joined))}, before that day. Choose that day "
            "or an earlier one.",
        )
    late = [on for on in joined if isinstance(ends, date) and on > ends]
    if late and isinstance(ends, date):
        yield Problem(
            "ends_on",
            f"{some(len(late), 'member')} joined after {day(ends)}, the last one on "
            f"{day(max(late))}. Choose that day or a later one, or take their places "
            "back first.",
        )


@needs(Permission.RECORD_SESSIONS)
def join(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Give somebody a place in a group.

    Args:
        desk: who does it.
        referral_id: the referral that the work belongs to.
        values: "group_id" and "joined_on".

    Raises:
        NotValid: a value or a rule stops it; they are a member already; a contract
            pays for the group, and it is not that of the referral.
        NotFound: the referral is not there, or outside the caseload.
    """
    with desk.store.writing("join group", by=desk.user.id) as deed:
        referral = caseload.within(desk, deed, Referral, referral_id)
        given = {
            "joined_on": desk.today(),
            **values,
            "referral_id": referral_id,
            "left_on": None,
        }
        more = _may_join(deed, referral, given)
        place, warnings = saving.add(desk, deed, GroupMember, given, more)
        held = get(deed, Group, place.group_id)
        code = people.code_of(deed, referral.client_id)
        said = f"{code} joins {held.name} on {day(place.joined_on)}."
        return place.id, saving.done(deed, said, warnings)


def _may_join(
    rows: Rows, referral: Referral, given: Mapping[str, Value]
) -> Iterable[Problem]:
    group_id, joined = given.get("group_id"), given.get("joined_on")
    found = find(rows, Group, id=group_id) if group_id else []
    if not found or not isinstance(joined, date):
        return
    held = found[0]
    if held.funded == "Y" and referral.contract_id != held.contract_id:
        yield Problem(
            "group_id",
            "Another contract pays for this group than for this referral, so its "
            "figures would be wrong. Choose a group of the same contract, or one that "
            "no contract pays for.",
        )
    if joined < held.starts_on:
        yield Problem(
            "joined_on", f"The group does not meet before {day(held.starts_on)}."
        )
    if held.ends_on is not None and joined > held.ends_on:
        yield Problem("joined_on", f"The group ended on {day(held.ends_on)}.")
    if held.funded == "Y":
        ended = questions.closed_before(rows, [referral.id], joined)
        for closed_on in ended.values():
            yield Problem("group_id", ended_words(closed_on))
    for place in find(rows, GroupMember, group_id=held.id, referral_id=referral.id):
        if place.left_on is None or place.left_on >= joined:
            yield Problem("group_id", "This person is a member of the group already.")
            return
    full = held.places
    if full is not None and questions.members_on(rows, held.id, joined) >= full:
        yield Problem(
            "group_id", f"The group has {some(full, 'place')}, all taken.", "warn"
        )


@needs(Permission.RECORD_SESSIONS)
def leave(desk: Desk, member_id: str, left_on: date, *, back: bool = False) -> Changed:
    """End somebody's place in a group by its last day, or undo that.

    Args:
        desk: who does it.
        member_id: the place.
        left_on: the last day on which they are a member.
        back: they did not leave after all.

    Raises:
        NotValid: it lies before they joined; they joined again since.
        NotFound: it is not there, or outside the caseload.
    """
    with desk.store.writing("leave group", by=desk.user.id) as deed:
        before = caseload.within(desk, deed, GroupMember, member_id)
        given: Mapping[str, Value] = {"left_on": None if back else left_on}
        place, warnings = saving.change(
            desk,
            deed,
            GroupMember,
            member_id,
            given,
            _twice(deed, before, None if back else left_on),
        )
        held = get(deed, Group, place.group_id)
        said = f"Still a member of {held.name}."
        if not back:
            said = f"Last day in {held.name}: {day(left_on)}."
        return saving.done(deed, said, warnings)


def _twice(rows: Rows, place: GroupMember, left_on: date | None) -> Iterable[Problem]:
    """Nobody has two places in one group on one day."""
    for other in find(
        rows, GroupMember, group_id=place.group_id, referral_id=place.referral_id
    ):
        over = other.left_on is not None and other.left_on < place.joined_on
        later = left_on is not None and left_on < other.joined_on
        if other.id != place.id and not over and not later:
            yield Problem(
                "left_on",
                f"They have another place in this group from {day(other.joined_on)}. "
                "Put that one right first.",
            )
            return


@needs(Permission.RECORD_SESSIONS)
def take_back_place(desk: Desk, member_id: str, reason: str = UNDONE) -> Changed:
    """Take back a place that was given by mistake.

    Raises:
        NotValid: a register of the group says something of them already.
        NotFound: it is not there, or outside the caseload.
    """
    with desk.store.writing("take back place", by=desk.user.id) as deed:
        place = caseload.within(desk, deed, GroupMember, member_id)
        held = get(deed, Group, place.group_id)
        if questions.in_registers(deed, held, place.referral_id):
            words = "They stand in a register already. Say when they left instead."
            raise saving.stop("left_on", words)
        deed.retire(GroupMember, member_id, reason)
        return saving.done(deed, f"Place in {held.name} taken back.")
