"""Putting two records of one person together, and taking them apart again.

Nothing is copied and nothing is lost: every row that refers to the one person is let
refer to the other, and the row of the person that is gone is retired. What was moved
is kept with the deed, so that taking apart puts exactly that back; what was added
since stays with the person that was kept. Source: domain reference, B1, duplicates.
"""

from collections import Counter
from collections.abc import Collection, Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Record, Value, field_map, fields_of, shown
from provider_desk.model.looks import LookKind
from provider_desk.model.records import (
    BY_TABLE,
    Client,
    PersonMerge,
    Referral,
    SafeContact,
)
from provider_desk.model.rows import Rows
from provider_desk.model.same_person import FieldPair, SideBySide
from provider_desk.services import own_reasons, saving
from provider_desk.services.casework.history import PUT_TOGETHER, TAKE_APART
from provider_desk.services.casework.people import name_of
from provider_desk.services.casework.referring.merge_plan import (
    MergePlan,
    combined,
    put_back,
    read_plan,
    ways_that_stay,
    without,
)
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label, some
from provider_desk.store.queries import episodes as episode_questions
from provider_desk.store.queries import merged as questions
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed


@needs(Permission.MERGE_PEOPLE)
def side_by_side(desk: Desk, client_id: str, other_id: str) -> SideBySide:
    """Two records field by field; that both were looked at is written down first.

    Args:
        desk: who looks.
        client_id: the one that would stay.
        other_id: the one that would be taken off.

    Raises:
        NotFound: one of them is not there, or outside the caseload.
        NotValid: they are the same.
    """
    _refuse_one(client_id, other_id)
    with desk.store.reading() as rows:
        for each in (client_id, other_id):
            caseload.within(desk, rows, Client, each)
    for each in (client_id, other_id):
        looks.opened(desk, each)
    with desk.store.reading() as rows:
        kept, gone = get(rows, Client, client_id), get(rows, Client, other_id)
        return SideBySide(
            kept.id,
            gone.id,
            kept.code,
            gone.code,
            name_of(kept),
            name_of(gone),
            tuple(_pairs(kept, gone)),
            tuple(_moved_words(rows, gone.id)),
            tuple(_to_know(rows, kept, gone)),
        )


def _refuse_one(client_id: str, other_id: str) -> None:
    if client_id == other_id:
        raise saving.stop("", "This is one record, not two. Choose the other one.")


def _pairs(kept: Client, gone: Client) -> list[FieldPair]:
    found = []
    for each in fields_of(Client):
        if each.name == "code":
            continue
        mine = shown(each.kind, kept.values()[each.name])
        other = shown(each.kind, gone.values()[each.name])
        if mine or other:
            pair = FieldPair(each.name, each.kind.label, mine, other, not mine)
            found.append(pair)
    return found


def _moved_words(rows: Rows, client_id: str) -> list[str]:
    counts: Counter[str] = Counter()
    for record_type, field in questions.references():
        ids = questions.rows_of(rows, record_type, field, client_id)
        if ids and record_type is not PersonMerge:
            counts[record_type.LABEL] += len(ids)
    return [f"{words}: {count}" for words, count in counts.items()]


def _to_know(rows: Rows, kept: Client, gone: Client) -> list[str]:
    found = []
    if kept.born_on and gone.born_on and kept.born_on != gone.born_on:
        found.append(
            "The dates of birth differ. Make sure that this is one person before you "
            "go on."
        )
    mine, other = _open_areas(rows, kept.id), _open_areas(rows, gone.id)
    found += [
        f"Both have an open referral for {label('service_area', area)}. Both stay; "
        "close or take back the one that is too many."
        for area in sorted(mine & other)
    ]
    found.append(
        "Safe contact: an answer stays where its number or address stays; of two the "
        "more careful one, and “never use” always."
    )
    return found


def _open_areas(rows: Rows, client_id: str) -> set[str]:
    areas = {each.area for each in find(rows, Referral, client_id=client_id)}
    ask = episode_questions.open_referrals_in_area
    return {area for area in areas if ask(rows, client_id, area)}


@needs(Permission.MERGE_PEOPLE)
def put_together(
    desk: Desk, client_id: str, other_id: str, taken: Collection[str] = ()
) -> tuple[str, Changed]:
    """Put two records of one person together, in one deed.

    Args:
        desk: who does it.
        client_id: whose code and row stay.
        other_id: whose row is taken off; everything that refers to it moves over.
        taken: names of the person's fields in which the other record is right.

    Returns:
        The id of the merge, with which it is taken apart, and what changed.

    Raises:
        NotFound: one of them is not there, or outside the caseload.
        NotValid: they are the same, or a value stops it.
    """
    _refuse_one(client_id, other_id)
    _refuse_unknown(taken)
    _noted(desk, client_id, other_id, "two records put together")
    with desk.store.writing(PUT_TOGETHER, desk.user.id) as deed:
        kept = caseload.within(desk, deed, Client, client_id)
        gone = caseload.within(desk, deed, Client, other_id)
        plan = MergePlan(kept.id)
        new = combined(kept, gone, taken)
        _choose_ways(deed, kept, gone, new, plan)
        _move_rows(deed, kept, gone, plan)
        before = kept.values()
        plan.fields.update({name: (before[name], new[name]) for name in new})
        _, warnings = saving.change(desk, deed, Client, kept.id, new)
        deed.retire(Client, gone.id, own_reasons.PUT_TOGETHER)
        made, _ = saving.add(
            desk,
            deed,
            PersonMerge,
            {
                "client_id": kept.id,
                "gone_id": gone.id,
                "merged_on": desk.today(),
                "moved": plan.text(),
            },
        )
        warnings += _twice_open(deed, kept.id)
        said = f"{gone.code} put together with {kept.code}."
        return made.id, saving.done(deed, said, warnings)


def _refuse_unknown(taken: Collection[str]) -> None:
    for name in taken:
        if name not in field_map(Client) or name == "code":
            raise NotValid([Problem(name, f"There is no field “{name}” to take.")])


def _noted(desk: Desk, client_id: str, other_id: str, about: str) -> None:
    with desk.store.reading() as rows:
        caseload.within(desk, rows, Client, client_id)
        caseload.within(desk, rows, Client, other_id)
    for each in (client_id, other_id):
        looks.note(desk, LookKind.OPENED, table=Client.TABLE, row_id=each, about=about)


def _move_rows(deed: Deed, kept: Client, gone: Client, plan: MergePlan) -> None:
    """Let every row that refers to the one refer to the other."""
    stays = questions.between(deed, kept.id, gone.id)
    for record_type, field in questions.references():
        for row_id in questions.rows_of(deed, record_type, field, gone.id):
            if row_id in stays:
                continue
            _hand_over(
                deed, record_type, row_id, {field: kept.id}, own_reasons.PUT_TOGETHER
            )
            plan.rows.append((record_type.TABLE, field, row_id))


def _hand_over(
    deed: Deed,
    record_type: type[Record],
    row_id: str,
    values: Mapping[str, Value],
    why: str,
) -> None:
    if record_type.FACT:
        deed.addendum(record_type, row_id, values, why)
    else:
        deed.change(record_type, row_id, values)


def _choose_ways(
    deed: Deed, kept: Client, gone: Client, new: Mapping[str, Value], plan: MergePlan
) -> None:
    """Of two answers on one channel one stays; the other row is taken off."""
    mine, other = (
        {each.channel: each for each in find(deed, SafeContact, client_id=who.id)}
        for who in (kept, gone)
    )
    whose = {
        "kept": kept.values(),
        "gone": gone.values(),
        "now": {**kept.values(), **new},
    }
    staying = ways_that_stay(mine, other, whose)
    for way in (*mine.values(), *other.values()):
        stays = staying[way.channel]
        if stays is None or stays.id != way.id:
            deed.retire(SafeContact, way.id, own_reasons.PUT_TOGETHER)
            plan.retired.append((SafeContact.TABLE, way.id))


def _twice_open(rows: Rows, client_id: str) -> list[Problem]:
    found = []
    for area in sorted({r.area for r in find(rows, Referral, client_id=client_id)}):
        held = episode_questions.open_referrals_in_area(rows, client_id, area)
        if len(held) > 1:
            words = label("service_area", area)
            found.append(
                Problem(
                    "",
                    f"{some(len(held), 'referral')} for {words} are open now. Close or "
                    "take back the one that is too many.",
                    "warn",
                )
            )
    return found


@needs(Permission.MERGE_PEOPLE)
def take_apart(desk: Desk, merge_id: str, reason: str) -> Changed:
    """Take two records apart that were put together; both are as they were.

    What was added since stays with the person that was kept, and so does what
    somebody changed in the person's own fields since.

    Raises:
        NotValid: the reason is missing, they were taken apart already, or the kept
            record was itself put together with another one since.
        NotFound: it is not there, or outside the caseload.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why they are taken apart.")
    with desk.store.reading() as rows:
        held = caseload.within(desk, rows, PersonMerge, merge_id)
    looks.note(
        desk,
        LookKind.OPENED,
        table=Client.TABLE,
        row_id=held.client_id,
        about="records taken apart",
        reason=reason.strip(),
    )
    with desk.store.writing(TAKE_APART, desk.user.id, reason.strip()) as deed:
        held = caseload.within(desk, deed, PersonMerge, merge_id)
        plan = _plan_of(deed, held)
        # The person first: what moves back refers to somebody who stands.
        deed.put_back(Client, held.gone_id)
        _move_back(deed, held, plan)
        _put_ways_back(deed, plan)
        kept = get(deed, Client, held.client_id)
        now = kept.values()
        back = {
            name: put_back(now[name], was, since, name)
            for name, (was, since) in plan.fields.items()
        }
        changed = {name: value for name, value in back.items() if value != now[name]}
        deed.change(Client, kept.id, changed)
        _follow(deed, held, plan)
        deed.change(PersonMerge, held.id, {"undone_on": desk.today()})
        gone = get(deed, Client, held.gone_id)
        return saving.done(deed, f"{gone.code} and {kept.code} are two records again.")


def _plan_of(rows: Rows, held: PersonMerge) -> MergePlan:
    if held.undone_on is not None or not held.moved:
        raise saving.stop("", "These are two records already. Nothing was changed.")
    plan = read_plan(held.moved)
    if plan.kept != held.client_id:
        codes = questions.codes_of(rows, [plan.kept, held.client_id])
        raise saving.stop(
            "",
            f"{codes.get(plan.kept, '')} was itself put together with "
            f"{codes.get(held.client_id, '')} later. Take those two apart first.",
        )
    return plan


def _follow(deed: Deed, undone: PersonMerge, plan: MergePlan) -> None:
    """Let later merges that still stand know what undoing this one put back."""
    after = questions.later_than(deed, undone.id)
    for other in find(deed, PersonMerge, client_id=undone.client_id):
        if other.id not in after or not other.moved or other.undone_on is not None:
            continue
        later = read_plan(other.moved)
        if later.kept == undone.client_id:
            moved = without(later, plan).text()
            if moved != other.moved:
                deed.change(PersonMerge, other.id, {"moved": moved})


def _move_back(deed: Deed, held: PersonMerge, plan: MergePlan) -> None:
    for table, field, row_id in plan.rows:
        record_type = BY_TABLE[table]
        at = questions.where_now(deed, record_type, field, row_id)
        if at == held.client_id:
            _hand_over(
                deed, record_type, row_id, {field: held.gone_id}, own_reasons.APART
            )


def _put_ways_back(deed: Deed, plan: MergePlan) -> None:
    """Rows of safe contact stand again; one asked for anew since stays as it is."""
    for table, row_id in plan.retired:
        record_type = BY_TABLE[table]
        deed.put_back(record_type, row_id)
        way = get(deed, record_type, row_id)
        if isinstance(way, SafeContact):
            same = find(deed, SafeContact, client_id=way.client_id, channel=way.channel)
            if len(same) > 1:
                deed.retire(SafeContact, way.id, "asked for anew since")


@needs(Permission.MERGE_PEOPLE)
def different_people(desk: Desk, client_id: str, other_id: str) -> tuple[str, Changed]:
    """Say that two who are alike are two people; they are not pointed out again.

    Raises:
        NotFound: one of them is not there, or outside the caseload.
        NotValid: they are the same record.
    """
    _refuse_one(client_id, other_id)
    with desk.store.writing("different people", desk.user.id) as deed:
        first = caseload.within(desk, deed, Client, client_id)
        second = caseload.within(desk, deed, Client, other_id)
        today = desk.today()
        made, _ = saving.add(
            desk,
            deed,
            PersonMerge,
            {
                "client_id": first.id,
                "gone_id": second.id,
                "merged_on": today,
                "undone_on": today,
            },
        )
        said = f"{first.code} and {second.code} are two people; noted."
        return made.id, saving.done(deed, said)


@needs(Permission.MERGE_PEOPLE)
def take_back_different(desk: Desk, merge_id: str, reason: str) -> Changed:
    """Take back that two are two people; they may be pointed out again.

    Raises:
        NotValid: the reason is missing, or this was a merge.
        NotFound: it is not there, or outside the caseload.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back different people", desk.user.id) as deed:
        held = caseload.within(desk, deed, PersonMerge, merge_id)
        if held.moved:
            raise saving.stop("", "These records were put together: take them apart.")
        deed.retire(PersonMerge, held.id, reason.strip())
        return saving.done(deed, "Taken back.")
