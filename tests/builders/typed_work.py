"""A counsellor's work on invented cases, with a word of its own in everything typed."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from provider_desk.model.fields import Value
from provider_desk.services.casework import (
    episodes,
    goals,
    people,
    referrals,
    sessions,
)
from provider_desk.services.casework.booking import bookings, completing
from provider_desk.services.casework.course import (
    exits,
    how_often,
    onward,
    pauses,
)
from provider_desk.services.casework.course.also_ended import Also
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes
from provider_desk.services.notes.note_search import NoteSearch
from provider_desk.services.safety import drafts
from tests.builders.casework import (
    make_client,
    make_episode,
    make_session,
)
from tests.builders.offices import Office

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Words:
    """The words that were typed, and into what; each set has letters of its own."""

    letters: str
    by_word: dict[str, str] = field(default_factory=dict)

    def new(self, what: str) -> str:
        """One more word that stands nowhere else."""
        tens, ones = divmod(len(self.by_word), 26)
        word = f"kestrel{self.letters}{_LETTERS[tens]}{_LETTERS[ones]}end"
        self.by_word[word] = what
        return word

    def of(self, *kinds: str) -> set[str]:
        """The words of some kinds."""
        return {word for word, what in self.by_word.items() if what in kinds}

    @property
    def all(self) -> set[str]:
        """Every word."""
        return set(self.by_word)


@dataclass(slots=True, repr=False)
class Work:
    """An office after a counsellor's work.

    Attributes:
        clinical: words that the team may read.
        process: words of process notes.
        never: words that were looked for or kept in drafts: shown to nobody else.
    """

    office: Office
    clinical: Words
    process: Words
    never: Words
    client_id: str = ""

    @property
    def words(self) -> set[str]:
        """All of them."""
        return self.clinical.all | self.process.all | self.never.all


def typed_into_everything(office: Office) -> Work:
    """Let the counsellor work."""
    work = Work(office, Words("c"), Words("p"), Words("n"))
    counsellor = office.signed_in("COUNSELLOR")
    work.client_id = make_client(counsellor)
    referral_id, episode_id = make_episode(counsellor, work.client_id)
    new = work.clinical.new
    first = make_session(
        counsellor, referral_id, date(2017, 10, 10), "UNREC", note=new("note")
    )
    sessions.record_attendance(counsellor, first, "ATT", new("reason"))
    sessions.correct_session(
        counsellor, first, {"note": new("corrected note")}, new("reason")
    )
    gone = make_session(
        counsellor, referral_id, date(2017, 10, 17), note=new("note taken back")
    )
    sessions.take_back_session(counsellor, gone, new("reason"))
    _in_the_episode(office, work, episode_id, referral_id)
    _taken_back(counsellor, work, episode_id, referral_id)
    _in_the_diary(counsellor, work, referral_id)
    _in_a_group(counsellor, work, referral_id)
    _process_notes(counsellor, work, referral_id)
    _by_others(office, work, referral_id)
    _while_support(office, work, referral_id)
    _drafts_and_searches(counsellor, work)
    return work


def _in_the_episode(
    office: Office, work: Work, episode_id: str, referral_id: str
) -> None:
    counsellor, lead = map(office.signed_in, ("COUNSELLOR", "CLINICAL_LEAD"))
    new = work.clinical.new
    texts: dict[str, Value] = {name: new(name) for name in exits.WORDS}
    exit_id, _ = episodes.add_exit_strategy(counsellor, episode_id, texts)
    exits.change_exit(counsellor, exit_id, {"signs": new("signs, later")})
    exits.review_exit(counsellor, exit_id, {"note": new("review")})
    often: dict[str, Value] = {"frequency": "WEEKLY", "reason": new("how often")}
    how_often.set_frequency(counsellor, episode_id, often)
    resting: dict[str, Value] = {"reason": "WISH", "note": new("pause")}
    pause_id, _ = pauses.pause(counsellor, episode_id, resting)
    pauses.come_back(counsellor, pause_id, {})
    sent: dict[str, Value] = {"made_to": "A group", "consent": "Y"}
    onward.refer_on(counsellor, episode_id, {**sent, "note": new("onward")})
    excuse: dict[str, Value] = {"reason": "TRIAL", "evidence": new("evidence")}
    episodes.add_exceptional(lead, episode_id, excuse)
    score: dict[str, Value] = {"instrument": "PHQ9", "total": 12, "risk_item": "0"}
    score_id, _ = scores.add_score(counsellor, referral_id, score)
    scores.correct_score(counsellor, score_id, {"total": 13}, new("reason"))
    ending: dict[str, Value] = {"reason": "COMPLETED", "note": new("closing")}
    episodes.close_episode(counsellor, episode_id, ending)
    episodes.reopen_episode(counsellor, episode_id, new("reason"))


def _taken_back(
    counsellor: Desk, work: Work, episode_id: str, referral_id: str
) -> None:
    """Records of the course that were a mistake, each with its reason."""
    new = work.clinical.new
    often: dict[str, Value] = {"frequency": "WEEKLY", "reason": new("how often")}
    agreed_id, _ = how_often.set_frequency(counsellor, episode_id, often)
    how_often.change_frequency(counsellor, agreed_id, {"reason": new("how often")})
    how_often.take_back_frequency(counsellor, agreed_id, new("reason"))
    resting: dict[str, Value] = {"reason": "WISH", "note": new("pause")}
    pause_id, _ = pauses.pause(counsellor, episode_id, resting)
    pauses.change_pause(counsellor, pause_id, {"note": new("pause, later")})
    pauses.take_back_pause(counsellor, pause_id, new("reason"))
    exit_id, _ = episodes.add_exit_strategy(
        counsellor, episode_id, {"success": new("success")}
    )
    look_id, _ = exits.review_exit(counsellor, exit_id, {"note": new("review")})
    exits.take_back_review(counsellor, look_id, new("reason"))
    exits.take_back_exit(counsellor, exit_id, new("reason"))
    sent: dict[str, Value] = {"made_to": "A group", "consent": "Y"}
    onward_id, _ = onward.refer_on(
        counsellor, episode_id, {**sent, "note": new("onward")}
    )
    onward.change_onward(counsellor, onward_id, {"note": new("onward, later")})
    onward.take_back_onward(counsellor, onward_id, new("reason"))
    score: dict[str, Value] = {"instrument": "PHQ9", "total": 9, "risk_item": "0"}
    score_id, _ = scores.add_score(counsellor, referral_id, score)
    scores.take_back_score(counsellor, score_id, new("reason"))
    goal: dict[str, Value] = {"words": new("goal"), "outcome": "2"}
    goal_id, _ = goals.set_goal(counsellor, referral_id, goal)
    goals.change_goal(counsellor, goal_id, {"words": new("goal, later")})
    rating_id, _ = goals.rate_goal(counsellor, goal_id, {"rating": 3})
    goals.correct_rating(counsellor, rating_id, {"rating": 4}, new("reason"))
    ending: dict[str, Value] = {"reason": "COMPLETED", "note": new("closing")}
    also = Also(
        goals={goal_id: "Y"},
        score=score,
        onward={**sent, "note": new("onward at the end")},
    )
    closing_id, _ = episodes.close_episode(counsellor, episode_id, ending, also)
    episodes.take_back_closing(counsellor, closing_id, new("reason"))


def _in_the_diary(counsellor: Desk, work: Work, referral_id: str) -> None:
    """Bookings: what came of one, one that was moved, one that was a mistake."""
    new, today = work.clinical.new, counsellor.today()
    values: dict[str, Value] = {"type": "THERAPY", "worker": "CO"}
    first, _ = bookings.book(
        counsellor, referral_id, {**values, "note": new("booked")}, [today]
    )
    completing.complete(
        counsellor, first, {"attendance": "ATT", "note": new("completed")}
    )
    completing.open_again(counsellor, first, new("reason"))
    later, _ = bookings.book(
        counsellor,
        referral_id,
        {**values, "note": new("booked")},
        [today + timedelta(7), today + timedelta(14)],
    )
    bookings.move(counsellor, later, today + timedelta(8), "10:00", later=True)
    bookings.take_back_bookings(counsellor, later, new("reason"))


def _in_a_group(counsellor: Desk, work: Work, referral_id: str) -> None:
    values: dict[str, Value] = {
        "held_on": date(2017, 11, 21),
        "type": "GROUP",
        "attendance": "ATT",
        "group_code": "Tuesday",
        "note": work.clinical.new("group note"),
    }
    sessions.log_session(counsellor, referral_id, values)


def _process_notes(counsellor: Desk, work: Work, referral_id: str) -> None:
    new = work.process.new
    session: dict[str, Value] = {
        "held_on": date(2017, 11, 7),
        "type": "THERAPY",
        "attendance": "ATT",
    }
    sessions.log_session(counsellor, referral_id, session, process_note=new("of one"))
    note_id, _ = process_notes.write(
        counsellor, work.client_id, new("title"), new("text")
    )
    process_notes.continue_note(
        counsellor, note_id, new("title"), new("text"), new("reason")
    )
    gone, _ = process_notes.write(counsellor, work.client_id, "", new("taken back"))
    process_notes.take_back(counsellor, gone, work.never.new("reason of taking back"))


def _by_others(office: Office, work: Work, referral_id: str) -> None:
    """A manager takes a call and writes it down: sealed too."""
    make_session(
        office.manager,
        referral_id,
        date(2017, 11, 14),
        note=work.clinical.new("note of a manager"),
    )


def _while_support(office: Office, work: Work, referral_id: str) -> None:
    """A manager moves the case to another area, so as to read what is written next."""
    counsellor, new = office.signed_in("COUNSELLOR"), work.clinical.new
    referrals.change_referral(office.manager, referral_id, {"area": "PES_AD"})
    moved = make_session(
        counsellor, referral_id, date(2017, 12, 5), note=new("note while support")
    )
    sessions.correct_session(
        counsellor, moved, {"note": new("corrected while support")}, new("reason")
    )
    referrals.change_referral(office.manager, referral_id, {"area": "THER"})


def _drafts_and_searches(counsellor: Desk, work: Work) -> None:
    name = work.never.new("name of a draft")
    drafts.keep(counsellor, {name: work.never.new("draft")})
    NoteSearch(counsellor).find(work.never.new("looked for"))
    people.person(counsellor, work.client_id)
