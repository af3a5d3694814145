"""What each role may do, and whom it sees, function by function.

The tables are written by hand: they say what is meant, roles.toml says what is done.
"""

from pathlib import Path

import pytest

from provider_desk.model.choices import choices
from provider_desk.model.errors import DeskError, NotAllowed
from provider_desk.services.casework import people, sessions, today, waiting
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import (
    Permission,
    needed_for,
    permissions_of,
)
from tests.builders.casework import TODAY
from tests.builders.two_caseloads import TwoCaseloads, two_caseloads
from tests.builders.walking import Door, calls, doors
from tests.unit.services.test_other_caseloads import known

#: Letters of the tables below.
ROLES = {
    "W": "CASEWORKER",
    "C": "COUNSELLOR",
    "L": "CLINICAL_LEAD",
    "A": "ADMINISTRATOR",
    "M": "MANAGER",
    "S": "STUDENT",
    "T": "TRUSTEE",
}

#: Function → who may call it at all.
MAY = {
    "bookings.book": "WCLAMS",
    "bookings.book_again": "WCLAMS",
    "bookings.cancel": "WCLAMS",
    "bookings.later_ones": "WCLAMS",
    "bookings.move": "WCLAMS",
    "bookings.move_back": "WCLAMS",
    "bookings.plan": "WCLAMS",
    "bookings.take_back_bookings": "WCLAMS",
    "completing.booked": "WCLAMS",
    "completing.complete": "WCLAMS",
    "completing.open_again": "WCLAMS",
    "completing.take_back_mark": "WCLAMS",
    "groups.add_group": "WCLM",
    "groups.change_group": "WCLM",
    "groups.group": "WCLAMS",
    "groups.groups": "WCLAMS",
    "groups.join": "WCLAMS",
    "groups.leave": "WCLAMS",
    "groups.take_back_group": "WCLM",
    "groups.take_back_place": "WCLAMS",
    "hints.hints": "WCLAMS",
    "notice.notice_for": "WCLAMS",
    "notice.notice_of": "WCLAMS",
    "registers.register": "WCLAMS",
    "registers.take_back_register": "WCLAMS",
    "registers.take_register": "WCLAMS",
    "slots.set_slots": "LM",
    "slots.take_back_slots": "LM",
    "slots.worker_slots": "WCLAMS",
    "week.everybody": "LAM",
    "week.week": "WCLAMS",
    "week.workers": "WCLAMS",
    "again.refer_again": "WCLAM",
    "again.step_up": "WCLM",
    "again.take_back_again": "WCLAM",
    "duplicates.like_somebody": "WCLAM",
    "outsiders.nobody": "WCLAMST",
    "life.hub_answer": "WCLAM",
    "life.needs_of": "WCLAMS",
    "life.referrer_told": "WCLAM",
    "life.set_needs": "WCLAM",
    "mistaken.entered_in_error": "WCLAM",
    "mistaken.put_back": "WCLAM",
    "one_person.different_people": "LAM",
    "one_person.put_together": "LAM",
    "one_person.side_by_side": "LAM",
    "one_person.take_apart": "LAM",
    "one_person.take_back_different": "LAM",
    "possible.possible_duplicates": "LAM",
    "agreement.agreements": "LAM",
    "agreement.price_of": "LAM",
    "agreement.set_agreement": "M",
    "at_hand.at_hand": "LAM",
    "bring_in.bring_in": "AM",
    "bring_in.look": "AM",
    "caseload.access_given": "LM",
    "caseload.ask_for_access": "WCLAM",
    "caseload.end_access": "LM",
    "caseload.give_access": "LM",
    "choosing.contract_of": "WCLAMST",
    "choosing.contracts": "WCLAMST",
    "desk_check.check": "LAM",
    "duplicates.likely_duplicates": "WCLAM",
    "episodes.add_exceptional": "LM",
    "episodes.add_exit_strategy": "WCLM",
    "episodes.change_episode": "WCLM",
    "episodes.close_episode": "WCLM",
    "episodes.reopen_episode": "WCLM",
    "episodes.step_down": "WCLM",
    "exporting.export": "LAM",
    "contract_ends.contracts_left": "LM",
    "feedback.change_feedback": "WCLAMS",
    "feedback.feedback": "WCLAMS",
    "feedback.record_feedback": "WCLAMS",
    "feedback.take_back_feedback": "WCLAMS",
    "register.change_entry": "LAM",
    "register.record_entry": "LAM",
    "register.register": "WCLAMST",
    "register.take_back_entry": "LAM",
    "register_export.export_register": "LAM",
    "gate.chain_checked": "LAM",
    "gate.check_chain": "LAM",
    "gains.gains_counted": "LAM",
    "gains.take_back_gains": "WCLMS",
    "gains.tick_gains": "WCLMS",
    "goals.change_goal": "WCLMS",
    "goals.correct_rating": "WCLMS",
    "goals.rate_goal": "WCLMS",
    "goals.set_goal": "WCLMS",
    "goals.take_back_goal": "WCLMS",
    "goals.take_back_rating": "WCLMS",
    "history.history": "WCLAMS",
    "history.values_of": "WCLAMS",
    "issuing.issue": "LAM",
    "issuing.reissue": "LAM",
    "leaving.leaver_checklist": "M",
    "leaving.reassign_cases": "LM",
    "looks.log": "M",
    "looks.verify": "M",
    "meaning.what_issuing_means": "LAM",
    "months.mark_not_submitted": "LAM",
    "months.take_back_not_submitted": "LAM",
    "nil.confirm_nil": "LAM",
    "nil.take_back_nil": "LAM",
    "preparing.prepare": "LAMT",
    "preparing.rows_at_fault": "LAM",
    "preparing.rows_behind": "LAM",
    "preparing.side_by_side": "LAM",
    "allowance.allowance": "WCLAMS",
    "closing_sheet.sheet": "WCLM",
    "dossier.dossier": "WCLAMS",
    "episodes.take_back_closing": "WCLM",
    "extensions.approve_extension": "LM",
    "extensions.ask_extension": "WCLM",
    "extensions.decline_extension": "LM",
    "extensions.take_back_request_to_extend": "WCLM",
    "exits.agree_exit": "WCLM",
    "exits.change_exit": "WCLM",
    "exits.review_exit": "WCLM",
    "exits.take_back_exit": "WCLM",
    "exits.take_back_review": "WCLM",
    "exits.versions": "WCLMS",
    "how_often.change_frequency": "WCLM",
    "how_often.set_frequency": "WCLM",
    "how_often.take_back_frequency": "WCLM",
    "lighter.change_exceptional": "LM",
    "lighter.change_phase": "WCLM",
    "lighter.review_step_down": "WCLM",
    "lighter.take_back_exceptional": "LM",
    "lighter.take_back_step_down": "WCLM",
    "lighter.talked_over": "WCLM",
    "onward.change_onward": "WCLM",
    "onward.refer_on": "WCLM",
    "onward.take_back_onward": "WCLM",
    "pauses.change_pause": "WCLM",
    "pauses.come_back": "WCLM",
    "pauses.not_back": "WCLM",
    "pauses.pause": "WCLM",
    "pauses.still_away": "WCLM",
    "pauses.take_back_pause": "WCLM",
    "people.add_person": "WCLAM",
    "people.change_person": "WCLAM",
    "people.next_code": "WCLAM",
    "people.person": "WCLAMS",
    "people.search": "WCLAMS",
    "referrals.allocate": "WCLAM",
    "referrals.change_referral": "WCLAM",
    "referrals.decide": "WCLAM",
    "referrals.receive_referral": "WCLAM",
    "referrals.take_back_referral": "WCLAM",
    "restating.restated": "LAM",
    "safe_contact.number_for": "WCLAMS",
    "safe_contact.safe_ways": "WCLAMS",
    "safe_contact.set_safe_contact": "WCLAM",
    "sent.record_sent": "LAM",
    "sent.sent_log": "LAM",
    "sent.take_back_sent": "LAM",
    "sessions.cases": "WCLAMS",
    "sessions.cases_of_person": "WCLAMS",
    "sessions.correct_session": "WCLAMS",
    "sessions.last_values": "WCLAMS",
    "sessions.log_session": "WCLAMS",
    "sessions.record_attendance": "WCLAMS",
    "sessions.take_back_session": "WCLAMS",
    "sessions.unrecorded": "WCLAMS",
    "support_tags.change_tags": "WCLAMS",
    "support_tags.tags_of": "WCLAMS",
    "surveys.record_anonymous_survey": "WCLAMS",
    "surveys.record_survey": "WCLAMS",
    "surveys.take_back_survey": "WCLAMS",
    "scores.add_score": "WCLMS",
    "scores.correct_score": "WCLMS",
    "scores.take_back_score": "WCLMS",
    "settings.add_contract": "M",
    "settings.capacities": "LAMT",
    "settings.change_contract": "M",
    "settings.change_provider": "M",
    "settings.area_lives": "WCLAMST",
    "settings.contract_areas": "WCLAMST",
    "settings.contracts": "WCLAMST",
    "settings.counts": "LAM",
    "settings.opening_balances": "LAMT",
    "settings.provider": "WCLAMST",
    "settings.set_area_life": "M",
    "settings.set_capacity": "M",
    "settings.set_opening_balance": "M",
    "signing.read_return_file": "LAM",
    "signing.read_second": "LAM",
    "signing.sign": "M",
    "standing.standing": "LAM",
    "today.things_to_do": "WCLAMST",
    "users.add_user": "M",
    "users.change_password": "WCLAMST",
    "users.change_user": "M",
    "users.let_go": "M",
    "users.reset_password": "M",
    "users.users": "WCLAMST",
    "users.workers": "WCLAMST",
    "call_sheet.make_call_sheet": "WCLAM",
    "capacity_statement.save_statement": "LAMT",
    "capacity_statement.statement": "LAMT",
    "letters.make_letters": "WCLAM",
    "letters.post": "WCLAM",
    "letters.recipients": "WCLAM",
    "contacts.take_back_contact": "WCLAM",
    "leaving.put_back": "WCLAM",
    "list_review.record_review": "WCLAM",
    "list_review.take_back_review": "WCLAM",
    "offers.answered": "WCLAM",
    "offers.change_offer": "WCLAM",
    "offers.take_back_offer": "WCLAM",
    "triage.set_triage": "WLM",
    "triage.take_back_triage": "WLM",
    "estimates.add_estimate": "LM",
    "estimates.change_estimate": "LM",
    "estimates.compared": "LM",
    "estimates.put_back_estimate": "LM",
    "estimates.take_back_estimate": "LM",
    "forecasts.add_forecast": "LM",
    "forecasts.ahead_of": "LM",
    "forecasts.forecasts": "LM",
    "forecasts.keep_forecasts": "LM",
    "forecasts.take_back_forecasts": "LM",
    "needs.add_need_model": "LM",
    "needs.change_need_model": "LM",
    "needs.need_models": "LM",
    "needs.put_back_need_model": "LM",
    "needs.take_back_need_model": "LM",
    "overview.overview": "LM",
    "slots.booked": "LM",
    "who.who_uses": "LM",
    "undoing.undo": "WCLAMS",
    "waiting.answer_offer": "WCLAM",
    "waiting.back_on_list": "WCLAM",
    "waiting.correct_contact": "WCLAM",
    "waiting.leave_list": "WCLAM",
    "offers.open_offer": "WCLAMS",
    "waiting.plan_contact": "WCLAM",
    "waiting.record_contact": "WCLAM",
    "waiting.record_offer": "WCLAM",
    "waiting.waiting_list": "WCLAMS",
    "agreements.change_agreement": "WCLAM",
    "agreements.record_agreement": "WCLAM",
    "agreements.take_back_agreement": "WCLAM",
    "consents.change_consent": "WCLAM",
    "consents.consent_stands_again": "WCLAM",
    "consents.record_consent": "WCLAM",
    "consents.take_back_consent": "WCLAM",
    "consents.withdraw_consent": "WCLAM",
    "courts.add_court_date": "WCLAM",
    "courts.change_court_date": "WCLAM",
    "courts.give_verdict": "WCLAM",
    "courts.take_back_court_date": "WCLAM",
    "courts.take_back_verdict": "WCLAM",
    "follow_ups.add_follow_up": "WCLM",
    "follow_ups.change_follow_up": "WCLM",
    "follow_ups.finish_follow_up": "WCLM",
    "follow_ups.open_follow_up_again": "WCLM",
    "follow_ups.take_back_follow_up": "WCLM",
    "helping.add_helper": "WCLAM",
    "helping.change_helper": "WCLAM",
    "helping.take_back_helper": "WCLAM",
    "justice.change_status": "WCLAM",
    "justice.record_status": "WCLAM",
    "justice.take_back_status": "WCLAM",
    "requests.change_request": "LM",
    "requests.record_request": "LM",
    "requests.take_back_request": "LM",
    "risk.change_flag": "WCLMS",
    "risk.end_flag": "WCLMS",
    "risk.look_again": "WCLMS",
    "risk.open_again": "WCLMS",
    "risk.raise_flag": "WCLMS",
    "risk.take_back_flag": "WCLMS",
    "safeguarding.change_safeguarding": "WCLMS",
    "safeguarding.end_safeguarding": "WCLMS",
    "safeguarding.open_safeguarding_again": "WCLMS",
    "safeguarding.refer_for": "WCLMS",
    "safeguarding.refer_person": "WCLMS",
    "safeguarding.take_back_safeguarding": "WCLMS",
    "workbook.check_council_workbook": "LAM",
    "workbook.fill_council_workbook": "LAM",
}

#: What a role may that stands behind more than one function.
ALSO = {
    Permission.GIVE_COUNSEL_KEY: "L",
    Permission.WRITE_SEALED: "CLS",
    Permission.READ_CLINICAL: "WCLMS",
    Permission.APPROVE: "LM",
    Permission.SEE_ALL: "LAM",
    Permission.SEE_WAITING: "WLAM",
    Permission.SEE_FIGURES: "LAMT",
    Permission.BACK_UP: "AM",
    Permission.READ_LOG: "M",
    Permission.MANAGE_PEOPLE: "M",
    Permission.SIGN_RETURN: "M",
}

#: Page → who of own, live (another caseload) and waits is on it, by role.
SEEN = {
    "people": {"W": "own waits", "CS": "own", "LAM": "live own waits", "T": ""},
    "waiting list": {"W": "waits", "CS": "", "LAM": "waits", "T": ""},
    "not recorded": {"WCS": "own", "LAM": "live own", "T": ""},
    "today": {"W": "own waits", "CS": "own", "LAM": "live own waits", "T": ""},
    "case picker": {"W": "own waits", "CS": "own", "LAM": "live own waits", "T": ""},
}


@pytest.fixture
def two(desk: Desk) -> TwoCaseloads:
    """A desk of two caseloads."""
    return two_caseloads(desk)


def letters(roles: str) -> list[str]:
    """The roles of some letters."""
    return [ROLES[letter] for letter in roles]


def is_refused(desk: Desk, door: Door, two: TwoCaseloads, folder: Path) -> bool:
    """Whether the role alone stops somebody, before anything is read."""
    arguments = next(calls(door, known(desk, two.live, folder), folder))
    try:
        door.call(desk, **arguments)
    except NotAllowed as refused:
        return refused.message.startswith("Your role may not")
    except (DeskError, AttributeError, TypeError):
        return False
    return False


@pytest.mark.parametrize("letter", ROLES)
def test_a_role_may_call_what_the_table_says(
    two: TwoCaseloads, tmp_path: Path, letter: str
) -> None:
    desk = two.signed_in(ROLES[letter])
    found = {
        door.name: not is_refused(desk, door, two, tmp_path)
        for door in doors()
        if door.name in MAY
    }

    assert found == {name: letter in roles for name, roles in MAY.items()}


def test_the_table_names_every_function_of_its_services() -> None:
    services = {name.partition(".")[0] for name in MAY}
    asking = {
        door.name
        for door in doors()
        if door.name.partition(".")[0] in services and needed_for(door.call)
    }

    assert asking == MAY.keys()


@pytest.mark.parametrize(("permission", "roles"), ALSO.items())
def test_a_permission_is_that_of_these_roles(permission: str, roles: str) -> None:
    found = {role for role in ROLES.values() if permission in permissions_of(role)}

    assert found == set(letters(roles))


def test_every_role_of_the_list_is_in_the_tables() -> None:
    assert {choice.code for choice in choices("role").values} == set(ROLES.values())
    assert permissions_of("NOBODY") == frozenset()


def codes_on(page: str, desk: Desk) -> set[str]:
    """Codes of the people that a page shows; its numbers tell of no more."""
    match page:
        case "people":
            found = people.search(desk, "")
            assert found.total == len(found.rows)
            return {row.code for row in found.rows}
        case "waiting list":
            listed = waiting.waiting_list(desk, TODAY)
            assert sum(listed.bands.values()) == len(listed.rows)
            assert (listed.longest_days is None) == (not listed.rows)
            return {row.code for row in listed.rows}
        case "not recorded":
            open_ones = sessions.unrecorded(desk)
            assert open_ones.total == len(open_ones.rows)
            return {row.code for row in open_ones.rows}
        case "case picker":
            return {case.code for case in sessions.cases(desk, "")}
        case _:
            shown = today.things_to_do(desk)
            assert sum(shown.counts.values()) == len(shown.todos)
            codes = {line.code for line in shown.todos if line.code}
            codes |= {line.code for line in shown.diary}
            return codes | {
                each.code for each in (shown.next_booking,) if each is not None
            }


@pytest.mark.parametrize("letter", ROLES)
def test_each_page_shows_a_role_the_people_that_the_table_says(
    two: TwoCaseloads, letter: str
) -> None:
    desk = two.signed_in(ROLES[letter])
    named = {
        two.own.code: "own",
        two.live.code: "live",
        two.waits.code: "waits",
        two.undecided: "live",
    }
    found, meant = {}, {}
    for page, by_role in SEEN.items():
        (whom,) = [names for roles, names in by_role.items() if letter in roles]
        meant[page] = set(whom.split())
        try:
            found[page] = {named.get(code, code) for code in codes_on(page, desk)}
        except NotAllowed:
            found[page] = set()

    assert found == meant


#: What a person's page and the history of a session hold of clinical words, by role.
CLINICAL = {"WCLMS": True, "A": False}


@pytest.mark.parametrize(
    ("letter", "reads"),
    [(letter, reads) for roles, reads in CLINICAL.items() for letter in roles],
)
def test_clinical_words_and_scores_are_for_those_who_may_read_them(
    two: TwoCaseloads, letter: str, *, reads: bool
) -> None:
    desk = two.signed_in(ROLES[letter])

    page = people.person(desk, two.own.client_id)
    words = " ".join(event.detail for event in page.events)

    assert ("own words" in words) is reads
    assert ("own exit words" in words) is reads
    assert bool(page.scores) is reads
    assert any(event.title.startswith("PHQ-9") for event in page.events) is reads
