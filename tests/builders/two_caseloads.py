"""A desk of two caseloads: one's own, and somebody else's with a canary in each field.

Everybody in it is invented. Whatever a limited role is shown must hold nothing of the
other caseload: no id, no code, no name, no number, no words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from provider_desk.model.fields import Record
from provider_desk.model.records import RECORDS, ListReview, Triage
from provider_desk.services.casework import (
    episodes,
    goals,
    people,
    referrals,
    surveys,
    waiting,
)
from provider_desk.services.casework.booking import groups, registers
from provider_desk.services.casework.measuring import scores
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes
from provider_desk.services.rights import caseload
from provider_desk.store.queries.caseload import client_of, way_to_client
from provider_desk.store.records import every
from tests.builders.caring import make_care
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.course import make_course

#: Initials of the worker of each caseload.
OWN, OTHER = "OW", "XX"

#: In all words about the people of the other caseload; and about who waits.
CANARY, HERON = "canary", "heron"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the desk.

    Attributes:
        client_id: row id.
        code: the person's code.
        rows: table → ids of all their rows.
        words: what of them may stand nowhere else: ids, code, names, number, notes.
    """

    client_id: str
    code: str
    rows: Mapping[str, tuple[str, ...]]
    words: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TwoCaseloads:
    """The desk, and whose records are on it.

    Attributes:
        manager: sees everybody.
        other: the counsellor of the other caseload.
        own: somebody of the caseload of ``OWN``.
        live: somebody whom ``OTHER`` sees; its rows are those of ``undecided`` too.
        undecided: code of somebody whose referral awaits a decision.
        waits: somebody on the waiting list, allocated to nobody.
    """

    manager: Desk
    other: Desk
    own: Person
    live: Person
    waits: Person
    undecided: str = "ZZ-9903"

    def signed_in(self, role: str) -> Desk:
        """Somebody of a role at this desk, whose initials are ``OWN``."""
        return signed_in_as(self.manager, role, OWN)


def two_caseloads(desk: Desk) -> TwoCaseloads:
    """Fill a desk."""
    other = signed_in_as(desk, "COUNSELLOR", OTHER)
    own = make_client(desk, code="O-0001", known_as="Owena", family_name="Ownwell")
    referral_id, _ = _case(desk, own, OWN, "own words")
    _strategy_and_score(desk, own, referral_id, "own exit words")
    live = _somebody(desk, CANARY, "ZZ-9901", "Otherella", date(1971, 7, 13))
    _everything(desk, other, live)
    waits = _somebody(desk, HERON, "ZZ-9902", "Queuina", date(1962, 11, 29))
    referral_id = make_waiting(desk, waits, accepted_on=date(2017, 9, 5))
    waiting.record_contact(
        desk,
        referral_id,
        {"held_on": date(2017, 9, 20), "method": "PHONE", "result": "NO_ANSWER",
         "note": "waiting heron words"},
    )  # fmt: skip
    undecided = _somebody(desk, CANARY, "ZZ-9903", "Undecida", date(1958, 2, 17))
    make_referral(desk, undecided, note="pending canary note")
    return TwoCaseloads(
        desk,
        other,
        _person(desk, "own words", own),
        _person(desk, CANARY, live, undecided),
        _person(desk, HERON, waits),
    )


def _somebody(desk: Desk, word: str, code: str, given: str, born: date) -> str:
    return make_client(
        desk,
        code=code,
        known_as="",
        given_names=given,
        family_name=f"{given}-{word}",
        previous_names=f"Once{given}",
        born_on=born,
        mobile=f"07700 {born:%d%m%y}",
        address=f"1 {word} Street",
        access_needs=f"{word} need",
    )


def _case(desk: Desk, client_id: str, worker: str, note: str) -> tuple[str, str]:
    """A live case in support, with a session to come and one without outcome."""
    referral_id = make_waiting(desk, client_id, area="PES_AD")
    made = [
        make_session(
            desk, referral_id, held_on, code, type="SUPPORT", worker=worker, note=note
        )
        for held_on, code in (
            (date(2017, 10, 3), "ATT"),
            (date(2018, 4, 24), "UNREC"),
            (TODAY, "BOOKED"),
            (TODAY + timedelta(7), "BOOKED"),
        )
    ]
    return referral_id, made[0]


def _everything(desk: Desk, other: Desk, client_id: str) -> None:
    """A row of every kind that belongs to a person."""
    referral_id, session_id = _case(desk, client_id, OTHER, "session canary words")
    waiting.record_contact(
        desk,
        referral_id,
        {"held_on": date(2017, 9, 20), "method": "PHONE", "result": "NO_ANSWER",
         "note": "contact canary words"},
    )  # fmt: skip
    waiting.record_offer(
        desk,
        referral_id,
        {"offered_on": date(2017, 9, 25), "note": "offer canary words"},
    )
    for channel in ("MOBILE", "LETTER"):
        safe = {"permission": "YES_RULES", "rules": "canary rule"}
        set_safe_contact(desk, client_id, channel, safe)
    with desk.store.writing("look at the list") as deed:
        deed.add(
            Triage(
                referral_id=referral_id,
                set_on=date(2017, 9, 24),
                level="SOON",
                reason="triage canary words",
            )
        )
        deed.add(
            ListReview(
                referral_id=referral_id,
                reviewed_on=date(2017, 9, 24),
                outcome="KEEP",
                note="review canary words",
            )
        )
    _strategy_and_score(desk, client_id, referral_id, "exit canary words")
    episodes.add_exceptional(
        desk,
        _episode(desk, client_id),
        {"reason": "TRIAL", "evidence": "evidence canary words"},
    )
    make_course(desk, _episode(desk, client_id), CANARY)
    process_notes.write(
        other, client_id, "title canary", "process canary words", session_id=session_id
    )
    caseload.give_access(
        desk, client_id, other.user.id, TODAY + timedelta(30), "access canary why"
    )
    _group(desk, referral_id)
    closed = make_waiting(desk, client_id, received_on=date(2016, 9, 1))
    make_session(desk, closed, date(2016, 10, 1), worker=OTHER)
    last = _episode(desk, client_id, closed)
    episodes.close_episode(
        desk,
        last,
        {"closed_on": date(2017, 1, 10), "reason": "COMPLETED",
         "note": "closing canary words"},
    )  # fmt: skip
    referrals.change_referral(desk, referral_id, {"note": "referral canary words"})
    make_care(desk, client_id, referral_id, CANARY)


def _group(desk: Desk, referral_id: str) -> None:
    """A place in a group of the other worker, with a register."""
    group_id, _ = groups.add_group(
        desk,
        {"name": "Invented group", "contract_id": contract_of(desk).id,
         "area": "PES_AD", "funded": "Y", "worker": OTHER, "weekday": "TUE",
         "starts_on": date(2018, 1, 2)},
    )  # fmt: skip
    groups.join(
        desk, referral_id, {"group_id": group_id, "joined_on": date(2018, 4, 3)}
    )
    registers.take_register(
        desk,
        group_id,
        date(2018, 4, 17),
        {referral_id: "ATT"},
        {referral_id: "register canary words"},
    )


def _strategy_and_score(
    desk: Desk, client_id: str, referral_id: str, words: str
) -> None:
    episodes.add_exit_strategy(
        desk,
        _episode(desk, client_id),
        {"made_on": date(2017, 10, 10), "success": words},
    )
    scores.add_score(
        desk,
        referral_id,
        {
            "instrument": "PHQ9",
            "scored_on": date(2017, 10, 3),
            "total": 19,
            "risk_item": "0",
        },
    )
    goal_id, _ = goals.set_goal(
        desk,
        referral_id,
        {"words": f"goal of {words}", "outcome": "2", "set_on": date(2017, 10, 3)},
    )
    goals.rate_goal(desk, goal_id, {"rated_on": date(2017, 10, 3), "rating": 3})
    surveys.record_survey(
        desk,
        referral_id,
        {"answered_on": date(2017, 10, 4), "words": f"survey of {words}",
         "occasion": "DURING"},
        signed=True,
    )  # fmt: skip


def _episode(desk: Desk, client_id: str, referral_id: str = "") -> str:
    cards = people.person(desk, client_id).episodes
    wanted = [c for c in cards if referral_id in ("", c.referral_id)]
    return next(c.episode_id for c in wanted if c.closed_on is None)


def _person(desk: Desk, word: str, *client_ids: str) -> Person:
    rows = {
        record_type.TABLE: tuple(_rows_of(desk, record_type, client_ids))
        for record_type in RECORDS
        if way_to_client(record_type.TABLE) is not None
    }
    with desk.store.reading() as reader:
        code = reader.rows("SELECT code FROM client WHERE id = ?", client_ids[:1])
    words = {row_id for ids in rows.values() for row_id in ids}
    words |= {word, *_words(desk, rows)}
    return Person(client_ids[0], code[0][0], rows, frozenset(words))


def _rows_of(
    desk: Desk, record_type: type[Record], client_ids: tuple[str, ...]
) -> Iterator[str]:
    with desk.store.reading() as rows:
        for record in every(rows, record_type):
            if client_of(rows, record_type.TABLE, record.id) in client_ids:
                yield record.id


def _words(desk: Desk, held: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Code, names, number and day of birth of people, as they are shown."""
    with desk.store.reading() as rows:
        for client_id in held["client"]:
            (found,) = rows.rows(
                "SELECT code, known_as, given_names, family_name, previous_names, "
                "mobile, born_on FROM client WHERE id = ?",
                (client_id,),
            )
            yield from (str(each) for each in found if each)
            born = date.fromisoformat(found[-1])
            yield f"{born.day} {born:%b %Y}"
