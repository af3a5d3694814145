"""Offers of a start after they were made: put right, taken back, asked after.

Making and answering one is in ``casework.waiting``. None of it stops a clock. Source:
domain reference, B4.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotFound
from provider_desk.model.fields import Value
from provider_desk.model.records import Referral, WaitingOffer
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import Several, ToDo, ToDoKind
from provider_desk.services import saving
from provider_desk.services.casework import waiting
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, may, needs
from provider_desk.services.saying import day, some
from provider_desk.store.queries import waiting_papers as questions
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.records import find

#: Today asks after an offer that nobody answered for so long.
ASK_AFTER = timedelta(days=7)

_NAMED = ("referral_id",)


@needs(Permission.SEE_OWN)
def open_offer(desk: Desk, referral_id: str) -> WaitingOffer:
    """The newest offer of a start that nobody answered yet.

    Raises:
        NotFound: there is none.
    """
    with desk.store.reading() as rows:
        caseload.within(desk, rows, Referral, referral_id)
        found = find(rows, WaitingOffer, referral_id=referral_id, response="PENDING")
    if not found:
        raise NotFound("No offer is waiting for an answer.", "Offer a start first.")
    return max(found, key=lambda offer: offer.offered_on)


@needs(Permission.RECORD_CONTACTS)
def answered(
    desk: Desk, offer_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record the answer to an offer, and hand back the offer's id.

    Raises:
        NotValid: no answer is chosen, or it is older than the offer.
    """
    response, on = values.get("response"), values.get("answered_on")
    if response in (None, "", "PENDING"):
        raise saving.stop("response", "Say what came of the offer.")
    answered_on = on if isinstance(on, date) else None
    # What was noted with the offer stays where nothing is said now.
    note = str(values.get("note") or "") or None
    changed = waiting.answer_offer(desk, offer_id, str(response), answered_on, note)
    return offer_id, changed


@needs(Permission.RECORD_CONTACTS)
def change_offer(desk: Desk, offer_id: str, values: Mapping[str, Value]) -> Changed:
    """Put an offer or its answer right.

    Raises:
        NotValid: a value or a rule stops it.
    """
    given = {name: value for name, value in values.items() if name not in _NAMED}
    with desk.store.writing("change offer", by=desk.user.id) as deed:
        caseload.within(desk, deed, WaitingOffer, offer_id)
        _, warnings = saving.change(desk, deed, WaitingOffer, offer_id, given)
        return saving.done(deed, "Offer put right.", warnings)


@needs(Permission.RECORD_CONTACTS)
def take_back_offer(desk: Desk, offer_id: str, reason: str) -> Changed:
    """Take back an offer that was never made.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back offer", desk.user.id, reason) as deed:
        caseload.within(desk, deed, WaitingOffer, offer_id)
        deed.retire(WaitingOffer, offer_id, reason.strip())
        return saving.done(deed, "Offer taken back.")


def to_ask_after(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[Several]:
    """Offers that nobody answered for a week, to people who still wait."""
    if not may(desk, Permission.RECORD_CONTACTS):
        return
    today = desk.today()
    found = questions.open_offers(rows, today - ASK_AFTER)
    held = [each for each in found if mine.holds(each.client_id)]
    yield Several(ToDoKind.OFFER_OPEN, len(held), partial(_lines, held, today))


def _lines(found: list[questions.OpenOffer], today: date, count: int) -> Iterator[ToDo]:
    for held in found[:count]:
        age = some((today - held.offered_on).days, "day")
        yield ToDo(
            ToDoKind.OFFER_OPEN,
            "Ask after the offer of a start",
            f"offered {day(held.offered_on)}, {age} ago",
            held.offered_on + ASK_AFTER,
            held.client_id,
            held.code,
            held.name,
            WaitingOffer.TABLE,
            held.offer_id,
            deed="Answer to an offer",
        )
