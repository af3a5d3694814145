"""The counselling key: who may take it up and give it, and what stands in the log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.keys.vault import SessionVault
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotAllowed, NotValid, WrongPassword
from provider_desk.model.looks import LookKind
from provider_desk.services.desk import Desk
from provider_desk.services.entry.new_desk import NewDesk
from provider_desk.services.looking import looks
from provider_desk.services.rights import counsel_key, users
from tests.builders.desks import planned, signed_in_again

LEAD, SAM = "Lee Invented", "Sam Invented"
LEADS, SAMS = "copper river button sleeve", "purple ladder winter spoon"


class Office:
    """A desk with a manager, a clinical lead and a counsellor; one is signed in."""

    def __init__(self, plan: NewDesk, folder: Path) -> None:
        self.plan = plan
        self.desk = plan.make(folder)
        users.add_user(self.desk, LEAD, "CLINICAL_LEAD", LEADS)
        users.add_user(self.desk, SAM, "COUNSELLOR", SAMS, team="young-people")

    def code(self, sheet: str) -> str:
        """The code of a recovery sheet."""
        (found,) = [each for each in self.plan.sheets if each.which == sheet]
        return " ".join(found.groups)

    def as_lead(self) -> Desk:
        """The clinical lead signs in."""
        self.desk.close()
        self.desk = signed_in_again(self.desk, LEAD, LEADS)
        return self.desk

    def id_of(self, name: str) -> str:
        """Whose id it is."""
        return next(user.id for user in users.users(self.desk) if user.name == name)


@pytest.fixture
def office(folder: Path, clock: FixedClock) -> Iterator[Office]:
    plan = planned(clock, SessionVault())
    plan.vouched()
    made = Office(plan, folder)
    yield made
    made.desk.close()


def test_at_first_nobody_holds_the_key_and_those_who_need_it_are_named(
    office: Office,
) -> None:
    found = counsel_key.standing(office.desk)

    assert not found.has_lead
    assert not found.leads
    assert found.first_sheet
    assert [(h.user.name, h.wanted) for h in found.holders] == [
        (LEAD, True),
        (SAM, True),
    ]


def test_a_manager_with_sheet_b_does_not_get_the_key(office: Office) -> None:
    with pytest.raises(NotAllowed):
        counsel_key.take_up(office.desk, office.code("B"))

    assert not office.desk.keys.holds("counsel:main")


def test_the_lead_takes_it_up_gives_a_team_its_key_and_it_is_written_down(
    office: Office,
) -> None:
    lead = office.as_lead()

    counsel_key.take_up(lead, office.code("B"))
    counsel_key.give(lead, office.id_of(SAM))

    found = counsel_key.standing(lead)
    assert found.leads
    assert set(found.teams) == {"main", "young-people"}
    (sam,) = [holder for holder in found.holders if holder.user.name == SAM]
    assert (sam.teams, sam.wanted) == (("young-people",), False)
    lead.close()
    office.desk = signed_in_again(lead)
    told = [line.about for line in looks.log(office.desk, kind=LookKind.RIGHTS).rows]
    assert any("taken up with sheet B" in about for about in told)
    assert any(f"given to {SAM}" in about for about in told)


def test_sheet_a_and_a_mistyped_code_take_nothing_up(office: Office) -> None:
    lead = office.as_lead()

    with pytest.raises(WrongPassword):
        counsel_key.take_up(lead, office.code("A"))
    with pytest.raises(NotValid):
        counsel_key.take_up(lead, office.code("B")[:-1])

    assert not lead.keys.is_lead


def test_who_has_not_taken_the_key_up_can_not_give_it(office: Office) -> None:
    lead = office.as_lead()

    with pytest.raises(NotAllowed):
        counsel_key.give(lead, office.id_of(SAM))

    assert not counsel_key.standing(lead).has_lead


def test_a_key_that_is_taken_away_opens_nothing_new(office: Office) -> None:
    lead = office.as_lead()
    counsel_key.take_up(lead, office.code("B"))
    counsel_key.give(lead, office.id_of(SAM))
    epoch = lead.keys.newest_epoch("counsel:young-people")

    counsel_key.take_away(lead, office.id_of(SAM), "works elsewhere")

    assert lead.keys.newest_epoch("counsel:young-people") == epoch + 1
    (sam,) = [h for h in counsel_key.standing(lead).holders if h.user.name == SAM]
    assert (sam.teams, sam.wanted) == ((), True)


def test_only_a_clinical_lead_is_let_give_the_key_too(office: Office) -> None:
    lead = office.as_lead()
    counsel_key.take_up(lead, office.code("B"))

    with pytest.raises(NotAllowed, match="not clinical lead"):
        counsel_key.make_lead(lead, office.id_of(SAM))


def test_a_counsellor_does_not_see_who_holds_the_key(office: Office) -> None:
    office.desk.close()
    office.desk = signed_in_again(office.desk, SAM, SAMS)

    with pytest.raises(NotAllowed):
        counsel_key.standing(office.desk)
