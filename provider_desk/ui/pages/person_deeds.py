"""The deeds for a person: what each asks, which service does it, and when it can't."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, Text, Value, field_map, shown
from provider_desk.model.goal_card import GoalCard
from provider_desk.model.views import EpisodeCard, PersonPage, ReferralCard
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import clinical_fields
from provider_desk.services.rights.masking import WHOLE, fields_hidden
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    who_may,
    why_not,
)
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.pages import allocate, give_access
from provider_desk.ui.pages.change_person import ChangePersonPanel
from provider_desk.ui.pages.deed import Deed, Done, Group
from provider_desk.ui.pages.deed_list import ANONYMOUS, DEEDS
from provider_desk.ui.pages.noting.sealed_said import SealedSaid
from provider_desk.ui.pages.noting.write_panel import WriteNotePanel
from provider_desk.ui.pages.referring import new_referral
from provider_desk.ui.pages.safe_contact_panel import SafeContactPanel, SafeWays
from provider_desk.ui.parts.words import soft, strong

_DAY = Day(label="")
_WHICH = Text(label="Which one")
#: What a deed is done on that its page shows already.
_SAID_ELSEWHERE = ("client_id", "referral_id", "episode_id")


class PersonDeeds:
    """Makes the panels of the deeds for whoever is shown."""

    def __init__(self, frame: Frame, on: str = "") -> None:
        """Take what the panels need.

        Args:
            frame: the window.
            on: id of what the deeds begin with, where they can be done on several; of
                what a new record goes on from.
        """
        self._frame, self._on = frame, on

    def offers(self, page: PersonPage) -> list[Offer]:
        """Every deed, with the reason why where it can't be done now."""
        found = [
            Offer(
                deeds.NEW_REFERRAL,
                partial(new_referral.ask, self._frame, page),
                self._forbidden(Permission.RECORD_REFERRALS),
                Group.REFERRAL.value,
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
        why = deed.why_not(self._frame.desk) or _nothing_for(deed, page)
        run = partial(self._open_deed, deed, page)
        return Offer(deed.key, run, why, deed.group.value)

    def _forbidden(self, permission: Permission) -> str:
        return why_not(self._frame.desk, permission)

    def _open(
        self, panel: type[ChangePersonPanel | SafeContactPanel], page: PersonPage
    ) -> None:
        self._frame.open_panel(panel(self._frame, page))

    def _open_deed(self, deed: Deed, page: PersonPage) -> None:
        frame, desk = self._frame, self._frame.desk
        if deed.panel is not None:
            frame.open_panel(deed.panel(frame, page))
            return
        options = sorted(_options(deed, page), key=lambda each: each[0] != self._on)
        only = options[0][0]
        which = _which(deed, options)
        # Of several none is guessed, unless they came from the line of one.
        guessed = which is None or deed.newest or only == self._on
        form = self._begun(deed, page, options, guessed=guessed)
        box = form.boxes.get(deed.on) or which
        if box is not None:
            box.editor.set_value(only if guessed else None)
            editor = box.editor

            def refill() -> None:
                on = editor.value()
                if on is not None:
                    form.fill(_started(deed, page, str(on)))

            editor.changed.connect(refill)

        def run(values: Mapping[str, Value]) -> Done:
            on = str((box.editor.value() if box else None) or only)
            asked = {name: v for name, v in values.items() if name != deed.on}
            return deed.run(frame.desk, on, asked)

        if deed.key is deeds.RECORD_SURVEY:
            form.boxes[deed.on].call("Whose survey")
        if deed.key is deeds.RATE_GOAL and deed.on in form.boxes:
            frame.veil.over(form.boxes[deed.on].editor.inner)
        undo = deed.undo
        panel = FormPanel(
            frame,
            deed.key.words,
            form,
            deed.asking if _asked_of(deed, desk) else deed.button,
            run,
            subject=page.client.code,
            draft=f"{deed.key.words}:{page.client.id}",
            above=self._above(deed, page, options, which),
            which=which,
            opening=deed_opening(deed.key, page.client.id),
            undo=None if undo is None else lambda new_id: undo(frame.desk, new_id),
            whole=True,
        )
        frame.open_panel(panel)

    def _begun(
        self,
        deed: Deed,
        page: PersonPage,
        options: list[tuple[str, str]],
        *,
        guessed: bool,
    ) -> RecordForm:
        """The form with what it begins with, and the fields that this person sees."""
        desk = self._frame.desk
        form = _form_of(deed, options, desk)
        goes_on = bool(self._on) and deed.on == "client_id"
        about = self._on if goes_on else options[0][0]
        starts = _started(deed, page, about) if guessed else {}
        form.set_values({**_begins(deed, desk), **starts})
        hidden = _left_out(deed, desk) & form.boxes.keys()
        form.show_fields(**dict.fromkeys(hidden, False))
        if deed.follow is not None:
            deed.follow(form)
        return form

    def _above(
        self,
        deed: Deed,
        page: PersonPage,
        options: list[tuple[str, str]],
        which: FieldBox | None,
    ) -> QWidget | None:
        """What stands above the form: how to reach them, who reads it, which one."""
        frame = self._frame
        above: list[QWidget] = [SafeWays(frame.veil, page)] if deed.safe else []
        if others := _asked_of(deed, frame.desk):
            above.append(soft(f"It holds once {others} has approved it."))
        clinical = {*clinical_fields(deed.record_type)} & {*deed.fields}
        # A survey may be without a name, and then nothing of it is sealed.
        named = deed.key is not deeds.RECORD_SURVEY
        if deed.on != "client_id" and clinical and named:
            said = SealedSaid(frame)
            said.ask(_referrals(options, page))
            above.append(said)
        if which is not None:
            above.append(which)
        elif deed.on not in _SAID_ELSEWHERE and options[0][1] != page.client.code:
            # There is no choice, but what it is done on is to be read all the same.
            only = strong()
            frame.veil.say(only, options[0][1])
            above.append(only)
        if not above:
            return None
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        for each in above:
            column.addWidget(each)
        return held


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


def _form_of(deed: Deed, options: list[tuple[str, str]], desk: Desk) -> RecordForm:
    """The form of a deed; what it is done on is asked where there is a choice."""
    asks = len(options) > 1 and deed.on in field_map(deed.record_type)
    rows = [deed.on, *deed.rows] if asks else list(deed.rows)
    return RecordForm(
        deed.record_type,
        rows,
        desk.today,
        options={deed.on: options},
        asked=deed.asked,
    )


def _asked_of(deed: Deed, desk: Desk) -> str:
    """Who approves it, where the person here may only ask for it; "" otherwise."""
    lacking = [each for each in deed.only.values() if not may(desk, each)]
    return who_may(lacking[0]) if lacking else ""


def _left_out(deed: Deed, desk: Desk) -> set[str]:
    """Fields that are not asked of who sits here: clinical ones they may not read.

    What comes on paper, such as a survey, is typed in by whoever has it.
    """
    found = {name for name, needed in deed.only.items() if not may(desk, needed)}
    if not (may(desk, Permission.READ_CLINICAL) or issubclass(deed.record_type, WHOLE)):
        found |= fields_hidden(deed.record_type)
    return found


def _begins(deed: Deed, desk: Desk) -> dict[str, Value]:
    begins: dict[str, Value] = dict.fromkeys(deed.today, desk.today())
    today = desk.today()
    for name, ahead in deed.ahead.items():
        later = today + timedelta(ahead) if isinstance(ahead, int) else ahead(today)
        begins[name] = later
    if deed.own:
        begins[deed.own] = desk.user.initials
    return begins


def _started(deed: Deed, page: PersonPage, on: str) -> Mapping[str, Value]:
    return {} if deed.start is None else deed.start(page, on)


def _which(deed: Deed, options: list[tuple[str, str]]) -> FieldBox | None:
    """Which one it is done on, where the record itself does not name it."""
    if len(options) < 2 or deed.on in field_map(deed.record_type):  # noqa: PLR2004
        return None
    return FieldBox(_WHICH, ChoiceEditor(options), optional=False)


def _options(deed: Deed, page: PersonPage) -> list[tuple[str, str]]:
    """What of this person the deed can be done on: id and words, newest first."""
    if deed.on == "client_id":
        return [(page.client.id, page.client.code)]
    if deed.on in page.part.items:
        return [(item.row_id, item.words) for item in page.part.items[deed.on]]
    if deed.on == "episode_id":
        live = [card for card in page.episodes if bool(card.closed_on) is deed.closed]
        return [(card.episode_id, _episode_words(card)) for card in live]
    if deed.on == "goal_id":
        return [(card.goal_id, _goal_words(card)) for card in page.goals]
    return _of_referrals(deed, page) if deed.on == "referral_id" else []


def _of_referrals(deed: Deed, page: PersonPage) -> list[tuple[str, str]]:
    fitting = [
        card
        for card in page.referrals
        if card.status in deed.standings or not deed.standings
    ]
    found = [(card.referral.id, _referral_words(card)) for card in fitting]
    if deed.key is not deeds.RECORD_SURVEY:
        return found
    # Without a name is what is usual, and stands first.
    if len(found) == 1:
        only = found[0][0]
        return [(ANONYMOUS + only, "Without a name"), (only, "Signed: kept with them")]
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
    if deed.nothing:
        return f"{deed.key.words}: {deed.nothing}"
    if deed.on == "episode_id" and deed.closed:
        return f"{deed.key.words}: no episode of this person is closed."
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
