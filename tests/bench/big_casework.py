"""Records of casework for a large desk: flags, consent, pauses, groups, offers.

    python -m tests.bench.big_casework FOLDER

adds them to a desk of ``tests.bench.big_desk``, in proportion to its people.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from provider_desk.model.fields import Record
from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Consent,
    CourtDate,
    DisclosureRequest,
    ExitReview,
    Feedback,
    FollowUp,
    Forecast,
    FrequencyChange,
    FunctionalGain,
    Goal,
    GoalRating,
    Group,
    GroupMember,
    JusticeStep,
    ListReview,
    OnwardReferral,
    Pause,
    Phase,
    RiskFlag,
    SafeguardingReferral,
    Session,
    Supervision,
    SupportedBy,
    Training,
    Triage,
    User,
    WaitingOffer,
    WorkerSlots,
)
from provider_desk.services.desk import Desk
from tests.bench.big_desk import open_big_desk
from tests.builders.casework import TODAY, contract_of

_SEED = 20180502
_AT_ONCE = 20_000
_GROUPS, _PLACES, _WORKERS = 30, 12, 40


@dataclass(frozen=True, slots=True)
class _Case:
    """A referral of the desk and what came of it.

    Attributes:
        waiting: accepted, and neither begun nor taken off the list.
    """

    client_id: str
    referral_id: str
    received_on: date
    waiting: bool
    episode_id: str
    started_on: date | None
    worker: str
    ended_on: date | None
    exit_id: str

    @property
    def live(self) -> bool:
        """Whether support goes on."""
        return bool(self.episode_id) and self.ended_on is None


def fill(desk: Desk) -> int:
    """Add the records of casework; returns how many."""
    luck = random.Random(_SEED)  # noqa: S311
    cases = _cases(desk)
    records: list[Record] = [*_office(luck, contract_of(desk).id)]
    for case in cases:
        records += _of_person(luck, case)
        if case.waiting:
            records += _of_waiting(luck, case)
        if case.started_on is not None:
            records += _of_episode(luck, case, case.started_on)
    records += _groups(luck, contract_of(desk).id, [c for c in cases if c.live])
    for first in range(0, len(records), _AT_ONCE):
        batch: dict[str, list[Record]] = {}
        for record in records[first : first + _AT_ONCE]:
            batch.setdefault(record.TABLE, []).append(record)
        with desk.store.writing("fill a large desk", by=desk.user.id) as deed:
            for each in batch.values():
                deed.add_all(each)
    return len(records)


def _cases(desk: Desk) -> list[_Case]:
    with desk.store.reading() as rows:
        found = rows.rows(
            """
            SELECT r.client_id, r.id, r.received_on, w.id IS NOT NULL
                AND w.removed_on IS NULL AND e.id IS NULL, coalesce(e.id, ''),
                e.started_on, coalesce(e.worker, ''), x.closed_on, coalesce(v.id, '')
            FROM referral r LEFT JOIN waiting_entry w ON w.referral_id = r.id
            LEFT JOIN episode e ON e.referral_id = r.id
            LEFT JOIN closure x ON x.episode_id = e.id
            LEFT JOIN exit_strategy v ON v.episode_id = e.id
            """
        )
    return [
        _Case(
            *(row[0], row[1], date.fromisoformat(row[2]), bool(row[3]), row[4]),
            date.fromisoformat(row[5]) if row[5] else None,
            row[6],
            date.fromisoformat(row[7]) if row[7] else None,
            row[8],
        )
        for row in found
    ]


def _near(luck: random.Random, days: int) -> date:
    """A day about today: most of such days are still to come."""
    return TODAY + timedelta(luck.randrange(-days // 6, days))


def _of_person(luck: random.Random, case: _Case) -> Iterator[Record]:
    """Care of a person: much in the past, some of it open."""
    now = case.live or case.waiting
    who, on = case.client_id, case.received_on
    for purpose in luck.sample(["GP", "HUB", "POLICE", "REFERRER"], 2):
        yield Consent(
            client_id=who,
            purpose=purpose,
            asked_on=on,
            answer="YES" if luck.random() < 0.8 else "NO",
            expires_on=add_months(on, 12) if luck.random() < 0.3 else None,
        )
    if luck.random() < 0.3:
        yield SupportedBy(client_id=who, kind=luck.choice(["GP", "ISVA"]), from_on=on)
    if luck.random() < 0.08:
        yield RiskFlag(
            client_id=who,
            level="URGENT" if luck.random() < 0.1 else luck.choice(["WATCH", "ACTIVE"]),
            raised_on=on,
            reason="invented",
            review_on=_near(luck, 90) if now else on + timedelta(28),
            ended_on=None if now else on + timedelta(60),
        )
    if luck.random() < 0.03:
        yield SafeguardingReferral(
            client_id=who,
            referral_id=case.referral_id,
            made_on=on,
            made_to=luck.choice(["ASC", "CSC", "MARAC"]),
            ended_on=None if now else on + timedelta(60),
        )
    yield from _of_justice(luck, case, now=now)
    if luck.random() < 0.02:
        yield DisclosureRequest(
            client_id=who,
            received_on=on,
            asked_by="POLICE",
            decision="OPEN" if now else "REFUSE",
            decided_on=None if now else on + timedelta(30),
        )
    for _ in range(luck.choice([0, 0, 0, 1, 2])):
        yield FollowUp(
            client_id=who,
            what="invented",
            due_on=_near(luck, 60) if now else on + timedelta(luck.randrange(200)),
            worker=case.worker,
            done_on=None if now else on + timedelta(200),
        )


def _of_justice(luck: random.Random, case: _Case, *, now: bool) -> Iterator[Record]:
    if luck.random() < 0.2:
        yield JusticeStep(
            client_id=case.client_id, from_on=case.received_on, status="REPORTED"
        )
    if luck.random() < 0.08:
        later = case.received_on + timedelta(luck.randrange(400))
        on = _near(luck, 180) if now else later
        yield CourtDate(
            client_id=case.client_id,
            kind="TRIAL",
            on=on,
            with_worker=case.worker,
        )


def _of_waiting(luck: random.Random, case: _Case) -> Iterator[Record]:
    """Reviews, triage and offers to somebody who waits."""
    who = case.referral_id
    if luck.random() < 0.5:
        on = min(case.received_on + timedelta(90), TODAY)
        yield ListReview(referral_id=who, reviewed_on=on, outcome="KEEP")
    if luck.random() < 0.5:
        yield Triage(referral_id=who, set_on=case.received_on, level="USUAL")
    if luck.random() < 0.1:
        yield WaitingOffer(
            referral_id=who,
            offered_on=TODAY - timedelta(luck.randrange(21)),
            response="PENDING",
        )


def _of_episode(luck: random.Random, case: _Case, start: date) -> Iterator[Record]:
    """The course of an episode."""
    who = case.episode_id
    yield WaitingOffer(
        referral_id=case.referral_id,
        offered_on=start - timedelta(14),
        response="ACCEPTED",
        answered_on=start - timedelta(10),
    )
    yield FrequencyChange(episode_id=who, from_on=start, frequency="WEEKLY")
    if luck.random() < 0.15:
        paused = start + timedelta(56)
        if paused < TODAY:
            open_now = case.live and luck.random() < 0.5
            yield Pause(
                episode_id=who,
                from_on=paused,
                back_by=_near(luck, 60) if open_now else paused + timedelta(28),
                until_on=None if open_now else paused + timedelta(28),
                reason="HEALTH",
            )
    down = start + timedelta(180)
    if luck.random() < 0.25 and down <= (case.ended_on or TODAY):
        yield Phase(
            episode_id=who,
            phase="STEP_DOWN",
            started_on=down,
            review_on=down + timedelta(42),
        )
    if case.exit_id and luck.random() < 0.3:
        on = min(start + timedelta(90), TODAY)
        yield ExitReview(episode_id=who, exit_strategy_id=case.exit_id, reviewed_on=on)
    if case.ended_on is not None and luck.random() < 0.1:
        yield OnwardReferral(
            episode_id=who, made_on=case.ended_on, made_to="invented", consent="Y"
        )
    for gain in luck.sample(["SLEEP", "PANIC", "OUT", "NIGHTMARES"], 2):
        for days in (60, 120):
            if start + timedelta(days) <= (case.ended_on or TODAY):
                yield FunctionalGain(
                    referral_id=case.referral_id,
                    gain=gain,
                    seen_on=start + timedelta(days),
                )
    goal = Goal(
        referral_id=case.referral_id, words="invented", outcome="1", set_on=start
    )
    yield goal
    for rated_on in (start, min(start + timedelta(90), TODAY)):
        yield GoalRating(goal_id=goal.id, rated_on=rated_on, rating=luck.randrange(11))


def _groups(
    luck: random.Random, contract_id: str, live: list[_Case]
) -> Iterator[Record]:
    """Groups that meet each week, with members, and a year of registers."""
    for number in range(_GROUPS if len(live) > _GROUPS * _PLACES else 1):
        worker = f"W{number:02d}"
        group = Group(
            name=f"Group {number + 1}",
            contract_id=contract_id,
            area="PES_AD",
            funded="Y" if number % 3 else "N",
            worker=worker,
            weekday="TUE",
            starts_at="11:00",
            starts_on=TODAY - timedelta(364),
        )
        yield group
        for case in luck.sample(live, min(_PLACES, len(live))):
            joined = max(case.started_on or TODAY, group.starts_on)
            yield GroupMember(
                group_id=group.id, referral_id=case.referral_id, joined_on=joined
            )
            for weeks in range((TODAY - joined).days // 7):
                yield Session(
                    referral_id=case.referral_id,
                    episode_id=case.episode_id,
                    held_on=TODAY - timedelta(7 * (weeks + 1)),
                    type="GROUP",
                    mode="F2F",
                    attendance="ATT" if luck.random() < 0.8 else "CX_CLIENT",
                    minutes=90,
                    worker=worker,
                    group_code=group.name,
                )


def _office(luck: random.Random, contract_id: str) -> Iterator[Record]:
    """Staff with their slots and register, feedback, forecasts."""
    for number in range(_WORKERS):
        user = User(
            name=f"Invented Worker {number}",
            role="CASEWORKER" if number % 2 else "COUNSELLOR",
            initials=f"W{number:02d}",
        )
        yield user
        for years in range(3):
            from_on = TODAY - timedelta(364 * years)
            yield WorkerSlots(
                worker=user.initials, from_on=from_on, weekly_slots=18, assessments=2
            )
        for kind in ("SAFEGUARD_A", "TRAUMA", "DATA", "FIRST_AID"):
            done = TODAY - timedelta(luck.randrange(400))
            yield Training(
                user_id=user.id,
                kind=kind,
                done_on=done,
                expires_on=add_months(done, 12),
            )
        for months in range(36):
            held = TODAY - timedelta(30 * months + luck.randrange(20))
            yield Supervision(
                user_id=user.id,
                held_on=held,
                kind="CLINICAL",
                next_on=held + timedelta(35),
            )
    for _ in range(500):
        heard = TODAY - timedelta(luck.randrange(1_500))
        changed = heard + timedelta(30) if luck.random() < 0.5 else None
        yield Feedback(
            heard_on=heard, kind="SAID", heard="invented", changed_on=changed
        )
    for month in ("2018-02", "2018-03", "2018-04", "2018-06"):
        for figure in ("REFERRALS", "WAITING", "LIVE"):
            yield Forecast(
                contract_id=contract_id,
                area="PES_AD",
                figure=figure,
                made_on=TODAY,
                month=month,
                low=300,
                expected=400,
                high=500,
            )


def main() -> None:
    """Fill a desk that was made before, and say how much went in."""
    desk = open_big_desk(Path(sys.argv[1]))
    count = fill(desk)
    desk.close()
    print(f"{count:,} records")


if __name__ == "__main__":
    main()
