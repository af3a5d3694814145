"""The deeds for a person: what each asks, which service does it, and when it can't."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, Value, shown
from provider_desk.model.goal_card import GoalCard
from provider_desk.model.records import Contract, Referral
from provider_desk.model.views import EpisodeCard, PersonPage, ReferralCard
from provider_desk.services import settings
from provider_desk.services.casework import people, referrals
from provider_desk.services.rights.masking import fields_hidden
from provider_desk.services.rights.permissions import Permission, why_not
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.pages import allocate, give_access
from provider_desk.ui.pages.change_person import ChangePersonPanel
from provider_desk.ui.pages.deed_list import ANONYMOUS, DEEDS, Deed, Done
from provider_desk.ui.pages.noting.sealed_said import SealedSaid
from provider_desk.ui.pages.noting.write_panel import WriteNotePanel
from provider_desk.ui.pages.safe_contact_panel import SafeContactPanel, SafeWays

_DAY = Day(label="")


class PersonDeeds:
    """Makes the panels of the deeds for whoever is shown."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def offers(self, page: PersonPage) -> list[Offer]:
        """Every deed, with the reason why where it can't be done now."""
        found = [
            Offer(
                deeds.NEW_REFERRAL,
                partial(self._new_referral, page),
                self._forbidden(Permission.RECORD_REFERRALS),
            )
        ]
        found += [self._offer(deed, page) for deed in DEEDS]
        forbidden = self._forbidden(Permission.RECORD_REFERRALS)
        found.append(allocate.offer(self._frame, page, forbidden))
        found.append(give_access.offer(self._frame, page))
        why_not_people = self._forbidden(Permission.RECORD_PEOPLE)
        for key, panel in (
            (deeds.CHANGE_DETAILS, ChangePersonPanel),
            (deeds.SAFE_CONTACT, SafeContactPanel),
        ):
            found.append(Offer(key, partial(self._open, panel, page), why_not_people))
        found.append(
            Offer(
                deeds.PROCESS_NOTE,
                partial(self._write_note, page),
                self._forbidden(Permission.WRITE_SEALED),
            )
        )
        return found

    def _write_note(self, page: PersonPage) -> None:
        client = page.client
        self._frame.open_panel(WriteNotePanel(self._frame, client.id, client.code))

    def _offer(self, deed: Deed, page: PersonPage) -> Offer:
        why = self._forbidden(deed.needs) or _nothing_for(deed, page)
        return Offer(deed.key, partial(self._open_deed, deed, page), why)

    def _forbidden(self, permission: Permission) -> str:
        return why_not(self._frame.desk, permission)

    def _open(
        self, panel: type[ChangePersonPanel | SafeContactPanel], page: PersonPage
    ) -> None:
        self._frame.open_panel(panel(self._frame, page))

    def _open_deed(self, deed: Deed, page: PersonPage) -> None:
        frame, desk = self._frame, self._frame.desk
        options = _options(deed, page)
        rows = [deed.on, *deed.rows] if len(options) > 1 else list(deed.rows)
        form = RecordForm(
            deed.record_type, rows, desk.today, options={deed.on: options}
        )
        only = options[0][0]
        start: dict[str, Value] = dict.fromkeys(deed.today, desk.today())
        start[deed.on] = only
        if deed.own:
            start[deed.own] = desk.user.initials
        if deed.key is deeds.DECIDE:
            start["decision"] = "ACCEPTED"
        form.set_values(start)

        def run(values: Mapping[str, Value]) -> Done:
            on = str(values.get(deed.on) or only)
            asked = {name: v for name, v in values.items() if name != deed.on}
            return deed.run(frame.desk, on, asked)

        if deed.key is deeds.DECIDE:
            _show_decision(form)
        if deed.key is deeds.RECORD_SURVEY:
            form.boxes[deed.on].call("Whose survey")
        if deed.key is deeds.RATE_GOAL and deed.on in form.boxes:
            frame.veil.over(form.boxes[deed.on].editor.inner)
        above: QWidget | None = SafeWays(frame.veil, page) if deed.safe else None
        if fields_hidden(deed.record_type) & set(deed.fields):
            above = SealedSaid(frame)
            above.ask(_referrals(options, page))
        panel = FormPanel(
            frame,
            deed.key.words,
            form,
            deed.button,
            run,
            subject=page.client.code,
            draft=f"{deed.key.words}:{page.client.id}",
            above=above,
            opening=deed_opening(deed.key, page.client.id),
        )
        frame.open_panel(panel)

    def _new_referral(self, page: PersonPage) -> None:
        desk = self._frame.desk
        self._frame.read(
            self._frame,
            lambda: settings.contracts(desk),
            lambda contracts: self._ask_referral(page, contracts),
        )

    def _ask_referral(self, page: PersonPage, contracts: list[Contract]) -> None:
        frame, desk = self._frame, self._frame.desk
        rows: list[Row] = [
            "contract_id",
            "area",
            ("received_on", "source"),
            "reference",
            "consent",
            "held_by",
            "hub_status",
            ("hub_sent_on", "hub_decided_on"),
            "note",
        ]
        options = [(c.id, f"{c.reference} {c.title}") for c in contracts]
        form = RecordForm(Referral, rows, desk.today, options={"contract_id": options})
        only = options[0][0] if len(options) == 1 else None
        form.set_values({"received_on": desk.today(), "contract_id": only})
        frame.open_panel(
            FormPanel(
                frame,
                deeds.NEW_REFERRAL.words,
                form,
                "Save referral",
                lambda values: referrals.receive_referral(desk, page.client.id, values),
                subject=page.client.code,
                draft=f"referral:{page.client.id}",
                opening=deed_opening(deeds.NEW_REFERRAL, page.client.id),
                undo=lambda new_id: referrals.take_back_referral(
                    frame.desk, new_id, "undone at once"
                ),
            )
        )


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of a deed for a person that a draft was typed into."""

    def found(page: PersonPage) -> None:
        for offer in PersonDeeds(frame).offers(page):
            if offer.key.words == args["deed"] and not offer.why_not:
                offer.run()
                return
        gone()

    frame.read(
        frame,
        partial(people.person, frame.desk, args["client_id"]),
        found,
        lambda _error: gone(),
    )


def _show_decision(form: RecordForm) -> None:
    def follow() -> None:
        declined = form.values()["decision"] == "DECLINED"
        form.show_fields(decline_reason=declined, signposted_to=declined)

    form.changed.connect(follow)
    follow()


def _options(deed: Deed, page: PersonPage) -> list[tuple[str, str]]:
    """What of this person the deed can be done on: id and words, newest first."""
    if deed.on == "episode_id":
        live = [card for card in page.episodes if card.closed_on is None]
        return [(card.episode_id, _episode_words(card)) for card in live]
    if deed.on == "goal_id":
        return [(card.goal_id, _goal_words(card)) for card in page.goals]
    fitting = [card for card in page.referrals if card.status in deed.standings]
    found = [(card.referral.id, _referral_words(card)) for card in fitting]
    if deed.key is not deeds.RECORD_SURVEY:
        return found
    # Without a name is what is usual, and stands first.
    unnamed = [
        (ANONYMOUS + row_id, f"Without a name: {words}") for row_id, words in found
    ]
    return [*unnamed, *((row_id, f"Signed: {words}") for row_id, words in found)]


def _referrals(options: list[tuple[str, str]], page: PersonPage) -> list[str]:
    """The referrals that a deed can be done on, by themselves or their episode."""
    by_episode = {card.episode_id: card.referral_id for card in page.episodes}
    return [by_episode.get(row_id, row_id) for row_id, _ in options]


def _nothing_for(deed: Deed, page: PersonPage) -> str:
    if _options(deed, page):
        return ""
    if deed.on == "episode_id":
        return f"{deed.key.words}: this person has no open episode."
    if deed.on == "goal_id":
        return f"{deed.key.words}: this person has no open goal. Set one first."
    standings = " or ".join(deed.standings)
    return f"{deed.key.words}: no referral of this person is {standings}."


def _episode_words(card: EpisodeCard) -> str:
    area = choices("service_area").label(card.area)
    return f"{area}, since {shown(_DAY, card.started_on)}"


def _goal_words(card: GoalCard) -> str:
    rated = "" if card.rating is None else f", last rated {card.rating}"
    words = card.words or card.outcome or "Goal"
    return f"{words} (set {shown(_DAY, card.set_on)}{rated})"


def _referral_words(card: ReferralCard) -> str:
    area = choices("service_area").label(card.referral.area)
    return f"{area}, received {shown(_DAY, card.referral.received_on)}, {card.status}"
