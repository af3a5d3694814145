"""The staff register: training, supervision, and when each is due again.

Whoever keeps it sees everybody's rows and records them; everybody sees their own.
What was said in supervision stays out. Source: practices, P50; domain reference, F9.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.months import add_months
from provider_desk.model.office_rows import Entry, Register, Standing
from provider_desk.model.records import Supervision, Training, User
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may, needs
from provider_desk.services.saying import day, label
from provider_desk.store.queries import office as questions
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.records import find, get

_FIXED = ("user_id",)


def _as_given(values: Mapping[str, Value]) -> dict[str, Value]:
    return dict(values)


def _until(values: Mapping[str, Value]) -> dict[str, Value]:
    """Values of a training with the day on which it is to be repeated."""
    kind = choices("training_kind").by_code.get(str(values.get("kind") or ""))
    done, months = values.get("done_on"), kind.flags.get("repeat_months") if kind else 0
    if values.get("expires_on") or not months or not isinstance(done, date):
        return dict(values)
    return {**values, "expires_on": add_months(done, int(months))}


@dataclass(frozen=True, slots=True)
class Kept:
    """One of the two things that the register keeps: declared here, done alike.

    Attributes:
        record_type: what is kept of it.
        words: what it is called within a sentence.
        kinds: the value list of its kinds.
        named: what stands before a kind where it is listed.
        done: the field with the day of it.
        shows: the field that says what shows it.
        ahead: Today tells of it so long before the next is due.
        filled_in: adds what follows from the values.
    """

    record_type: type[Training] | type[Supervision]
    words: str
    kinds: str
    named: str
    done: str
    shows: str
    ahead: timedelta
    filled_in: Callable[[Mapping[str, Value]], dict[str, Value]] = _as_given


TRAINING = Kept(
    record_type=Training,
    words="training",
    kinds="training_kind",
    named="",
    done="done_on",
    shows="evidence",
    ahead=timedelta(days=60),
    filled_in=_until,
)
SUPERVISION = Kept(
    record_type=Supervision,
    words="supervision",
    kinds="supervision_kind",
    named="Supervision: ",
    done="held_on",
    shows="with_whom",
    ahead=timedelta(days=14),
)


def kept_of(record: Training | Supervision) -> Kept:
    """Which of the two a row is."""
    return TRAINING if isinstance(record, Training) else SUPERVISION


@needs(Permission.READ)
def register(desk: Desk) -> Register:
    """The register, or one's own part of it; what is due first, then the newest."""
    whole = may(desk, Permission.KEEP_REGISTER)
    with desk.store.reading() as rows:
        staff = find(rows, User) if whole else [get(rows, User, desk.user.id)]
        mine = "" if whole else desk.user.id
        entries = list(_entries(rows, staff, desk.today(), mine))
    order = list(Standing)
    newest_first = sorted(entries, key=lambda each: each.done_on, reverse=True)
    return Register(
        staff=tuple(sorted(staff, key=lambda user: user.name.casefold())),
        entries=tuple(sorted(newest_first, key=lambda e: order.index(e.standing))),
        whole=whole,
    )


def _entries(
    rows: Rows, staff: list[User], today: date, user_id: str, *, newest: bool = False
) -> Iterator[Entry]:
    """Every row of those who are here, the newest of each kind marked.

    With ``newest`` none is given that a later one of its kind took the place of.
    """
    by_id = {user.id: user for user in staff}
    seen: set[tuple[str, str]] = set()
    held: list[Training | Supervision] = [
        *questions.training_of(rows, user_id, newest=newest),
        *questions.supervision_of(rows, user_id, newest=newest),
    ]
    for record in held:
        user = by_id.get(record.user_id)
        if user is None:
            continue
        kind = (user.id, f"{record.TABLE} {_same(record)}")
        if newest and kind in seen:
            continue
        yield _entry(user, record, today, newest=kind not in seen)
        seen.add(kind)


def _same(record: Training | Supervision) -> str:
    """What makes a later row take the place of this one."""
    if isinstance(record, Training) and record.kind == "OTHER":
        return record.title.casefold()
    return record.kind


def _entry(
    user: User, record: Training | Supervision, today: date, *, newest: bool
) -> Entry:
    kept = kept_of(record)
    values = record.values()
    what = label(kept.kinds, record.kind)
    what = f"{kept.named}{what.lower()}" if kept.named else what
    if isinstance(record, Training) and record.kind == "OTHER" and record.title:
        what = record.title
    done = record.done_on if isinstance(record, Training) else record.held_on
    until = record.expires_on if isinstance(record, Training) else record.next_on
    standing = Standing.FINE
    if newest and until is not None and until <= today + kept.ahead:
        standing = Standing.OVER if until < today else Standing.SOON
    return Entry(
        name=user.name,
        role=user.role,
        what=what,
        done_on=done,
        next_on=until,
        standing=standing,
        newest=newest,
        evidence=str(values[kept.shows]),
        record=record,
    )


def things(desk: Desk, rows: Rows, _mine: Caseload) -> Iterator[ToDo]:
    """Lines for Today: to whom it is due, and to whoever keeps the register."""
    keeps = may(desk, Permission.KEEP_REGISTER)
    everybody = find(rows, User) if keeps else find(rows, User, id=desk.user.id)
    today = desk.today()
    here = [u for u in everybody if u.ends_on is None or u.ends_on >= today]
    user_id = "" if keeps else desk.user.id
    found = _entries(rows, here, today, user_id, newest=True)
    due = [each for each in found if each.standing is not Standing.FINE]
    due.sort(key=lambda each: (each.record.user_id != desk.user.id, each.next_on))
    for each in due:
        own = each.record.user_id == desk.user.id
        over = "was due" if each.standing is Standing.OVER else "due"
        yield ToDo(
            ToDoKind.STAFF,
            each.what if own else f"{each.what} for {each.name}",
            f"{over} {day(each.next_on) if each.next_on else ''}, "
            f"last on {day(each.done_on)}",
            each.next_on,
            table=each.record.TABLE,
            row_id=each.record.id,
            place="office/register",
        )


@needs(Permission.KEEP_REGISTER)
def record_entry(
    desk: Desk, kept: Kept, user_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record that somebody had training or supervision, today unless a day is said.

    Raises:
        NotValid: a value or a rule stops it.
        NotFound: nobody of that id signs in here.
    """
    with desk.store.writing(f"record {kept.words}", by=desk.user.id) as deed:
        user = get(deed, User, user_id)
        given = {kept.done: desk.today(), **values, "user_id": user.id}
        given = kept.filled_in(given)
        row, warnings = saving.add(desk, deed, kept.record_type, given)
        said = f"{kept.words.capitalize()} of {user.name} saved."
        return row.id, saving.done(deed, said, warnings)


@needs(Permission.KEEP_REGISTER)
def change_entry(
    desk: Desk, kept: Kept, row_id: str, values: Mapping[str, Value]
) -> Changed:
    """Put a row right; what it said before stays in its history.

    Raises:
        NotValid: a value or a rule stops it.
        NotFound: it is not on the desk.
    """
    with desk.store.writing("change the staff register", by=desk.user.id) as deed:
        given = {name: value for name, value in values.items() if name not in _FIXED}
        _, warnings = saving.change(desk, deed, kept.record_type, row_id, given)
        return saving.done(deed, f"{kept.words.capitalize()} saved.", warnings)


@needs(Permission.KEEP_REGISTER)
def take_back_entry(desk: Desk, kept: Kept, row_id: str, reason: str) -> Changed:
    """Take back a row that was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
        NotFound: it is not on the desk.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back of the staff register", desk.user.id) as deed:
        get(deed, kept.record_type, row_id)
        deed.retire(kept.record_type, row_id, reason.strip())
        return saving.done(deed, f"{kept.words.capitalize()} taken back.")
