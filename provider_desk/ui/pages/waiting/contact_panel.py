"""Contact with somebody who waits: rule, number, result; then the next person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import OneOf, Text, Value, field_map
from provider_desk.model.records import WaitingContact, WaitingEntry
from provider_desk.model.views import PersonPage, Standing
from provider_desk.model.waiting_rows import WaitingRow
from provider_desk.services.casework import waiting
from provider_desk.ui import deeds
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.key_choice import KeyChoice
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening, deed_opening
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.pages.waiting.call_round import CallRound
from provider_desk.ui.pages.waiting.list_deeds import ListDeeds
from provider_desk.ui.pages.waiting.reach import Reach
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import soft, strong

_ROWS = ("result", "note", ("method", "held_on"), "purpose", ("minutes", "worker"))
_METHOD = f"{WaitingContact.TABLE}.method"
_WHICH = Text(label="Which one")


@dataclass(frozen=True, slots=True, repr=False)
class Whose:
    """Somebody who waits, as the person's own page knows it.

    Attributes:
        about: what has to be known of the place on the list, in a sentence.
        others: id and words of every referral they wait on, where there are several.
    """

    referral_id: str
    client_id: str
    code: str
    name: str
    about: str
    others: Sequence[tuple[str, str]] = ()


class ContactPanel(Panel):
    """What has to be known before a contact, and the form to record it.

    By keyboard: Enter shows the number, a digit picks the result, Ctrl+Enter saves
    and, in a round, goes to the next person.

    Attributes:
        reach: the channels; numbers only after their rules.
        form: the contact.
        next_form: when the next contact is due.
    """

    def __init__(
        self,
        frame: Frame,
        row: WaitingRow | Whose,
        as_of: date,
        round_: CallRound | None = None,
        go_on: Callable[[], None] | None = None,
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            row: who it is about.
            as_of: the day that the list is for.
            round_: where it is one of many.
            go_on: opens the next of the round.
        """
        deed = deeds.RECORD_CONTACT.words
        title = f"Call through: {round_.position()}" if round_ else deed
        super().__init__(title, draft=f"contact:{row.referral_id}")
        self.opening = _opening(row, as_of)
        self.frame = frame
        self.subject = row.code
        self.row = row
        self._round = round_
        self._go_on = go_on
        self.which: ChoiceEditor | None = None
        self.banner = Banner()
        self.reach = Reach(frame, row.client_id)
        self.reach.asked.connect(self._take_focus)
        self.reach.used.connect(self._used)
        self._name = frame.veil.over(strong(row.name or row.code), row.code)
        frame.privacy_changed.connect(self._hide_numbers)
        self.form = self._contact_form()
        self.next_form = RecordForm(WaitingEntry, ["next_contact_on"], frame.desk.today)
        self._lay_out(as_of)
        self.button = primary("Record and go on" if round_ else deed, self.save)
        self.button.setToolTip(f"{self.button.text()}  (Ctrl+Enter)")
        self.foot.addWidget(self.button, 1)
        if round_ is not None:
            self._add_steps(round_)

    def _lay_out(self, as_of: date) -> None:
        row = self.row
        listed = row if isinstance(row, WaitingRow) else None
        about = row.about if isinstance(row, Whose) else words.about_place(row, as_of)
        for part in (self._name, soft(about), self.banner, self.reach):
            self.body.addWidget(part)
        if isinstance(row, Whose) and len(row.others) > 1:
            self.which = ChoiceEditor(list(row.others))
            self.which.set_value(row.referral_id)
            self.body.addWidget(FieldBox(_WHICH, self.which, optional=False))
        self.body.addWidget(self.form)
        self.body.addWidget(self.next_form)
        if listed is not None:
            self.body.addWidget(ListDeeds(self.frame, listed, as_of))

    def _contact_form(self) -> RecordForm:
        result = field_map(WaitingContact)["result"].kind
        assert isinstance(result, OneOf)  # noqa: S101 - the declaration says so
        lines = KeyChoice(result)
        today = self.frame.desk.today
        form = RecordForm(WaitingContact, _ROWS, today, editors={"result": lines})
        lines.picked.connect(lambda: form.go_to("note"))
        initials = self.frame.desk.user.initials
        form.set_values({"held_on": today(), "worker": initials, "result": None})
        return form

    def _add_steps(self, round_: CallRound) -> None:
        back = plain("Back", self.go_back)
        back.setEnabled(round_.at > 0)
        for button, key, run in (
            (plain("Skip", self.skip), deeds.SKIP, self.skip),
            (back, deeds.BEFORE, self.go_back),
        ):
            button.setToolTip(f"{key.words}  ({key.key})")
            QShortcut(QKeySequence(key.key), self).activated.connect(run)
            self.foot.addWidget(button)

    def start(self) -> None:
        """Wait for the channels, then go to the best one; a draft is gone on with."""
        if self.is_dirty():
            self.form.go_to("note" if self.form.values()["result"] else "result")
        else:
            self._take_focus()

    def is_dirty(self) -> bool:
        """Whether something was typed."""
        return self.form.is_dirty() or self.next_form.is_dirty()

    def typed(self) -> dict[str, str]:
        """What was typed, and the way that showing the number filled in."""
        way = self.form.boxes["method"].editor.typed()
        filled = {_METHOD: way} if way else {}
        return {**filled, **super().typed()}

    def skip(self) -> None:
        """Leave this person for later."""
        if self._round is not None and self._go_on is not None:
            self._round.go_on()
            self._go_on()

    def go_back(self) -> None:
        """The person before."""
        if self._round is not None and self._go_on is not None:
            self._round.go_back()
            self._go_on()

    def save(self) -> None:
        """Record the contact."""
        if not self.button.isEnabled():
            return
        try:
            values = self.form.read()
            next_on = self.next_form.read()["next_contact_on"]
        except NotValid:
            return
        self.button.setEnabled(False)
        self.saving = True
        desk = self.frame.desk
        which = self.which.value() if self.which else None
        referral_id = str(which or self.row.referral_id)
        day = next_on if isinstance(next_on, date) else None

        # The contact and the day that it set go together; the round forgets it.
        round_, at = self._round, self.row.referral_id
        self.frame.write(
            self,
            lambda: waiting.record_contact(desk, referral_id, values, next_on=day),
            lambda _new: self._saved(values),
            self._failed,
            whole=True,
            undone=None if round_ is None else lambda: round_.forget(at),
        )

    def _saved(self, values: Mapping[str, Value]) -> None:
        self.saving = False
        self.button.setEnabled(True)
        self.form.set_values(self.form.values())
        self.next_form.set_values(self.next_form.values())
        if self._round is None or self._go_on is None:
            self.closed.emit()
            return
        self._round.note(str(values["result"]))
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self.saving = False
        self.button.setEnabled(True)
        if not isinstance(error, NotValid):
            self.banner.show_error(error)
            return
        here = [p for p in error.problems if p.field not in self.next_form.boxes]
        there = [p for p in error.problems if p.field in self.next_form.boxes]
        self.form.show_problems(here)
        self.next_form.show_problems(there)

    def _hide_numbers(self, hidden: bool) -> None:  # noqa: FBT001
        if hidden:
            self.reach.hide_numbers()

    def _take_focus(self) -> None:
        if not self.isVisible():
            return
        if self.is_dirty():
            self.keep_in_sight()
            return
        if not self.reach.go_to_best():
            self.form.go_to("result")

    def _used(self, channel: str) -> None:
        """The number is there: say how, and wait for the result."""
        for method in choices("wait_contact_method").values:
            flags = method.flags
            if channel in (*flags.get("channels", ()), *flags.get("carries", ())):
                self.form.fill({"method": method.code})
        self.form.go_to("result")


def _opening(row: WaitingRow | Whose, as_of: date) -> Opening:
    if isinstance(row, Whose):
        return deed_opening(deeds.RECORD_CONTACT, row.client_id)
    args = {"referral_id": row.referral_id, "as_of": as_of.isoformat()}
    return Opening("contact", args)


def contact_for_person(frame: Frame, page: PersonPage) -> ContactPanel:
    """The same panel on the page of somebody who waits."""
    client = page.client
    area, day = choices("service_area").label, words.day_words
    waits = [
        (
            card.referral.id,
            f"{area(card.referral.area)}, received {day(card.referral.received_on)}",
        )
        for card in page.referrals
        if card.status == Standing.WAITING
    ]
    referral_id, about = waits[0]
    whose = Whose(
        referral_id, client.id, client.code, page.name, f"Waits: {about}.", waits
    )
    return ContactPanel(frame, whose, frame.desk.today())


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of somebody who waits that a draft was typed into."""
    as_of = date.fromisoformat(args["as_of"])

    def find() -> WaitingRow | None:
        found = waiting.waiting_list(frame.desk, as_of).rows
        return next((r for r in found if r.referral_id == args["referral_id"]), None)

    def show(row: WaitingRow | None) -> None:
        if row is None:
            gone()
            return
        panel = ContactPanel(frame, row, as_of)
        frame.open_panel(panel)
        deeds_here = panel.findChild(ListDeeds)
        if "deed" in args and deeds_here is not None:
            deeds_here.run(args["deed"])

    frame.read(frame, find, show, lambda _error: gone())
