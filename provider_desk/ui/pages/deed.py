"""What a deed for a person is: what it asks, of what, and which service does it.

Deeds are declared in lists, one in each folder of casework; ``deed_list`` puts them
together. A deed that needs more than a form names its panel.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Record, Value
from provider_desk.model.views import PersonPage, Standing
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, why_not
from provider_desk.ui.deeds import Key
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.frame import Frame

Done = Changed | tuple[str, Changed]
Run = Callable[[Desk, str, Mapping[str, Value]], Done]


class Group(StrEnum):
    """Headings under which the deeds for a person stand in their menu, in order."""

    REFERRAL = "Referral and waiting"
    EPISODE = "Episode"
    OUTCOME = "Outcomes"
    CARE = "Safety and consent"
    COURT = "Police and court"
    RECORD = "Record"


def look_again_on(form: RecordForm) -> None:
    """Call the day of a review by what it is once one was held: the next one."""
    form.boxes["review_on"].call("Next review on")


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed on a person, or on a referral, an episode or a record of theirs.

    Attributes:
        key: its words and its key.
        button: what its button says.
        record_type: whose declaration the form is made from.
        rows: the fields that are asked.
        on: the reference that says on what: "client_id", "referral_id",
            "episode_id", "goal_id", or the name of ``Part.items`` that holds it. Where
            the record has no such field, which one it is is asked above the form.
        run: the service; gets the id of what it is done on.
        needs: the permission.
        needs_too: one more permission that it needs.
        today: fields that begin as today.
        ahead: fields that begin so many days after today, or on the day that comes
            of today.
        own: field that begins as one's own staff code.
        safe: whether the safe-contact rules stand above the form.
        standings: of the referrals that it can be done on.
        closed: for "episode_id": closed episodes instead of open ones.
        group: the heading in the menu.
        start: more values that the form begins with, from the page and the id of what
            it is done on (the first, where there are several).
        follow: called once with the form; shows and hides fields as one types.
        undo: takes back what was just saved, by its new id; where there is none, every
            record that the deed touched says again what it said before.
        asked: fields with a default that are to be answered all the same.
        panel: opens a panel of its own instead of the form; gets the page.
        newest: where there are several, the newest is usual and stands there to begin
            with; otherwise none is guessed.
        only: fields that are asked only of who has a permission, with it.
        asking: what its button says to who has not: others are asked for it.
        nothing: why it can't be done now, where it is done on one of ``Part.items``
            and there is none: "No pause is open."
    """

    key: Key
    button: str
    record_type: type[Record]
    rows: Sequence[Row]
    on: str
    run: Run
    needs: Permission
    today: Sequence[str] = ()
    own: str = ""
    safe: bool = False
    standings: Sequence[Standing] = ()
    closed: bool = False
    group: Group = Group.EPISODE
    start: Callable[[PersonPage, str], Mapping[str, Value]] | None = None
    follow: Callable[[RecordForm], None] | None = None
    undo: Callable[[Desk, str], Changed] | None = None
    asked: Sequence[str] = ()
    panel: Callable[[Frame, PersonPage], QWidget] | None = None
    nothing: str = ""
    newest: bool = False
    ahead: Mapping[str, int | Callable[[date], date]] = field(default_factory=dict)
    only: Mapping[str, Permission] = field(default_factory=dict)
    asking: str = ""
    needs_too: Permission = Permission.READ

    def why_not(self, desk: Desk) -> str:
        """Why the person at the desk may not do it; "" where they may."""
        return why_not(desk, self.needs) or why_not(desk, self.needs_too)

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that are asked, row by row."""
        rows = ((row,) if isinstance(row, str) else row for row in self.rows)
        return tuple(name for row in rows for name in row)
