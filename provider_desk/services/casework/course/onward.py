"""Referring on to somebody else: where to, and only with the person's yes.

Source: domain reference, B9; practices, P5, P12.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.course_rules import NOT_AGREED
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import Episode, OnwardReferral, Referral
from provider_desk.services import saving
from provider_desk.services.casework.caring.consents import said_no
from provider_desk.services.casework.course.running import retired
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day
from provider_desk.store.records import get
from provider_desk.store.store import Deed

#: Purpose of consent.
_SERVICE = "SERVICE"
_ASK_AGAIN = "Ask again, and record the answer under Consent first."


@needs(Permission.RUN_EPISODES)
def refer_on(
    desk: Desk, episode_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record where somebody was referred on to; after the ending too.

    Raises:
        NotValid: the person did not agree, or a value or a rule stops it.
    """
    with desk.store.writing("refer on", by=desk.user.id) as deed:
        made, warnings = add(desk, deed, episode_id, values)
        said = f"Referred on, {day(made.made_on)}."
        return made.id, saving.done(deed, said, warnings)


def add(
    desk: Desk, deed: Deed, episode_id: str, values: Mapping[str, Value]
) -> tuple[OnwardReferral, list[Problem]]:
    """As ``refer_on``, in a transaction that is open."""
    episode = caseload.within(desk, deed, Episode, episode_id)
    given = {"made_on": desk.today(), **values, "episode_id": episode_id}
    clinical = caseload.reads_clinical_of(desk, deed, episode)
    given = masking.writable(OnwardReferral, given, clinical=clinical)
    more = [*_without_a_yes(given), *_against_a_no(deed, episode, given)]
    return saving.add(desk, deed, OnwardReferral, given, more)


def _without_a_yes(given: Mapping[str, Value]) -> list[Problem]:
    """What is recorded here and now needs a yes; what came in may not know."""
    if given.get("consent") in ("Y", "N"):
        return []
    return [Problem("consent", NOT_AGREED)]


def _against_a_no(
    deed: Deed, episode: Episode, given: Mapping[str, Value]
) -> list[Problem]:
    """A no on record, or a yes that was withdrawn, stops it. Source: practices, P5."""
    on = given["made_on"]
    if not isinstance(on, date) or not episode.referral_id:
        return []
    client_id = get(deed, Referral, episode.referral_id).client_id
    words = said_no(deed, client_id, _SERVICE, on, str(given.get("made_to") or ""))
    return [Problem("consent", f"{words} {_ASK_AGAIN}")] if words else []


@needs(Permission.RUN_EPISODES)
def change_onward(desk: Desk, onward_id: str, values: Mapping[str, Value]) -> Changed:
    """Put an onward referral right.

    Raises:
        NotValid: the person did not agree, or a value or a rule stops it.
    """
    with desk.store.writing("change onward referral", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, OnwardReferral, onward_id)
        clinical = caseload.reads_clinical_of(desk, deed, held)
        given = {name: v for name, v in values.items() if name != "episode_id"}
        given = masking.writable(OnwardReferral, given, clinical=clinical)
        more = _without_a_yes(given) if "consent" in given else []
        if given.keys() & {"made_to", "made_on", "consent"}:
            episode = get(deed, Episode, held.episode_id)
            more += _against_a_no(deed, episode, {**held.values(), **given})
        _, warnings = saving.change(desk, deed, OnwardReferral, onward_id, given, more)
        return saving.done(deed, "Onward referral saved.", warnings)


@needs(Permission.RUN_EPISODES)
def take_back_onward(desk: Desk, onward_id: str, reason: str) -> Changed:
    """Take back an onward referral that was recorded by mistake.

    Raises:
        NotValid: the reason is missing.
    """
    with desk.store.writing("take back onward referral", desk.user.id) as deed:
        held = caseload.within(desk, deed, OnwardReferral, onward_id)
        retired(desk, deed, held, reason)
        return saving.done(deed, "Onward referral taken back.")
