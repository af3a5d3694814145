"""Letters to those who wait: for one person, or for everybody in the list."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Text
from provider_desk.model.views import PersonPage, Standing
from provider_desk.services.casework.waiting_on import letters
from provider_desk.services.casework.waiting_on.letters import (
    LetterOrder,
    Letters,
    Recipient,
    Recipients,
)
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.pages.returning.long_panel import Work
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.pages.waiting.paper_panel import PaperPanel
from provider_desk.ui.pages.waiting.some_lines import SomeLines
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import body, soft, state, strong
from provider_desk.ui.parts.wrapping import WrappingTick

#: What a letter may ask for: placeholder → the field.
_ASKED: Mapping[str, Text] = {
    "when": Text(label="Day and time", help="As it is to be read: “Tue 5 May, 2 pm”."),
    "place": Text(label="Place", help="An address without the name of the service."),
    "phone": Text(label="Number to ring"),
    "ask_for": Text(label="Whom to ask for", help="A first name is enough."),
}
_ABOUT = (
    "For a plain DL envelope with a window: through it nothing shows but name and "
    "address. The wording names no service and nothing that it does."
)
_NAME_IT = "Name the service, where a letter is safe without any rule"
_UNREAD = (
    "Not all rules are shown yet. Until they are shown and read, those with a rule get "
    "no letter."
)
_POSTED = (
    "Once they are in the post, say so: only then is each recorded as a contact, and "
    "an appointment letter as an offer."
)


class LettersPanel(PaperPanel):
    """Which letter, what it says, to whom; afterwards whether it was posted.

    Attributes:
        kind: which letter.
        boxes: placeholder → its field.
        named: whether the service may be named.
        read: whether the rules of those who have some were read.
        posted: says that they were posted; None before there are any.
    """

    def __init__(
        self, frame: Frame, referral_ids: Sequence[str], code: str = ""
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            referral_ids: to whom.
            code: of the person, where it is one.
        """
        title = deeds.LETTER.words if code else deeds.LETTERS.words
        button = "Make the letter" if code else "Make the letters"
        super().__init__(frame, title, button)
        self.subject = code
        self._ids = tuple(referral_ids)
        self._made: Letters | None = None
        self._kind_made = ""
        offered = [(kind, letters.words_of(kind).label) for kind in letters.KINDS]
        self.kind = Pick("Letter", offered, 30)
        if len(self._ids) > 1:
            # An appointment is one person's, as a rule.
            self.kind.set_code("keep_in_touch")
        self.kind.picked.connect(lambda _kind: self._show_asked())
        self.boxes = {
            name: FieldBox(field, LineEditor(120), optional=False)
            for name, field in _ASKED.items()
        }
        self.named = WrappingTick(_NAME_IT)
        self.read = WrappingTick("I have read these rules, and a letter keeps them")
        self.read.hide()
        self._to = Card("To whom")
        self.posted: QWidget | None = None
        self._lay_out()
        desk, ids = frame.desk, self._ids
        frame.read(self, lambda: letters.recipients(desk, ids), self._show_recipients)
        self._show_asked()

    def start(self) -> None:
        """Put the cursor on the kind of letter."""
        self.kind.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def what_to_do(self) -> Work | None:
        """Make them, with what is typed."""
        folder = self.where()
        if folder is None:
            return None
        asked = letters.words_of(self.kind.code()).asks
        typed = {name: str(self.boxes[name].editor.value() or "") for name in asked}
        order = LetterOrder(
            self.kind.code(), typed, self.named.isChecked(), self.read.isChecked()
        )
        self._kind_made = order.kind
        for name in asked:
            self.boxes[name].forget_problem()
        desk, ids = self.frame.desk, self._ids
        return lambda progress, cancelled: letters.make_letters(
            desk, ids, order, folder, progress, cancelled
        )

    def show_result(self, result: Letters) -> None:
        """Say where they are, who is left out, and ask whether they were posted."""
        self._made = result
        count = len(result.referral_ids)
        said = "1 letter is there." if count == 1 else f"{count:,} letters are there."
        self.show_files([result.path], said)
        self.show_left_out(result.left_out)
        self.result.inside.addWidget(soft(_POSTED))
        self.posted = primary("They were posted today", self._post)
        self.result.inside.addWidget(self.posted, 0, Qt.AlignmentFlag.AlignLeft)

    def _failed(self, error: Exception) -> None:
        super()._failed(error)
        if isinstance(error, NotValid):
            self.banner.hide()
            self._show_problems(error.problems)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self.boxes[problem.field].show_problems([problem])
        first = self.boxes[problems[0].field]
        first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _post(self) -> None:
        made, desk, kind = self._made, self.frame.desk, self._kind_made
        if made is None or self.posted is None:
            return
        self.posted.setEnabled(False)

        self.frame.write(
            self,
            lambda: letters.post(desk, kind, made.referral_ids, desk.today()),
            lambda _new: self.closed.emit(),
            self._not_posted,
            whole=True,
        )

    def _not_posted(self, error: Exception) -> None:
        if self.posted is not None:
            self.posted.setEnabled(True)
        self.banner.show_error(error)
        self.show_top()

    def _show_asked(self) -> None:
        asked = letters.words_of(self.kind.code()).asks
        for name, box in self.boxes.items():
            box.setVisible(name in asked)

    def _show_recipients(self, found: Recipients) -> None:
        inside = self._to.inside
        clear(inside)
        inside.addWidget(
            strong(own(f"{words.people(len(found.sending))} can get a letter"))
        )
        if len(found.sending) == 1 and not found.sending[0].rules:
            only = found.sending[0]
            line = body(f"{only.name or only.code} ({only.code})")
            inside.addWidget(self.frame.veil.over(line, only.code))
        ruled = [each for each in found.sending if each.rules]
        if ruled:
            self._add_rules(ruled)
        self.read.setVisible(bool(ruled))
        self.add_left_out(inside, found.left_out)
        self.button.setEnabled(bool(found.sending))

    def _add_rules(self, ruled: Sequence[Recipient]) -> None:
        """Each rule, a few at a time; all must be shown before all were read."""
        inside = self._to.inside
        inside.addWidget(strong(f"With a rule: {len(ruled):,}"))
        lines = SomeLines([partial(self._rule_lines, each) for each in ruled])
        inside.addWidget(lines)
        soft_words = soft(_UNREAD)
        inside.addWidget(soft_words)

        def fit() -> None:
            self.read.setEnabled(lines.all_shown())
            soft_words.setVisible(not lines.all_shown())

        lines.grown.connect(fit)
        fit()

    def _rule_lines(self, each: Recipient) -> list[QWidget]:
        who = f"{each.name or each.code} ({each.code})"
        line = state(f"{who}: a rule to read first", "warn")
        hidden = f"{each.code}: a rule to read first"
        veil = self.frame.veil
        return [veil.over(line, hidden), veil.over(body(each.rules))]

    def _lay_out(self) -> None:
        self.body.addWidget(soft(_ABOUT))
        self.body.addWidget(self.kind)
        for box in self.boxes.values():
            self.body.addWidget(box)
        self.body.addWidget(self.named)
        self.body.addWidget(self._to)
        self.body.addWidget(self.read)
        self.add_end()


def letters_for_person(frame: Frame, page: PersonPage) -> LettersPanel:
    """The panel of a letter to somebody who waits."""
    ids = [
        card.referral.id for card in page.referrals if card.status == Standing.WAITING
    ]
    return LettersPanel(frame, ids[:1], page.client.code)
