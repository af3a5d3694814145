"""Panel: which worker will see somebody whose support has not begun."""

from collections.abc import Mapping, Sequence
from functools import partial

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import Referral, User
from provider_desk.model.views import PersonPage, ReferralCard, Standing
from provider_desk.services.casework import referrals
from provider_desk.services.rights import users
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening

_BUTTON = "Allocate"
_SAME = "That is so already. Choose who will see the person."
_NOBODY = "Nobody yet"
_NOT_OPEN = "Allocate: this person has no referral that waits to begin."


def offer(frame: Frame, page: PersonPage, forbidden: str) -> Offer:
    """The deed for a person, with the reason why where it can't be done.

    Args:
        frame: the window.
        page: whom it is for.
        forbidden: why the role may not; "" where it may.
    """
    cards = [
        card
        for card in page.referrals
        if card.status in (Standing.AWAITING, Standing.WAITING)
    ]
    why = forbidden or ("" if cards else _NOT_OPEN)
    return Offer(deeds.ALLOCATE, partial(_ask, frame, page, cards), why)


def _ask(frame: Frame, page: PersonPage, cards: Sequence[ReferralCard]) -> None:
    frame.read(
        frame,
        partial(users.workers, frame.desk),
        lambda found: frame.open_panel(_panel(frame, page, cards, found)),
    )


def _panel(
    frame: Frame,
    page: PersonPage,
    cards: Sequence[ReferralCard],
    workers: Sequence[User],
) -> FormPanel:
    choices_made = [
        (card, initials, words)
        for card in cards
        for initials, words in _workers(card, workers, several=len(cards) > 1)
    ]
    editor = ChoiceEditor(
        [(str(number), words) for number, (_, _, words) in enumerate(choices_made)]
    )
    form = RecordForm(
        Referral,
        ["allocated_to"],
        frame.desk.today,
        editors={"allocated_to": editor},
        asked=("allocated_to",),
    )
    held = cards[0].referral
    start = next(
        n
        for n, (card, initials, _) in enumerate(choices_made)
        if card is cards[0] and initials in (held.allocated_to, "")
    )
    form.set_values({"allocated_to": str(start)})

    def run(values: Mapping[str, Value]) -> Changed:
        card, initials, _ = choices_made[int(str(values["allocated_to"] or start))]
        if initials == (card.referral.allocated_to or ""):
            raise NotValid([Problem("allocated_to", _SAME)])
        return referrals.allocate(frame.desk, card.referral.id, initials)

    return FormPanel(
        frame,
        deeds.ALLOCATE.words,
        form,
        _BUTTON,
        run,
        subject=page.client.code,
        draft=f"{deeds.ALLOCATE.words}:{page.client.id}",
        opening=deed_opening(deeds.ALLOCATE, page.client.id),
        whole=True,
    )


def _workers(
    card: ReferralCard, workers: Sequence[User], *, several: bool
) -> list[tuple[str, str]]:
    """Initials and words, nobody last; with the area where there are several."""
    area = choices("service_area").label(card.referral.area)
    behind = f" · {area}" if several else ""
    found = [(user.initials, f"{user.name} ({user.initials})") for user in workers]
    return [(initials, words + behind) for initials, words in (*found, ("", _NOBODY))]
