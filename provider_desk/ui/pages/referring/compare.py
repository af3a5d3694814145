"""Two records side by side: what stays of each field in which they differ."""

from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.same_person import FieldPair, SideBySide
from provider_desk.ui.parts.words import body, section, soft, state, strong
from provider_desk.ui.theme import px
from provider_desk.ui.veil import Veil


class Compare(QWidget):
    """What both records say; each difference is decided by a choice of two.

    Attributes:
        choices: name of a field that differs → the button that takes the other one's.
        first: where the first choice stands now; None where there is nothing to choose.
    """

    def __init__(self, veil: Veil, two: SideBySide) -> None:
        super().__init__()
        self._veil = veil
        self._two = two
        self.choices: dict[str, QRadioButton] = {}
        self.first: QRadioButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        who = two.kept_name or two.kept_code
        other = two.gone_name or two.gone_code
        stays = strong(f"{who} ({two.kept_code}) stays.")
        column.addWidget(veil.over(stays, f"{two.kept_code} stays."))
        goes = body(f"{other} ({two.gone_code}) becomes part of it.")
        column.addWidget(veil.over(goes, f"{two.gone_code} becomes part of it."))
        for words in two.notes:
            grave = words.startswith(("The dates", "Both"))
            column.addWidget(state(words, "warn") if grave else soft(words))
        self._add_differences(column)
        self._add_rest(column)
        column.addWidget(section("What moves over"))
        moved = "\n".join(two.moved) or "Nothing was recorded on that one."
        column.addWidget(body(moved))

    def taken(self) -> tuple[str, ...]:
        """Fields in which the other record is right."""
        return tuple(
            name for name, button in self.choices.items() if button.isChecked()
        )

    def _add_differences(self, column: QVBoxLayout) -> None:
        differing = [pair for pair in self._two.fields if pair.differs]
        if not differing:
            return
        column.addWidget(section("Which is right?"))
        for pair in differing:
            column.addWidget(self._choice(pair))

    def _choice(self, pair: FieldPair) -> QFrame:
        held = QFrame()
        held.setAccessibleName(pair.label)
        rows = QVBoxLayout(held)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(px(2))
        label = QLabel(pair.label)
        label.setProperty("role", "field")
        rows.addWidget(label)
        group = QButtonGroup(held)
        for code, words, takes in (
            (self._two.kept_code, pair.kept, False),
            (self._two.gone_code, pair.gone, True),
        ):
            button = QRadioButton(code)
            button.setAccessibleName(f"{pair.label}: as {code} says")
            button.setChecked(not takes)
            group.addButton(button)
            line = QHBoxLayout()
            line.setSpacing(px(8))
            line.addWidget(button)
            line.addWidget(self._veil.over(body(words)), 1)
            rows.addLayout(line)
            self.first = self.first or button
            if takes:
                self.choices[pair.name] = button
        return held

    def _add_rest(self, column: QVBoxLayout) -> None:
        """What needs no choice: the same in both, or said in one alone."""
        same = [p.label for p in self._two.fields if p.kept == p.gone]
        alone = [p.label for p in self._two.fields if not (p.kept and p.gone)]
        if same:
            column.addWidget(soft(f"The same in both: {', '.join(same)}."))
        if alone:
            column.addWidget(
                soft(f"Said in one of them, and kept: {', '.join(alone)}.")
            )
        words = "Names that are not kept still find the person."
        column.addWidget(soft(words))
