"""Whether and how a person may be reached, channel by channel."""

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value, field_map, shown
from provider_desk.model.records import SafeContact
from provider_desk.model.views import PersonPage
from provider_desk.services.casework.safe_contact import (
    RULES,
    rules_of,
    set_safe_contact,
)
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.parts.banner import Note
from provider_desk.ui.parts.words import Tone, body, state, strong
from provider_desk.ui.veil import Veil

_ROWS = (
    "channel",
    "permission",
    "hours",
    "answered_by",
    "we_say",
    "code_word",
    "message",
    "if_other",
    "must_not_know",
    "rules",
    "checked_on",
)
#: What is asked of channels by which one speaks, and of no other.
_SPEAKING = ("answered_by", "if_other")


class SafeContactPanel(FormPanel):
    """One channel at a time; choosing a channel shows what is known of it."""

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        form = RecordForm(SafeContact, _ROWS, frame.desk.today)
        form.set_values({"checked_on": frame.desk.today()})
        form.boxes["rules"].call("Anything else")
        form.boxes["rules"].advise("What the fields above do not say.")
        super().__init__(
            frame,
            deeds.SAFE_CONTACT.words,
            form,
            "Save safe contact",
            self._set,
            subject=page.client.code,
            draft=f"safe:{page.client.id}",
            above=SafeWays(frame.veil, page),
            opening=deed_opening(deeds.SAFE_CONTACT, page.client.id),
            whole=True,
        )
        self._page = page
        self._channel: Value = None
        form.changed.connect(self._show_channel)
        self._ask_what_fits()

    def _show_channel(self) -> None:
        held = self.form.values()
        channel = held["channel"]
        if channel is not None and channel != self._channel:
            self._channel = channel
            for way in self._page.safe_contacts:
                if way.channel == channel and way.permission != "NK":
                    known = {name: way.values()[name] for name in RULES}
                    self.form.fill({"permission": way.permission, **known})
        self._ask_what_fits()

    def _ask_what_fits(self) -> None:
        """Ask for rules only where the channel may be used, and only those that fit."""
        held = self.form.values()
        may_be_used = held["permission"] in ("YES", "YES_RULES")
        known = choices("contact_channel").by_code.get(str(held["channel"]))
        speaks = known is None or bool(known.flags.get("phone"))
        wanted = dict.fromkeys(RULES, may_be_used)
        wanted |= dict.fromkeys(_SPEAKING, may_be_used and speaks)
        for name in RULES:
            # What is filled in is never out of sight.
            wanted[name] = wanted[name] or bool(held[name])
        self.form.show_fields(**wanted)

    def _set(self, values: Mapping[str, Value]) -> Changed:
        channel = str(values["channel"])
        asked = {name: v for name, v in values.items() if name != "channel"}
        return set_safe_contact(self.frame.desk, self._page.client.id, channel, asked)


class SafeWays(Note):
    """The rules that stand above whatever reaches out to a person."""

    def __init__(self, veil: Veil, page: PersonPage) -> None:
        super().__init__(hidden=False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.inside.addWidget(strong("Before you reach out"))
        safe = choices("safe_contact_permission").codes_where("safe")
        kind = field_map(SafeContact)
        known = [way for way in page.safe_contacts if way.permission != "NK"]
        for way in known:
            channel = shown(kind["channel"].kind, way.channel)
            permission = shown(kind["permission"].kind, way.permission)
            rules = rules_of(way)
            tone: Tone = "bad"
            if way.permission in safe:
                tone = "warn" if rules else "good"
            self.inside.addWidget(state(f"{channel}: {permission}", tone))
            if rules:
                self.inside.addWidget(veil.over(body(rules)))
        if not any(way.permission in safe for way in known):
            self.inside.addWidget(state("No safe way is known", "bad"))
