"""An invented caseload, for trying the program out. Nobody in it exists.

The same seed and day give the same caseload. It follows the rules that real records
must follow, so that every page and figure has something to show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from provider_desk.model import resources
from provider_desk.model.fields import Record
from provider_desk.model.ids import derived_id
from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Capacity,
    Client,
    Closure,
    Contract,
    ContractArea,
    Episode,
    Exceptional,
    ExitStrategy,
    OpeningBalance,
    Phase,
    Referral,
    SafeContact,
    Session,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.services.demo.demo_measures import DemoMeasures
from provider_desk.services.demo.demo_outcomes import DemoOutcomes

_SOURCES = (
    ("SELF", 9), ("GP", 5), ("ISVA", 4), ("TRS", 4), ("POLICE", 3), ("ASC", 3),
    ("EH", 2), ("STOVE", 2), ("VCS", 2), ("CSC", 1), ("CMHT", 1), ("HOUSING", 1),
)  # fmt: skip
_ENDINGS = (
    ("COMPLETED", 9), ("AGREED", 3), ("STEPDOWN_DONE", 2), ("TRANSFER", 2),
    ("DISENGAGED", 6), ("CLIENT_LEFT", 3), ("MOVED", 2), ("CRISIS", 1),
)  # fmt: skip
_ATTENDANCE = (
    ("ATT", 72), ("ATT_LATE", 3), ("DNA", 10), ("LATE_NS", 1), ("CX_CLIENT", 6),
    ("CX_CLIENT_LATE", 4), ("CX_PROV", 4),
)  # fmt: skip
_MODES = (("F2F", 12), ("PHONE", 3), ("VIDEO", 2), ("OUTREACH", 3))
_WORKERS = {"PES_YP": ("JT", "MO"), "PES_AD": ("MO", "RS"), "THER": ("AK", "LB", "DW")}
_GENDERS = (("F", 16), ("M", 3), ("NB", 1))
_ETHNIC = (("E13", 14), ("E04", 3), ("E09", 1), ("E17", 1), ("PNS", 1))
_MONTHS_BACK = 27
_NOTES_DAYS = 70


@dataclass(frozen=True, slots=True)
class Setting:
    """What the caseload is made for.

    Attributes:
        today: records reach up to yesterday, bookings a week ahead.
        desk_id: goes into the ids.
        people: how many referrals are made, about one for each person.
    """

    today: date
    desk_id: str
    people: int = 240
    seed: int = 1

    @property
    def begin(self) -> date:
        """The day from which its records are complete."""
        return add_months(self.today.replace(day=1), -_MONTHS_BACK)


def _pick(random: Random, weighted: tuple[tuple[str, int], ...]) -> str:
    words, weights = zip(*weighted, strict=True)
    return str(random.choices(words, weights)[0])


def _working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004


class _Maker:
    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.random = Random(setting.seed)  # noqa: S311  (invented people, no secret)
        self.today = setting.today
        names = resources.read_toml("demo/names.toml")
        self.first_names: list[str] = names["first"]
        self.family_names: list[str] = names["family"]
        self.notes: list[str] = resources.read_toml("demo/notes.toml")["factual"]
        self.begin = setting.begin
        self.contract = self.id("contract")
        self.outcomes = DemoOutcomes(setting.seed, self.today, self.contract, self.id)
        self.measures = DemoMeasures(setting.seed, self.today, self.id)

    def id(self, *words: str) -> str:
        return derived_id(self.setting.desk_id, "demo", *words)

    def records(self) -> Iterator[Record]:
        yield from self.frame()
        for number in range(1, self.setting.people + 1):
            yield from self.person(number)

    def frame(self) -> Iterator[Record]:
        yield Contract(
            id=self.contract,
            reference="DEMO-1",
            title="Support after abuse (invented contract)",
            commissioner="An invented council",
            starts_on=self.begin,
            ends_on=add_months(self.begin, 48) - timedelta(1),
            yearly_value=210_000,
        )
        for area, slots in (("PES_YP", 14), ("PES_AD", 22), ("THER", 30)):
            yield ContractArea(
                id=self.id("area", area), contract_id=self.contract, area=area
            )
            yield Capacity(
                id=self.id("capacity", area),
                contract_id=self.contract,
                area=area,
                from_on=self.begin,
                weekly_slots=slots,
            )
            yield OpeningBalance(
                id=self.id("opening", area),
                contract_id=self.contract,
                area=area,
                on=self.begin,
                awaiting=0,
                waiting=0,
                live=0,
            )

    def person(self, number: int) -> Iterator[Record]:
        pick = self.random
        code = f"D-{number:04d}"
        client = self.id("client", code)
        area = pick.choices(("PES_YP", "PES_AD", "THER"), (2, 4, 5))[0]
        age = pick.randint(17, 24) if area == "PES_YP" else pick.randint(25, 61)
        span, people = (self.today - self.begin).days, self.setting.people
        received = _working_day(
            self.begin + timedelta(int(span * (number - 0.6) / people))
        )
        born = received - timedelta(age * 365 + pick.randint(0, 330))
        first = pick.choice(self.first_names)
        known_as = first if pick.random() < 0.1 else ""  # noqa: PLR2004
        family = pick.choice(self.family_names)
        gender, ethnic = _pick(pick, _GENDERS), _pick(pick, _ETHNIC)
        disability = pick.choice(("Y", "N", "N", "NA"))
        yield Client(
            id=client,
            code=code,
            known_as=known_as,
            given_names=first,
            family_name=family,
            born_on=born,
            gender=gender,
            ethnic_group=ethnic,
            disability=disability,
            **self.outcomes.answers(code, disability),  # type: ignore[arg-type]
            # Ofcom keeps 07700 900000 to 900999 for drama and invented people.
            mobile=f"07700 900{pick.randint(0, 999):03d}",
            justice_status=pick.choice((None, "NONE", "REPORTED", "CHARGED", "NFA")),
        )
        for channel in ("MOBILE", "TEXT", "VOICEMAIL"):
            permission = pick.choice(("YES", "YES", "YES_RULES", "NO", "NK"))
            rules = "Weekdays after 10. Say it is Sam calling, nothing else."
            yield SafeContact(
                id=self.id("safe", code, channel),
                client_id=client,
                channel=channel,
                permission=permission,
                rules=rules if permission == "YES_RULES" else "",
                checked_on=received,
            )
        yield from self.referral(code, client, area, received)

    def referral(
        self, code: str, client: str, area: str, received: date
    ) -> Iterator[Record]:
        pick = self.random
        row = self.id("referral", code)
        decided = _working_day(received + timedelta(pick.randint(1, 12)))
        decision = pick.choices(("ACCEPTED", "DECLINED", "WITHDRAWN"), (18, 1, 1))[0]
        if decided >= self.today:
            decision = "PENDING"
        hub_answer = min(decided, self.today - timedelta(1))
        yield Referral(
            id=row,
            client_id=client,
            contract_id=self.contract,
            area=area,
            received_on=received,
            source=_pick(pick, _SOURCES),
            reference=f"R-{code[2:]}",
            hub_status="SENT" if decision == "PENDING" else "ALLOCATED_HERE",
            hub_sent_on=received,
            hub_decided_on=None if decision == "PENDING" else hub_answer,
            consent="Y",
            decision=decision,
            decided_on=None if decision == "PENDING" else decided,
            decline_reason="NOT_CSE" if decision == "DECLINED" else None,
            signposted_to="Talking Therapies" if decision == "DECLINED" else "",
        )
        if decision == "ACCEPTED":
            yield from self.waiting(code, row, area, decided)

    def waiting(
        self, code: str, referral: str, area: str, accepted: date
    ) -> Iterator[Record]:
        pick = self.random
        wait = pick.randint(20, 150) if area == "THER" else pick.randint(5, 70)
        started = _working_day(accepted + timedelta(wait))
        leaves = pick.random() < 0.07  # noqa: PLR2004
        ended = min(started, self.today)
        waits_on = started >= self.today
        yield WaitingEntry(
            id=self.id("entry", code),
            referral_id=referral,
            accepted_on=accepted,
            removed_on=started if leaves and not waits_on else None,
            removal_reason="ELSEWHERE" if leaves and not waits_on else None,
        )
        day = _working_day(accepted + timedelta(pick.randint(10, 26)))
        count = 0
        while day < ended:
            count += 1
            yield WaitingContact(
                id=self.id("contact", code, str(count)),
                referral_id=referral,
                held_on=day,
                method=pick.choice(("PHONE", "PHONE", "TEXT", "LETTER")),
                result=pick.choice(("SPOKE", "SPOKE", "SENT", "NO_ANSWER")),
                purpose=pick.choice(("CHECKIN", "ADVICE", "INFO", "UPDATE")),
                worker=pick.choice(_WORKERS[area]),
            )
            day = _working_day(day + timedelta(pick.randint(18, 34)))
        if not leaves and not waits_on:
            yield WaitingOffer(
                id=self.id("offer", code),
                referral_id=referral,
                offered_on=max(accepted, started - timedelta(7)),
                response="ACCEPTED",
                answered_on=max(accepted, started - timedelta(5)),
            )
            yield from self.episode(code, referral, area, started)

    def episode(
        self, code: str, referral: str, area: str, started: date
    ) -> Iterator[Record]:
        pick = self.random
        row = self.id("episode", code)
        worker = pick.choice(_WORKERS[area])
        planned = pick.randint(8, 46)
        every = pick.choice((7, 7, 14)) if area == "THER" else pick.choice((7, 14, 21))
        yield Episode(
            id=row,
            referral_id=referral,
            started_on=started,
            worker=worker,
            frequency={7: "WEEKLY", 14: "FORTNIGHTLY", 21: "THREE_WEEKLY"}[every],
            planned_sessions=planned,
        )
        yield Phase(
            id=self.id("core", code), episode_id=row, phase="CORE", started_on=started
        )
        last = started + timedelta(every * (planned - 1))
        closed = last if last < self.today else None
        until = last if closed else self.today + timedelta(8)
        yield from self.sessions(code, referral, row, started, until, every, worker)
        yield from self.plans(code, row, started, closed)
        yield from self.outcomes.goals(code, referral, started, closed)
        yield from self.measures.gains(code, referral, started, closed)
        if area == "THER":
            ended = min(last, self.today)
            yield from self.measures.scores(pick, code, referral, started, ended)
        if closed:
            yield from self.outcomes.survey(code, area, referral, closed)
            yield Closure(
                id=self.id("closure", code),
                episode_id=row,
                closed_on=closed,
                reason=_pick(pick, _ENDINGS),
                exit_done=pick.choice(("Y", "N")),
                way_back_told="Y",
            )

    def sessions(
        self,
        code: str,
        referral: str,
        episode: str,
        started: date,
        until: date,
        every: int,
        worker: str,
    ) -> Iterator[Record]:
        pick = self.random
        day, count = started, 0
        kind = "THERAPY" if worker in _WORKERS["THER"] else "SUPPORT"
        while day <= until:
            count += 1
            if day >= self.today:
                attendance = "BOOKED"
            elif day == started:
                attendance = "ATT"
            elif (self.today - day).days < 6 and pick.random() < 0.3:  # noqa: PLR2004
                attendance = "UNREC"
            else:
                attendance = _pick(pick, _ATTENDANCE)
            session = Session(
                id=self.id("session", code, str(count)),
                referral_id=referral,
                episode_id=episode,
                held_on=day,
                starts_at=f"{pick.randint(9, 16):02d}:{pick.choice(('00', '30'))}",
                type=kind,
                mode=_pick(pick, _MODES),
                attendance=attendance,
                minutes=50 if kind == "THERAPY" else 60,
                worker=worker,
                note=self.note(day, count) if attendance == "ATT" else "",
            )
            yield session
            yield from self.outcomes.tags(session)
            day += timedelta(every)

    def note(self, day: date, count: int) -> str:
        """A factual note on each other session of the last weeks."""
        if count % 2 or (self.today - day).days > _NOTES_DAYS:
            return ""
        return self.notes[(count + day.day) % len(self.notes)]

    def plans(
        self, code: str, episode: str, started: date, closed: date | None
    ) -> Iterator[Record]:
        pick = self.random
        last = closed or self.today - timedelta(1)
        made = min(started + timedelta(pick.choice((0, 0, 0, 7, 21))), last)
        if pick.random() < 0.9:  # noqa: PLR2004
            yield ExitStrategy(
                id=self.id("exit", code),
                episode_id=episode,
                made_on=made,
                status="AGREED",
                agreed_on=made,
                success="Sleeping through most nights; back at college (invented).",
                signs="Fewer flashbacks; goes out alone (invented).",
                way_back="Ring the office; no new referral needed (invented).",
                review_on=made + timedelta(91),
            )
        lighter = started + timedelta(150)
        if lighter < last and pick.random() < 0.25:  # noqa: PLR2004
            yield Phase(
                id=self.id("lighter", code),
                episode_id=episode,
                phase="STEP_DOWN",
                started_on=lighter,
                review_on=lighter + timedelta(56),
            )
        year = add_months(started, 12)
        if year < last and pick.random() < 0.7:  # noqa: PLR2004
            approved = year - timedelta(14)
            yield Exceptional(
                id=self.id("exceptional", code),
                episode_id=episode,
                reason=pick.choice(("TRIAL", "RISK", "PAUSE")),
                approved_on=approved,
                approved_by="Clinical lead (invented)",
                review_by=approved + timedelta(182),
            )


def demo_records(setting: Setting) -> Iterator[Record]:
    """The contract and everyone on the desk, in the order of who refers to whom."""
    return _Maker(setting).records()
