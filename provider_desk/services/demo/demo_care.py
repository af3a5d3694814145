"""Invented care for the demo desk: risk, consent, helpers, courts. Nobody in it exists.

It is drawn from a source of chance of its own, so that what else is on the desk stays
as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.ids import derived_id
from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Client,
    Closure,
    Consent,
    CourtDate,
    DisclosureRequest,
    Episode,
    FollowUp,
    JusticeStep,
    Referral,
    RiskFlag,
    SafeguardingReferral,
    SupportedBy,
    TrialAgreement,
)

_ID = Callable[..., str]

_CONCERNS = (
    "Said that evenings are hard and that she thinks of not waking up (invented).",
    "An earlier partner was seen near the flat twice this week (invented).",
    "Sleeps on friends' sofas since Friday (invented).",
)
_PLAN = "Call on Monday and Thursday; crisis line number given; GP told (invented)."
_HELPERS = (
    ("GP", "Dr Made-Up, Invented Street surgery", "01632 960111"),
    ("EMERGENCY", "Sister (invented)", "07700 900321"),
    ("ISVA", "Ash Invented", "01632 960222"),
    ("MENTAL", "Invented community team", "01632 960333"),
    ("HOUSING", "Invented Homes", "01632 960444"),
)
#: Level, days since it was raised, days until its review, days since it ended.
_FLAGS = (
    ("URGENT", 2, 1, None),
    ("ACTIVE", 20, -3, None),
    ("ACTIVE", 33, 6, None),
    ("WATCH", 12, 2, None),
    ("WATCH", 40, 20, None),
    ("ACTIVE", 90, 30, 25),
    ("WATCH", 120, 60, 50),
)
#: To whom, days since it was made, days since it ended.
_REFERRALS = (
    ("ASC", 97, None),
    ("ASC", 20, None),
    ("CSC", 150, 80),
    ("MARAC", 200, 140),
)


@dataclass(frozen=True, slots=True)
class _Case:
    """Somebody in live support."""

    client: Client
    referral: Referral
    worker: str
    since: date


def care_records(
    seed: int, today: date, desk_id: str, held: Sequence[Record]
) -> list[Record]:
    """What care adds to the people of the demo desk.

    Args:
        seed: the same one draws the same.
        today: the civil date.
        desk_id: goes into the ids.
        held: the people, with their referrals and episodes.
    """
    chance = Random(f"{seed} care")  # noqa: S311  (invented)
    new_id = partial(derived_id, desk_id, "demo", "care")
    cases = _cases(held, today)
    chance.shuffle(cases)
    clients = [each for each in held if isinstance(each, Client)]
    return [
        *_flags(cases, today, new_id),
        *_consents(cases, today, new_id, chance),
        *_helpers(cases, today, new_id, chance),
        *_steps(clients, cases, today, new_id),
        *_courts(cases, today, new_id),
        *_requests(cases, today, new_id),
    ]


def _cases(held: Sequence[Record], today: date) -> list[_Case]:
    """Live cases of at least two weeks."""
    clients = {each.id: each for each in held if isinstance(each, Client)}
    referrals = {each.id: each for each in held if isinstance(each, Referral)}
    closed = {each.episode_id for each in held if isinstance(each, Closure)}
    return [
        _Case(
            clients[referrals[each.referral_id].client_id],
            referrals[each.referral_id],
            each.worker or "",
            each.started_on,
        )
        for each in held
        if isinstance(each, Episode)
        and each.id not in closed
        and each.started_on <= today - timedelta(14)
    ]


def _flags(cases: Sequence[_Case], today: date, new_id: _ID) -> Iterator[Record]:
    for number, (level, ago, review, ended) in enumerate(_FLAGS):
        case = cases[number % len(cases)]
        grave = level != "WATCH"
        yield RiskFlag(
            id=new_id("flag", str(number)),
            client_id=case.client.id,
            level=level,
            raised_on=today - timedelta(ago),
            reason=_CONCERNS[number % len(_CONCERNS)],
            plan=_PLAN if grave else "",
            review_on=today + timedelta(review),
            told="GP, clinical lead" if grave else "",
            agreed_to_tell="Y" if grave else None,
            ended_on=None if ended is None else today - timedelta(ended),
            end_note="" if ended is None else "Safe now, says so herself (invented).",
        )
    for number, (made_to, ago, ended) in enumerate(_REFERRALS):
        case = cases[number % len(cases)]
        yield SafeguardingReferral(
            id=new_id("safeguarding", str(number)),
            client_id=case.client.id,
            referral_id=case.referral.id,
            risk_flag_id=new_id("flag", str(number)),
            made_on=today - timedelta(ago),
            made_to=made_to,
            reason=_CONCERNS[number % len(_CONCERNS)],
            made_by=case.worker,
            ended_on=None if ended is None else today - timedelta(ended),
            outcome=None if ended is None else "SUPPORT",
        )


def _consents(
    cases: Sequence[_Case], today: date, new_id: _ID, chance: Random
) -> Iterator[Record]:
    purposes = ("HUB", "GP", "REFERRER", "POLICE", "SURVEY")
    for place, case in enumerate(cases):
        for purpose in chance.sample(purposes, chance.randint(1, 4)):
            given = chance.random() < 0.8  # noqa: PLR2004
            sharing = purpose in choices("consent_purpose").codes_where("sharing")
            soon = place < 4 and purpose == "HUB"  # noqa: PLR2004
            yield Consent(
                id=new_id("consent", case.client.code, purpose),
                client_id=case.client.id,
                purpose=purpose,
                asked_on=case.referral.received_on,
                answer="YES" if given else "NO",
                explained="What, with whom and why (invented)." if sharing else "",
                evidence="Said in a session",
                expires_on=today + timedelta(12) if soon and given else None,
            )


def _helpers(
    cases: Sequence[_Case], today: date, new_id: _ID, chance: Random
) -> Iterator[Record]:
    for place, case in enumerate(cases):
        count = len(_HELPERS) if place == 0 else chance.randint(0, 3)
        for kind, name, reach in chance.sample(_HELPERS, count):
            begun = min(case.since, today)
            yield SupportedBy(
                id=new_id("helper", case.client.code, kind),
                client_id=case.client.id,
                kind=kind,
                name=name,
                reach=reach,
                from_on=None if kind in ("GP", "EMERGENCY") else begun,
            )


def _steps(
    clients: Sequence[Client], cases: Sequence[_Case], today: date, new_id: _ID
) -> Iterator[Record]:
    since = {case.client.id: case.referral.received_on for case in cases}
    still_open = choices("criminal_justice_status").codes_where("open")
    for client in clients:
        if client.justice_status not in (None, "NONE") and client.id in since:
            yield JusticeStep(
                id=new_id("step", client.code),
                client_id=client.id,
                from_on=since[client.id],
                status=client.justice_status,
            )
            if client.justice_status in still_open and int(client.code[-1]) % 2:
                yield TrialAgreement(
                    id=new_id("agreement", client.code),
                    client_id=client.id,
                    signed="Y",
                    signed_on=min(since[client.id] + timedelta(9), today),
                    version="2",
                )


def _courts(cases: Sequence[_Case], today: date, new_id: _ID) -> Iterator[Record]:
    charged = [case for case in cases if case.client.justice_status == "CHARGED"]
    for number, case in enumerate(charged[:6]):
        yield CourtDate(
            id=new_id("court", case.client.code),
            client_id=case.client.id,
            kind="TRIAL" if number % 2 else "PLEA",
            on=today + timedelta(6 + 9 * number),
            place="Invented Crown Court",
            with_worker=case.worker,
        )
    stopped = [case for case in cases if case.client.justice_status == "NFA"]
    for number, case in enumerate(stopped[:3]):
        given_on = max(case.referral.received_on, today - timedelta(4 + 80 * number))
        court_id = new_id("court", case.client.code)
        yield CourtDate(
            id=court_id,
            client_id=case.client.id,
            kind="VERDICT",
            on=given_on,
            place="Invented Crown Court",
            with_worker=case.worker,
            verdict="STOPPED",
            verdict_on=given_on,
            status_after="NFA",
        )
        meet = str(choices("verdict").by_code["STOPPED"].flags["meet"])
        yield FollowUp(
            id=new_id("meet", case.client.code),
            client_id=case.client.id,
            court_date_id=court_id,
            what=meet,
            due_on=given_on + timedelta(1),
            worker=case.worker,
            done_on=given_on + timedelta(1) if number else None,
            result="Met; safe at home (invented)." if number else "",
        )
        yield FollowUp(
            id=new_id("later", case.client.code),
            client_id=case.client.id,
            court_date_id=court_id,
            what="Ask how things are, three months after the verdict",
            due_on=add_months(given_on, 3),
            worker=case.worker,
        )


def _requests(cases: Sequence[_Case], today: date, new_id: _ID) -> Iterator[Record]:
    first, second = cases[3 % len(cases)], cases[-1]
    yield DisclosureRequest(
        id=new_id("request", "1"),
        client_id=first.client.id,
        received_on=today - timedelta(5),
        asked_by="POLICE",
        reference="14/INVENTED/26",
        notice_seen="N",
        asked_for="All notes of the last two years (invented).",
        period="two years",
        why="An investigation is open (invented).",
        counselling="Y",
    )
    decided = today - timedelta(30)
    yield DisclosureRequest(
        id=new_id("request", "2"),
        client_id=second.client.id,
        received_on=today - timedelta(60),
        asked_by="CPS",
        reference="CPS-INVENTED-7",
        notice_seen="Y",
        asked_for="Dates of sessions (invented).",
        period="the last year",
        told_on=today - timedelta(50),
        their_view="Agrees to dates, to nothing else (invented).",
        decision="PART",
        decided_on=decided,
        decided_by="Robin Invented",
        pages=2,
        redacted="Y",
        sent_how="By hand, signed for",
    )
