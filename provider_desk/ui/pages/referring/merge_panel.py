"""Panel: two records of one person put together, after both were looked at."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.same_person import SideBySide
from provider_desk.model.views import PersonPage, PersonRow
from provider_desk.services.casework.referring import one_person
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.referring.compare import Compare
from provider_desk.ui.pages.referring.person_picker import PersonPicker
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary, quiet
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import soft

_PUT = "Put together"
_DIFFERENT = "These are two people"
_ABOUT = (
    "Everything of the other record moves over: referrals, notes, risk, consent. It "
    "can be undone at once, and taken apart later from the time line."
)
_CHOOSE = "Choose the other record first."


class MergePanel(Panel):
    """The other record is chosen, both are compared, then one deed.

    Attributes:
        picker: chooses the other one; hidden where that is known.
        compare: what both say; None before the other one is chosen.
        button: puts them together.
        swap: lets the other record's code stay instead.
        different: says that they are two people.
    """

    def __init__(
        self, frame: Frame, client_id: str, code: str, other_id: str = ""
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            client_id: whose record stays, to begin with.
            code: their code.
            other_id: the other record, "" where it is to be chosen.
        """
        super().__init__(deeds.MERGE_PEOPLE.words, code)
        self._frame = frame
        self._two: SideBySide | None = None
        self.compare: Compare | None = None
        self.banner = Banner()
        self.picker = PersonPicker(frame, client_id)
        if other_id:
            self.picker.hide()
        self.picker.chosen.connect(self._chosen)
        self._client_id = client_id
        self._from_page = not other_id
        self.swap = quiet("Let the other code stay instead", self._swap)
        self.swap.hide()
        held = QWidget()
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.banner, soft(_ABOUT), self.picker, held):
            self.body.addWidget(part)
        self.body.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignLeft)
        self.button = primary(_PUT, self.save)
        self.different = plain(_DIFFERENT, self._mark_different)
        self.different.hide()
        self.foot.addWidget(self.button, 1)
        self.foot.addWidget(self.different)
        if other_id:
            self._ask(client_id, other_id)

    @classmethod
    def of_page(cls, frame: Frame, page: PersonPage) -> "MergePanel":
        """The panel for the person whose page is open."""
        return cls(frame, page.client.id, page.client.code)

    def start(self) -> None:
        """Into the search, or to the first choice."""
        if self.picker.isHidden():
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Put them together; refused in words before the other one is chosen."""
        two, compare = self._two, self.compare
        if not self.button.isEnabled():
            return
        if two is None or compare is None:
            self.banner.show_words(_CHOOSE, tone="warn")
            return
        taken = compare.taken()
        desk = self._frame.desk

        def saved(merge_id: str) -> None:
            back = partial(one_person.take_apart, desk, merge_id, UNDONE)
            self._over(back, two.kept_id)

        self._do(
            partial(one_person.put_together, desk, two.kept_id, two.gone_id, taken),
            saved,
        )

    def _mark_different(self) -> None:
        two, desk = self._two, self._frame.desk
        if two is None:
            return

        def saved(merge_id: str) -> None:
            back = partial(one_person.take_back_different, desk, merge_id, UNDONE)
            self._over(back, "")

        self._do(
            partial(one_person.different_people, desk, two.kept_id, two.gone_id), saved
        )

    def _do(
        self, deed: Callable[[], tuple[str, Changed]], saved: Callable[[str], None]
    ) -> None:
        self.button.setEnabled(False)
        self.different.setEnabled(False)
        self.saving = True
        self._frame.write(self, deed, saved, self._failed)

    def _over(self, back: Callable[[], Changed], kept_id: str) -> None:
        self.saving = False
        self._frame.offer_undo(back)
        self.closed.emit()
        if kept_id and self._from_page:
            self._frame.go("person", client_id=kept_id)

    def _failed(self, error: Exception) -> None:
        self.saving = False
        self.button.setEnabled(True)
        self.different.setEnabled(True)
        self.banner.show_error(error)
        self.show_top()

    def _chosen(self, row: PersonRow) -> None:
        self._ask(self._client_id, row.client_id)

    def _swap(self) -> None:
        if self._two is not None:
            self._ask(self._two.gone_id, self._two.kept_id)

    def _ask(self, kept_id: str, gone_id: str) -> None:
        self._frame.read(
            self,
            partial(one_person.side_by_side, self._frame.desk, kept_id, gone_id),
            self._show,
            self._failed,
        )

    def _show(self, two: SideBySide) -> None:
        self._two = two
        clear(self._column)
        self.banner.hide()
        self.compare = Compare(self._frame.veil, two)
        self._column.addWidget(self.compare)
        self.swap.setText(f"Let {two.gone_code} stay instead")
        self.swap.show()
        self.different.show()
        self.picker.fold()
        (self.compare.first or self.button).setFocus(Qt.FocusReason.OtherFocusReason)
