"""Clinical words of counselling: who reads them, and who can't."""

from dataclasses import replace
from datetime import date

from provider_desk.model.fields import Value
from provider_desk.model.records import Session
from provider_desk.model.sealed_text import IN_LINE, IN_PLACE, MARK, is_sealed
from provider_desk.services.casework import (
    episodes,
    people,
    referrals,
    sessions,
    surveys,
)
from provider_desk.services.casework.course import exits
from provider_desk.services.casework.history import history, values_of
from provider_desk.services.casework.measuring import gains, scores
from provider_desk.services.desk import Desk
from provider_desk.services.notes import unsealing
from provider_desk.store.records import get
from tests.builders.casework import (
    keys_for,
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)
from tests.builders.counselling import DAY, NOTE, stands_in_the_clear


def detail_of(desk: Desk, client_id: str, row_id: str) -> str:
    events = people.person(desk, client_id).events
    return next(event.detail for event in events if event.row_id == row_id)


def test_a_counselling_note_is_stored_sealed_and_shown_to_the_team(
    desk: Desk, counsellor: Desk, lead: Desk, case: tuple[str, str, str]
) -> None:
    client_id, _, session_id = case

    with desk.store.reading() as rows:
        held = get(rows, Session, session_id).note

    assert held.startswith(MARK)
    assert not stands_in_the_clear(desk, "Spoke of the move")
    assert NOTE in detail_of(counsellor, client_id, session_id)
    assert NOTE in detail_of(lead, client_id, session_id)
    assert IN_LINE in detail_of(desk, client_id, session_id)


def test_the_note_of_a_support_case_stays_as_it_is(desk: Desk) -> None:
    referral_id, _ = make_episode(desk, area="PES_AD")

    session_id = make_session(desk, referral_id, DAY, note=NOTE)

    with desk.store.reading() as rows:
        assert get(rows, Session, session_id).note == NOTE


def test_a_manager_can_write_a_counselling_note_and_not_read_it_back(
    desk: Desk, lead: Desk, case: tuple[str, str, str]
) -> None:
    client_id, referral_id, _ = case

    written = make_session(desk, referral_id, date(2017, 10, 17), note="Rang to ask.")

    assert not stands_in_the_clear(desk, "Rang to ask")
    assert IN_LINE in detail_of(desk, client_id, written)
    assert "Rang to ask." in detail_of(lead, client_id, written)


def test_every_clinical_field_of_a_counselling_episode_is_sealed(
    desk: Desk, counsellor: Desk, lead: Desk
) -> None:
    _, episode_id = make_episode(counsellor)
    texts = {name: f"canary of {name}" for name in exits.WORDS}
    exit_id, _ = episodes.add_exit_strategy(counsellor, episode_id, texts)
    excuse = {"reason": "TRIAL", "evidence": "canary of evidence", "approved_by": "CL"}
    granted, _ = episodes.add_exceptional(lead, episode_id, excuse)
    ending = {"reason": "COMPLETED", "note": "canary of closing"}
    closing_id, _ = episodes.close_episode(counsellor, episode_id, ending)

    assert not stands_in_the_clear(desk, "canary")
    held = values_of(counsellor, "exit_strategy", exit_id)
    assert {name: held[name] for name in texts} == texts
    assert values_of(lead, "exceptional", granted)["evidence"] == "canary of evidence"
    assert values_of(lead, "closure", closing_id)["note"] == "canary of closing"
    assert is_sealed(values_of(desk, "closure", closing_id)["note"])


def test_a_correction_leaves_old_and_new_words_and_the_reason_sealed(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    session_id = case[2]

    sessions.correct_session(
        counsellor, session_id, {"note": "Came with a sister."}, "mixed up two people"
    )

    for words in ("sister", "friend", "mixed up"):
        assert not stands_in_the_clear(desk, words)
    _, line = history(counsellor, "session", session_id)
    assert line.reason == "mixed up two people"
    assert line.fields == (("Note", NOTE, "Came with a sister."),)
    _, masked = history(desk, "session", session_id)
    assert masked.reason == IN_PLACE
    assert masked.fields == (("Note", IN_PLACE, IN_PLACE),)


def test_reasons_of_the_program_itself_are_told_to_everybody(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    sessions.record_attendance(counsellor, case[2], "ATT_LATE")

    assert history(desk, "session", case[2])[-1].reason == "recorded afterwards"


def test_taking_back_seals_its_reason_in_every_row_that_goes_with_it(
    desk: Desk, counsellor: Desk
) -> None:
    _, episode_id = make_episode(counsellor)
    with desk.store.reading() as rows:
        session_id = rows.rows("SELECT id FROM session")[0][0]

    sessions.take_back_session(counsellor, session_id, "it was her brother who came")

    assert not stands_in_the_clear(desk, "brother")
    for table, row_id in (("session", session_id), ("episode", episode_id)):
        assert history(counsellor, table, row_id)[-1].reason == (
            "it was her brother who came"
        )
        assert history(desk, table, row_id)[-1].reason == IN_PLACE


def test_reasons_for_scores_and_reopening_are_sealed_too(
    desk: Desk, counsellor: Desk
) -> None:
    referral_id, episode_id = make_episode(counsellor)
    score: dict[str, Value] = {"instrument": "PHQ9", "total": 12, "risk_item": "0"}
    score_id, _ = scores.add_score(counsellor, referral_id, score)
    scores.correct_score(counsellor, score_id, {"total": 13}, "she misread item nine")
    episodes.close_episode(counsellor, episode_id, {"reason": "COMPLETED"})
    episodes.reopen_episode(counsellor, episode_id, "she rang in tears")

    assert not stands_in_the_clear(desk, "misread")
    assert not stands_in_the_clear(desk, "tears")
    assert history(counsellor, "score", score_id)[-1].reason == "she misread item nine"


def test_words_stay_sealed_when_the_case_becomes_support(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    _, referral_id, session_id = case
    referrals.change_referral(desk, referral_id, {"area": "PES_AD"})

    sessions.correct_session(
        counsellor, session_id, {"note": f"{NOTE} More."}, "more was said"
    )
    later = make_session(counsellor, referral_id, date(2017, 11, 1), note="Quiet day.")

    for words in ("Spoke of the move", "More.", "more was said", "Quiet day"):
        assert not stands_in_the_clear(desk, words)
    assert "Quiet day." in detail_of(counsellor, case[0], later)


def test_words_written_while_a_case_was_support_stay_as_they_were(
    desk: Desk, counsellor: Desk
) -> None:
    client_id = make_client(counsellor)
    referral_id, _ = make_episode(counsellor, client_id, area="PES_AD")
    before = make_session(counsellor, referral_id, DAY, note="Open words.")
    referrals.change_referral(desk, referral_id, {"area": "THER"})

    after = make_session(counsellor, referral_id, date(2017, 11, 1), note="Shut words.")

    assert stands_in_the_clear(desk, "Open words.")
    assert not stands_in_the_clear(desk, "Shut words.")
    assert "Open words." in detail_of(desk, client_id, before)
    assert IN_LINE in detail_of(desk, client_id, after)


def test_an_empty_field_of_somebody_who_cannot_read_keeps_what_is_there(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    session_id = case[2]

    sessions.correct_session(desk, session_id, {"note": "", "minutes": 45}, "was short")

    shown = values_of(counsellor, "session", session_id)
    assert (shown["note"], shown["minutes"]) == (NOTE, 45)


def test_who_can_read_a_note_can_also_empty_it(
    counsellor: Desk, case: tuple[str, str, str]
) -> None:
    sessions.correct_session(counsellor, case[2], {"note": ""}, "written elsewhere")

    assert values_of(counsellor, "session", case[2])["note"] == ""


def test_saving_the_same_sealed_words_again_writes_nothing(
    counsellor: Desk, case: tuple[str, str, str]
) -> None:
    changed = sessions.correct_session(counsellor, case[2], {"note": NOTE}, "again")

    assert not changed.touches("session")


def test_words_that_look_sealed_are_sealed_like_any_others(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    forged = f"{MARK}AAAA"

    session_id = make_session(desk, case[1], date(2017, 11, 1), note=forged)

    assert values_of(counsellor, "session", session_id)["note"] == forged[1:]


def test_sealed_words_that_were_changed_are_told_and_hide_nothing_else(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    client_id, referral_id, session_id = case
    other = make_session(counsellor, referral_id, date(2017, 11, 1), note="Another.")
    with desk.store.reading() as rows:
        moved = get(rows, Session, other).note
    with desk.store.writing("tamper") as deed:
        deed.addendum(Session, session_id, {"note": moved}, "tamper")

    assert unsealing.DAMAGED in detail_of(counsellor, client_id, session_id)
    assert "Another." in detail_of(counsellor, client_id, other)


def test_the_lead_of_one_team_reads_no_notes_of_a_team_without_its_key(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    student = signed_in_as(desk, "STUDENT", "CO")
    keyless = replace(student, keys=keys_for(desk.store, desk.user))

    assert NOTE in detail_of(student, case[0], case[2])
    assert IN_LINE in detail_of(keyless, case[0], case[2])
    assert not unsealing.holds_key(keyless)
    assert unsealing.holds_key(counsellor)


def test_a_signed_survey_and_why_it_or_a_gain_was_taken_back_are_sealed(
    desk: Desk, counsellor: Desk
) -> None:
    referral_id, _ = make_episode(counsellor)
    survey_id, _ = surveys.record_survey(
        counsellor, referral_id, {"words": "canary of the survey"}, signed=True
    )
    gain_ids, _ = gains.tick_gains(counsellor, referral_id, {}, codes=["SLEEP"])
    assert values_of(counsellor, "survey_answer", survey_id)["words"]
    surveys.take_back_survey(counsellor, survey_id, "canary of why")
    gains.take_back_gains(counsellor, gain_ids, "canary of the gain")

    assert not stands_in_the_clear(desk, "canary")
    (_, line) = history(counsellor, "functional_gain", gain_ids)
    assert line.reason == "canary of the gain"


def test_a_survey_without_a_name_is_sealed_for_nobody(
    desk: Desk, counsellor: Desk
) -> None:
    referral_id, _ = make_episode(counsellor)
    survey_id, _ = surveys.record_survey(
        counsellor, referral_id, {"words": "better"}, signed=False
    )

    assert stands_in_the_clear(desk, "better")
    assert surveys.take_back_survey(counsellor, survey_id, "twice").said
