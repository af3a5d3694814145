"""Gains in daily life: ticked when they are seen, seen again later, counted.

Every deed stops with NotFound where the person is outside the caseload. Source:
practices, P23; domain reference, A5.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.records import FunctionalGain, Referral
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label, some
from provider_desk.store.queries import measuring as questions
from provider_desk.store.records import find
from provider_desk.store.store import Deed


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def tick_gains(
    desk: Desk,
    referral_id: str,
    values: Mapping[str, Value],
    *,
    codes: Collection[str] = (),
) -> tuple[str, Changed]:
    """Say which gains were seen on a day; one that was ticked for that day stays one.

    Args:
        desk: who says so.
        referral_id: in which work.
        values: ``seen_on``.
        codes: of the value list ``functional_gain``.

    Returns:
        The ids of what is new with blanks between, for undo, and what changed.

    Raises:
        NotValid: nothing is ticked, or a value or a rule stops it.
    """
    if not codes:
        raise saving.stop("gain", "Tick what got better, one or more.")
    with desk.store.writing("tick gains", by=desk.user.id) as deed:
        caseload.within(desk, deed, Referral, referral_id)
        seen_on = values.get("seen_on") or desk.today()
        held = find(deed, FunctionalGain, referral_id=referral_id)
        there = {each.gain for each in held if each.seen_on == seen_on}
        made = [
            _add(desk, deed, referral_id, code, seen_on)
            for code in dict.fromkeys(codes)
            if code not in there
        ]
        before = {each.gain for each in held if str(each.seen_on) < str(seen_on)}
        again = sum(each.gain in before for each in made)
        said = f"{some(len(made), 'gain')} saved"
        if again:
            said += f", {again} of them seen before"
        return " ".join(each.id for each in made), saving.done(deed, f"{said}.")


def _add(
    desk: Desk, deed: Deed, referral_id: str, code: str, seen_on: Value
) -> FunctionalGain:
    given = {"referral_id": referral_id, "gain": code, "seen_on": seen_on}
    gain, _ = saving.add(desk, deed, FunctionalGain, given)
    return gain


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def take_back_gains(desk: Desk, gain_ids: str, reason: str) -> Changed:
    """Take back gains that were ticked by mistake; their history stays.

    Args:
        desk: who takes them back.
        gain_ids: with blanks between.
        reason: why.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back gains", desk.user.id) as deed:
        ids = gain_ids.split()
        held = [caseload.within(desk, deed, FunctionalGain, each) for each in ids]
        why = saving.why_of(desk, deed, held[0], reason) if held else ""
        for gain in held:
            deed.retire(FunctionalGain, gain.id, why)
        return saving.done(deed, f"{some(len(ids), 'gain')} taken back.")


@dataclass(frozen=True, slots=True)
class GainCount:
    """How often a gain was seen.

    Attributes:
        label: the gain.
        outcome: which of the contract's six it speaks of.
        cases: how many referrals it was seen in.
        again: in how many of them on a later day too.
    """

    label: str
    outcome: str
    cases: int
    again: int


@needs(Permission.MAKE_RETURN)
def gains_counted(desk: Desk, from_on: date, until_on: date) -> list[GainCount]:
    """Every gain of the list, with how many referrals it was seen in on some days.

    The numbers are exact and may be small, so they are not for trustees.
    """
    with desk.store.reading() as rows:
        counted = questions.gains_counted(rows, from_on, until_on)
    return [
        GainCount(
            each.label,
            label("contract_outcome", str(each.flags.get("outcome", ""))),
            *counted.get(each.code, (0, 0)),
        )
        for each in choices("functional_gain").values
    ]
