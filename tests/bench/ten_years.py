"""Ten years of an invented service: 50,000 people, 1,000,000 sessions, three areas.

Run from the checkout: ``python -m tests.bench.ten_years FOLDER`` makes it once;
``bench_return`` makes it itself where it is not there.
"""

import argparse
import contextlib
import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from provider_desk.model.choices import choices
from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Record
from provider_desk.model.records import (
    RECORDS,
    Capacity,
    Client,
    Closure,
    Contract,
    ContractArea,
    Episode,
    Exceptional,
    ExitStrategy,
    Goal,
    GoalRating,
    OpeningBalance,
    Phase,
    Provider,
    Referral,
    SafeContact,
    Score,
    Session,
    SupportTag,
    SurveyAnswer,
    WaitingContact,
    WaitingEntry,
)
from provider_desk.store.schema import all_statements, columns_of
from provider_desk.store.store import NAME, Store

KEY = bytes(range(32))
CONTRACT = "0" * 32
AREAS = ("PES_YP", "PES_AD", "THER")
FIRST = date(2008, 4, 1)
LAST = date(2018, 3, 31)
TODAY = date(2018, 4, 3)
PEOPLE, SESSIONS = 50_000, 1_000_000
PLAIN = "plain.db"

_AT_ONCE = 1_000
_TYPES = (*["THERAPY"] * 8, *["SUPPORT"] * 6, "GROUP", "REVIEW", "ADVOCACY")
_MODES = (*["F2F"] * 7, "PHONE", "PHONE", "VIDEO", "OUTREACH")
_OUTCOMES = (*["ATT"] * 15, "DNA", "DNA", "CX_CLIENT", "CX_CLIENT_LATE", "CX_PROV")


class TenYears:
    """Draws the records, the same at every run.

    Args:
        people: how many.
        sessions: how many in all; once they are used up the rest have none.
    """

    def __init__(self, people: int = PEOPLE, sessions: int = SESSIONS) -> None:
        self._people = people
        self._left = sessions
        self._luck = random.Random(2018)  # noqa: S311

    def records(self) -> Iterator[Record]:
        """Every record, those of one type together as far as memory allows."""
        yield Provider(name="Invented big service", code="big", invented="Y")
        yield Contract(id=CONTRACT, reference="BIG-1", title="Everything")
        for area in AREAS:
            yield ContractArea(contract_id=CONTRACT, area=area)
            yield Capacity(
                contract_id=CONTRACT, area=area, from_on=FIRST, weekly_slots=700
            )
            yield OpeningBalance(
                contract_id=CONTRACT, area=area, on=FIRST, awaiting=0, waiting=0, live=0
            )
        for start in range(0, self._people, _AT_ONCE):
            held: dict[type[Record], list[Record]] = {kind: [] for kind in RECORDS}
            for number in range(start, min(start + _AT_ONCE, self._people)):
                for record in self._person(number):
                    held[type(record)].append(record)
            for some in held.values():
                yield from some

    def _id(self) -> str:
        return f"{self._luck.getrandbits(128):032x}"

    def _one_of(self, name: str) -> str:
        return self._luck.choice(tuple(choices(name).by_code))

    def _after(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=self._luck.randint(least, most))

    def _days(self, first: date, last: date, count: int) -> Iterator[date]:
        for _ in range(count):
            day = self._after(first, 0, (last - first).days)
            if day <= LAST:
                yield day

    def _person(self, number: int) -> Iterator[Record]:
        luck = self._luck
        client = Client(
            id=self._id(),
            code=f"B-{number:05d}",
            known_as=f"Invented {number}",
            given_names="Invented",
            family_name=f"Person {number}",
            born_on=self._after(date(1960, 1, 1), 0, 15_000),
            mobile="07700 900000",
            address="1 Invented Street, Anytown",
            gender=self._one_of("sex_gender"),
            ethnic_group=self._one_of("ethnic_group"),
            disability=self._one_of("disability_q1"),
            disability_effect=self._one_of("disability_q2"),
            orientation=self._one_of("sexual_orientation"),
            religion=self._one_of("religion"),
        )
        yield client
        if luck.random() < 0.8:
            yield SafeContact(
                id=self._id(), client_id=client.id, channel="MOBILE", permission="YES"
            )
        day = self._after(FIRST, 0, (LAST - FIRST).days)
        for _ in range(1 if luck.random() < 0.9 else 2):
            yield from self._referral(client, day)
            day = min(self._after(day, 300, 700), LAST)

    def _referral(self, client: Client, received: date) -> Iterator[Record]:
        luck = self._luck
        decided = self._after(received, 0, 14)
        decision = "ACCEPTED" if luck.random() < 0.85 else "DECLINED"
        if decided > LAST:
            decision = "PENDING"
        referral = Referral(
            id=self._id(),
            client_id=client.id,
            contract_id=CONTRACT,
            area=luck.choice(AREAS),
            received_on=received,
            source=luck.choice(tuple(choices("referral_source").by_code)),
            decision=decision,
            decided_on=None if decision == "PENDING" else decided,
            note="Invented words about a referral, as long as they often are.",
        )
        yield referral
        if decision == "ACCEPTED":
            yield from self._wait(referral, decided)

    def _wait(self, referral: Referral, accepted: date) -> Iterator[Record]:
        luck = self._luck
        ends = self._after(accepted, 5, 150)
        starts = luck.random() < 0.85
        left = not starts and ends <= LAST
        yield WaitingEntry(
            id=self._id(),
            referral_id=referral.id,
            accepted_on=accepted,
            removed_on=ends if left else None,
            removal_reason="NOT_WANTED" if left else None,
        )
        for day in self._days(accepted, ends, luck.randint(0, 4)):
            yield WaitingContact(
                id=self._id(),
                referral_id=referral.id,
                held_on=day,
                method="PHONE",
                result=luck.choice(("SPOKE", "SENT", "NO_ANSWER")),
            )
        if starts and ends <= LAST:
            yield from self._episode(referral, ends)

    def _episode(self, referral: Referral, started: date) -> Iterator[Record]:
        luck = self._luck
        episode = Episode(
            id=self._id(), referral_id=referral.id, started_on=started, worker="W"
        )
        ends = self._after(started, 60, 420)
        yield episode
        yield Phase(
            id=self._id(), episode_id=episode.id, phase="CORE", started_on=started
        )
        if luck.random() < 0.75:
            yield ExitStrategy(
                id=self._id(), episode_id=episode.id, made_on=self._after(started, 0, 9)
            )
        if luck.random() < 0.05:
            yield Exceptional(
                id=self._id(),
                episode_id=episode.id,
                reason="TRIAL",
                approved_on=self._after(started, 250, 360),
            )
        yield from self._sessions(referral, episode, ends)
        for day in self._days(started, ends, luck.randint(0, 4)):
            for instrument, highest in (("PHQ9", 27), ("GAD7", 21)):
                yield Score(
                    id=self._id(),
                    referral_id=referral.id,
                    instrument=instrument,
                    scored_on=day,
                    total=luck.randint(0, highest),
                )
        yield from self._goals(referral, started, ends)
        if ends <= LAST:
            yield from self._survey(referral, ends)
            yield Closure(
                id=self._id(),
                episode_id=episode.id,
                closed_on=ends,
                reason=luck.choice(("COMPLETED", "DISENGAGED", "AGREED", "MOVED")),
            )

    def _goals(self, referral: Referral, started: date, ends: date) -> Iterator[Record]:
        for _ in range(self._luck.randint(0, 3)):
            goal = Goal(
                id=self._id(),
                referral_id=referral.id,
                words="An invented goal, in invented words.",
                outcome=self._one_of("contract_outcome"),
                set_on=started,
                ended_on=ends if ends <= LAST and self._luck.random() < 0.5 else None,
                reached="Y" if self._luck.random() < 0.5 else None,
            )
            yield goal
            for day in self._days(started, ends, self._luck.randint(0, 4)):
                yield GoalRating(
                    id=self._id(),
                    goal_id=goal.id,
                    rated_on=day,
                    rating=self._luck.randint(0, 10),
                )

    def _survey(self, referral: Referral, day: date) -> Iterator[Record]:
        if self._luck.random() < 0.4:
            said = {
                domain: self._one_of("survey_answer")
                for domain in choices("survey_domain").by_code
            }
            yield SurveyAnswer(
                id=self._id(),
                contract_id=CONTRACT,
                area=referral.area,
                answered_on=day,
                referral_id=referral.id if self._luck.random() < 0.5 else None,
                **said,
            )

    def _sessions(
        self, referral: Referral, episode: Episode, ends: date
    ) -> Iterator[Record]:
        luck = self._luck
        day = episode.started_on
        step = max(1, (ends - day).days // luck.randint(18, 44))
        while day <= min(ends, LAST) and self._left:
            self._left -= 1
            kind = luck.choice(_TYPES)
            session = Session(
                id=self._id(),
                referral_id=referral.id,
                episode_id=episode.id,
                held_on=day,
                type=kind,
                mode=luck.choice(_MODES),
                attendance=luck.choice(_OUTCOMES),
                minutes=50,
                worker="W",
                group_code="Moving on" if kind == "GROUP" else "",
                note="An invented note of a few words, short and factual.",
            )
            yield session
            if luck.random() < 0.5:
                yield SupportTag(
                    id=self._id(),
                    session_id=session.id,
                    outcome=self._one_of("contract_outcome"),
                )
            day += timedelta(days=step)


def open_ten_years(folder: Path, years: TenYears | None = None) -> Store:
    """The big desk of a folder, made where it is not there yet."""
    clock = FixedClock.on(TODAY)
    if (folder / NAME).exists():
        return Store.open(folder, KEY, clock)
    store = Store.create(folder, KEY, clock, "b" * 32)
    with store.writing("make a big desk") as deed:
        deed.add_all((years or TenYears()).records())
    return store


def plain_copy(store: Store, path: Path) -> sqlite3.Connection:
    """The same records and indexes in an unencrypted file, with the same settings."""
    made = path.exists()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA cache_size=-128000")
    if made:
        return connection
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN")
    for statement in all_statements():
        connection.execute(statement)
    with store.reading() as rows:
        for record_type in RECORDS:
            columns = columns_of(record_type)
            listed = ", ".join(f'"{name}"' for name in columns)
            marks = ", ".join("?" * len(columns))
            connection.executemany(
                f'INSERT INTO "{record_type.TABLE}" ({listed}) VALUES ({marks})',
                rows.each(f'SELECT {listed} FROM "{record_type.TABLE}"'),
            )
    connection.execute("COMMIT")
    return connection


class PlainRows:
    """Asks an unencrypted copy what a return asks."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        return self._connection.execute(sql, params).fetchall()

    def each(self, sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a question, one by one."""
        yield from self._connection.execute(sql, params)


def main() -> None:
    """Make the desk and its unencrypted copy."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with contextlib.closing(open_ten_years(folder)) as store:
        plain_copy(store, folder / PLAIN).close()


if __name__ == "__main__":
    main()
