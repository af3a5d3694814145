"""Book sessions: for whom, when, how often; the days are shown before saving."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.diary import Planned
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Count, Day, Value, shown
from provider_desk.model.records import Session
from provider_desk.model.views import Case, PersonPage
from provider_desk.services.casework import sessions
from provider_desk.services.casework.booking import bookings, repeating
from provider_desk.services.casework.booking.repeating import MOST, Repeat
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.line_editors import CountEditor, DayEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.case_picker import CasePicker, case_words
from provider_desk.ui.pages.diarying import far_days
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import soft, strong, tip
from provider_desk.ui.theme import px

_ROWS = (("held_on", "starts_at"), "type", "mode", ("minutes", "worker"))
_TIMES = Count(label="How many in all", low=1, high=MOST)
_UNTIL = Day(label="Or until", future=True)
_DAY = Day(label="")
_ON = Qt.ItemDataRole.UserRole
_PAUSE_MS = 150
#: Names in a draft beside the fields: whose booking it is, and how it is repeated.
_PERSON, _REFERRAL, _REPEAT = "person", "referral", "repeat"
_LINES = 8
_INSTEAD = "Counts instead of how many."


class BookPanel(Panel):
    """Asks for whom, unless it is known, then for the booking.

    Attributes:
        form: what is asked of the booking.
        days: the days with what speaks against each; those ticked are booked.
    """

    def __init__(
        self,
        frame: Frame,
        client_id: str = "",
        start: Mapping[str, Value] | None = None,
    ) -> None:
        super().__init__(deeds.BOOK.words, draft=f"book:{client_id}")
        self.frame = frame
        self.opening = Opening("book", {"client_id": client_id})
        self._client_id = client_id
        self._start = dict(start or {})
        self._case: Case | None = None
        self._retyped: Mapping[str, str] = {}
        self._planned: tuple[Planned, ...] = ()
        self._turned: dict[date, bool] = {}
        self.banner = Banner()
        self.picker = CasePicker(frame)
        self.picker.chosen.connect(self.take_case)
        self._who = strong()
        self.form = RecordForm(Session, _ROWS, frame.desk.today)
        self.form.changed.connect(self._plan_soon)
        self.repeat = Pick("Repeat", [("", "Once"), *_repeats()], 20)
        self.repeat.find_by(choices("frequency").also())
        self.repeat.picked.connect(lambda _code: self._repeat_picked())
        self.times = CountEditor(_TIMES)
        self.times.set_value(6)
        self.until = DayEditor(_UNTIL, frame.desk.today)
        self._times = FieldBox(_TIMES, self.times, optional=False)
        self._until = FieldBox(_UNTIL, self.until, optional=True)
        self.said = soft()
        self.days = QListWidget()
        self.days.setAccessibleName("Days that are booked")
        self.days.setWordWrap(True)
        self.days.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.days.itemChanged.connect(self._ticked)
        self.button = primary(deeds.BOOK.words, self.save)
        self.button.setToolTip(f"{deeds.BOOK.words}  (Ctrl+Enter)")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._plan)
        for editor in (self.times, self.until):
            editor.changed.connect(self._plan_soon)
        self._lay_out()
        self._ask_who()

    def _lay_out(self) -> None:
        for part in (self.banner, self.picker, self._who, self.form, self.repeat):
            self.body.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self._times, 1)
        row.addWidget(self._until, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.said)
        self.body.addWidget(self.days)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """Put the cursor where the work goes on."""
        if self._case is not None:
            self.form.go_to("held_on")
        elif self._client_id or self._retyped.get(_PERSON):
            desk = self.frame.desk
            client_id = self._client_id or self._retyped[_PERSON]
            self.frame.read(
                self,
                lambda: sessions.cases_of_person(desk, client_id),
                self._found,
            )
        else:
            self.picker.setFocus()
            self.picker.start()

    def is_dirty(self) -> bool:
        """Whether a booking was begun."""
        begun = self._case is not None and self.form.is_dirty()
        return begun or bool(self._retyped)

    def typed(self) -> dict[str, str]:
        """The fields, for whom, and how often."""
        case = self._case
        if case is None:
            return dict(self._retyped)
        about = {_PERSON: case.client_id, _REFERRAL: case.referral_id}
        return {**super().typed(), **about, _REPEAT: self.repeat.code()}

    def retype(self, typed: Mapping[str, str]) -> None:
        """Held until it is found again whose booking it is."""
        self._retyped = dict(typed)

    def _found(self, cases: list[Case]) -> None:
        same = [c for c in cases if c.referral_id == self._retyped.get(_REFERRAL)]
        if same or len(cases) == 1:
            self.take_case((same or cases)[0])
        else:
            self.picker.offer(cases)
            self.picker.setFocus()

    def _ask_who(self) -> None:
        for part in self._parts():
            part.hide()

    def _parts(self) -> tuple[Any, ...]:
        return (
            self._who, self.form, self.repeat, self._times, self._until, self.said,
            self.days,
        )  # fmt: skip

    def take_case(self, case: Case) -> None:
        """It is known for whom; fill in what is usual."""
        self._case = case
        self.subject = case.code
        self.frame.veil.say(
            self._who, case_words(case, hidden=False), case_words(case, hidden=True)
        )
        self.picker.hide()
        for part in self._parts():
            part.show()
        desk = self.frame.desk
        self.form.set_values({"held_on": desk.today(), **self._start})
        typed, self._retyped = self._retyped, {}
        super().retype(typed)
        if typed.get(_REPEAT):
            self.repeat.set_code(typed[_REPEAT])
        self._repeat_picked()
        self.button.setEnabled(True)
        self.form.go_to("held_on")
        self.frame.read(
            self, partial(sessions.last_values, desk, case.referral_id), self._fill
        )

    def _fill(self, usual: Mapping[str, Value]) -> None:
        given = {name: value for name, value in usual.items() if name != "group_code"}
        if given.get("type") in choices("session_type").codes_where("group"):
            given.pop("type")
        self.form.fill({**given, **self._start})

    def _repeat_picked(self) -> None:
        several = bool(self.repeat.code())
        self._times.setVisible(several)
        self._until.setVisible(several)
        self._plan_soon()

    def _plan_soon(self) -> None:
        self.banner.hide()
        self._pause.start()

    def _repeat(self) -> Repeat:
        until, times = self.until.value(), self.times.value()
        return Repeat(
            self.repeat.code(),
            times if isinstance(times, int) else 0,
            until if isinstance(until, date) else None,
        )

    def _point_out(self) -> bool:
        """Say beside the fields what stands in the way; whether nothing does."""
        first, repeated = self.form.values()["held_on"], self._repeat()
        found: list[Problem] = []
        if repeated.every:
            for name, box in (("times", self._times), ("until", self._until)):
                words = box.editor.problem()
                found += [Problem(name, words)] if words else []
        if isinstance(first, date):
            found = found or repeating.problems(first, repeated)
        day = self.form.boxes["held_on"]
        if day.editor.problem() and not day.editor.inner.hasFocus():
            day.show_problems([Problem("held_on", day.editor.problem())])
        far_days.point_out(self.frame, self.form, "held_on")
        self._times.show_problems([p for p in found if p.field == "times"])
        self._until.show_problems([p for p in found if p.field == "until"])
        self._until.advise(_INSTEAD if repeated.until else "")
        return all(p.severity != "stop" for p in found)

    def _plan(self) -> None:
        case = self._case
        if case is None:
            return
        self._point_out()
        values = self.form.values()
        self.frame.read(
            self,
            partial(
                bookings.plan,
                self.frame.desk,
                case.referral_id,
                values,
                self._repeat(),
            ),
            self._show,
        )

    def _show(self, planned: tuple[Planned, ...]) -> None:
        self._planned = planned
        self.days.blockSignals(True)
        self.days.clear()
        for each in planned:
            words = shown(_DAY, each.on) + (f" · {each.words}" if each.words else "")
            item = QListWidgetItem(words)
            item.setData(_ON, each.on.isoformat())
            item.setToolTip(tip(words))
            kept = self._turned.get(each.on, each.kept)
            on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(on if kept else off)
            self.days.addItem(item)
        self.days.blockSignals(False)
        line = self.days.sizeHintForRow(0) if planned else px(24)
        high = line * min(max(len(planned), 1), _LINES) + px(12)
        self.days.setFixedHeight(high)
        self._count()

    def _ticked(self, item: QListWidgetItem) -> None:
        on = date.fromisoformat(item.data(_ON))
        self._turned[on] = item.checkState() == Qt.CheckState.Checked
        self._count()

    def kept(self) -> list[date]:
        """The days that are ticked."""
        return [
            each.on for each in self._planned if self._turned.get(each.on, each.kept)
        ]

    def _count(self) -> None:
        kept, left = len(self.kept()), len(self._planned) - len(self.kept())
        noun = "session" if kept == 1 else "sessions"
        self.button.setText(f"Book {kept} {noun}")
        aside = f", {left} left out (tick to book it all the same)" if left else ""
        self.said.setText(f"{kept} {noun}{aside}")

    def save(self) -> None:
        """Book every day that is ticked."""
        case = self._case
        if not self.button.isEnabled():
            return
        if case is None:
            self.picker.point_out()
            return
        try:
            values = self.form.read()
        except NotValid:
            return
        for editor in (self.times, self.until):
            # Ctrl+Enter saves before the field that has the focus is left.
            editor.settle()
        if not self._point_out():
            return
        days = self._days(values)
        self.button.setEnabled(False)
        self.saving = True
        desk = self.frame.desk
        self.frame.write(
            self,
            lambda: bookings.book(desk, case.referral_id, values, days()),
            self._saved,
            self._failed,
        )

    def _days(self, values: Mapping[str, Value]) -> Callable[[], list[date]]:
        """The days to book, worked out now where what was typed is newer."""
        case, repeat = self._case, self._repeat()
        desk, turned = self.frame.desk, dict(self._turned)

        def days() -> list[date]:
            assert case is not None  # noqa: S101 - save has looked
            planned = bookings.plan(desk, case.referral_id, values, repeat)
            return [each.on for each in planned if turned.get(each.on, each.kept)]

        return days

    def _saved(self, session_id: str) -> None:
        self.saving = False
        self._case = None
        self.draft = ""
        desk = self.frame.desk
        self.frame.offer_undo(partial(bookings.take_back_bookings, desk, session_id))
        self.closed.emit()

    def _failed(self, error: Exception) -> None:
        self.saving = False
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            self.form.show_problems(error.problems)
        else:
            self.banner.show_error(error)


def _repeats() -> list[tuple[str, str]]:
    """The frequencies that have a rule."""
    listed = choices("frequency")
    return [
        (code, listed.label(code))
        for code in ("WEEKLY", "FORTNIGHTLY", "THREE_WEEKLY", "MONTHLY")
    ]


def book_referral(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Book one session, for the list of deeds; the panel asks for more."""
    on = values["held_on"]
    days = [on] if isinstance(on, date) else []
    return bookings.book(desk, referral_id, values, days)


def for_person(frame: Frame, page: PersonPage) -> BookPanel:
    """The panel for somebody whose page is open."""
    return BookPanel(frame, page.client.id)


def reopen(frame: Frame, args: Mapping[str, str], _gone: Callable[[], None]) -> None:
    """Open the panel that a draft was typed into."""
    frame.open_panel(BookPanel(frame, args.get("client_id", "")))
