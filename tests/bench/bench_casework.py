"""How long what a caseworker, a counsellor and a duty worker ask for takes.

    python -m tests.bench.bench_casework [FOLDER]

FOLDER is a desk of ``tests.bench.big_desk``, filled by ``tests.bench.big_casework``;
without it one of about 250,000 rows is made. Milliseconds: at once after the desk was
opened, then the median and 95 of 100 times once it was asked before. The status is 1
where a median is over the limit and nothing shows progress.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

from provider_desk.model.fields import Value
from provider_desk.model.records import Session, User, WaitingContact
from provider_desk.services.casework import people, sessions, today, waiting
from provider_desk.services.casework.booking import groups, registers, week
from provider_desk.services.casework.course import closing_sheet
from provider_desk.services.casework.measuring import gains
from provider_desk.services.casework.referring import one_person
from provider_desk.services.casework.remembered import Remembered
from provider_desk.services.desk import Desk
from provider_desk.services.office import contract_ends, feedback, register
from provider_desk.services.planning import forecasts, slots, who
from provider_desk.services.planning.overview import overview
from tests.bench.bench_roles import signed_in
from tests.bench.bench_search import timed
from tests.bench.big_casework import fill
from tests.bench.big_desk import make_big_desk, open_big_desk
from tests.builders.casework import contract_of, keys_for

#: About 250,000 rows.
PEOPLE, SESSIONS = 10_000, 130_000

#: Milliseconds, the median; on 50,000 people and 1,000,000 sessions.
LIMIT = 100

_ROLES = (
    "CASEWORKER",
    "COUNSELLOR",
    "CLINICAL_LEAD",
    "ADMINISTRATOR",
    "MANAGER",
    "STUDENT",
    "TRUSTEE",
)

#: These show that they go on, and can be stopped.
WITH_PROGRESS = frozenset({"counting a contract", "forecasts"})

_TIMES = 20

_Works = dict[str, Callable[[], object]]


def of_today(desk: Desk) -> _Works:
    """Today of each role, and what is asked anew after a deed."""
    found: _Works = {}
    for role in _ROLES:
        desk_of = signed_in(desk, role)
        found[f"Today, {role.lower()}"] = partial(today.things_to_do, desk_of)
        # As a window has it: it remembers, and asks anew what a deed could change.
        remembered = Remembered()
        found[f"  again, {role.lower()}"] = partial(
            today.things_to_do, desk_of, None, remembered
        )
        if role in ("CASEWORKER", "MANAGER"):
            for record_type in (Session, WaitingContact):
                found[f"  {role.lower()}, {record_type.LABEL.lower()}"] = partial(
                    _after, desk_of, record_type, remembered
                )
    return found


def _after(
    desk: Desk, record_type: type[Session | WaitingContact], remembered: Remembered
) -> object:
    """Write one more, and ask again; writing is a few of the milliseconds."""
    with desk.store.writing("measure", by=desk.user.id) as deed:
        referral_id = deed.rows(
            "SELECT referral_id FROM session WHERE worker = 'W07' LIMIT 1"
        )[0][0]
        values: dict[str, Value] = {"referral_id": referral_id, "held_on": desk.today()}
        values |= (
            {"type": "SUPPORT", "mode": "F2F", "attendance": "ATT", "worker": "W07"}
            if record_type is Session
            else {"method": "PHONE", "result": "SPOKE"}
        )
        deed.add(record_type.made(values))
    return today.things_to_do(desk, None, remembered)


def of_pages(desk: Desk) -> _Works:
    """What each place and panel asks for, for somebody who sees everybody."""
    on = desk.today()
    with desk.store.reading() as rows:
        episode_id, client_id, referral_id = rows.rows(
            "SELECT e.id, r.client_id, r.id FROM episode e "
            "JOIN referral r ON r.id = e.referral_id WHERE e.worker = 'W07' "
            "ORDER BY e.started_on DESC LIMIT 1"
        )[0]
        other_id = rows.rows(
            "SELECT id FROM client WHERE id <> ? LIMIT 1", (client_id,)
        )[0][0]
        group_id = rows.rows("SELECT id FROM support_group LIMIT 1")[0][0]
    return {
        "waiting list": lambda: waiting.waiting_list(desk, on),
        "diary, a worker's week": lambda: week.week(desk, on, "W07"),
        "diary, everybody's week": lambda: week.everybody(desk, on),
        "a person": lambda: people.person(desk, client_id),
        "groups": lambda: groups.groups(desk),
        "a group": lambda: groups.group(desk, group_id),
        "a register": lambda: registers.register(desk, group_id, on),
        "office, feedback": lambda: feedback.feedback(desk),
        "office, register": lambda: register.register(desk),
        "office, contracts": lambda: contract_ends.contracts_left(desk),
        "search, a name": lambda: people.search(desk, "zoe ash"),
        "search, nothing typed": lambda: people.search(desk, ""),
        "log session, whose": lambda: sessions.cases(desk, ""),
        "log session, of a person": lambda: sessions.cases_of_person(desk, client_id),
        "log session, as last time": lambda: sessions.last_values(desk, referral_id),
        "closing": lambda: closing_sheet.sheet(desk, episode_id),
        "two records side by side": lambda: one_person.side_by_side(
            desk, client_id, other_id
        ),
        "gains counted": lambda: gains.gains_counted(
            desk, on - timedelta(days=365), on
        ),
    }


def of_capacity(desk: Desk) -> _Works:
    """What the capacity page asks for."""
    contract = contract_of(desk).id
    seen = overview(desk, contract)
    return {
        "counting a contract": lambda: overview(desk, contract),
        "forecasts": lambda: forecasts.ahead_of(desk, contract, 3),
        "who uses the service": lambda: who.who_uses(desk, seen, "ALL"),
        "slots of workers": lambda: slots.booked(desk),
    }


def measure(folder: Path) -> int:
    """Measure the desk of a folder; 1 where something is over the limit."""
    over = []
    print(f"{'':32}{'cold':>9}{'p50':>9}{'p95':>9}  ms")
    for made in (of_today, of_pages, of_capacity):
        with closing(open_big_desk(folder)) as desk:
            names = list(made(_manager(desk)))
        for name in names:
            with closing(open_big_desk(folder)) as desk:
                work = made(_manager(desk))[name]
                # What was asked to make the work ready is forgotten by a deed.
                _touch(desk)
                cold = timed(work)
                took = sorted(timed(work) for _ in range(_TIMES))
            middle, late = statistics.median(took), took[int(_TIMES * 0.95) - 1]
            note = "shows progress" if name in WITH_PROGRESS else ""
            print(f"{name:32}{cold:9.1f}{middle:9.1f}{late:9.1f}  {note}", flush=True)
            if middle > LIMIT and not note:
                over.append(f"{name}: {middle:.0f} ms, limit {LIMIT}")
    print("\n".join(over) or "within the limit")
    return 1 if over else 0


def _manager(desk: Desk) -> Desk:
    with desk.store.writing("add user") as deed:
        user = User(name="Invented Manager", role="MANAGER", initials="W39")
        deed.add(user)
    return Desk(desk.store, user, desk.clock, keys_for(desk.store, user))


def _touch(desk: Desk) -> None:
    """A deed: the pages that a reader holds are read again after it."""
    with desk.store.writing("touch", by=desk.user.id) as deed:
        deed.add(User(name="Invented", role="TRUSTEE"))


def main() -> int:
    """Open or make a desk, and measure."""
    if len(sys.argv) > 1:
        return measure(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held) / "desk"
        with closing(make_big_desk(folder, PEOPLE, SESSIONS)) as desk:
            fill(desk)
        return measure(folder)


if __name__ == "__main__":
    raise SystemExit(main())
