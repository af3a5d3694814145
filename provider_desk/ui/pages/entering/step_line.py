"""The steps of an assistant in one line: which is done, which is asked now."""

from PySide6.QtWidgets import QLabel, QWidget

from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import set_property
from provider_desk.ui.theme import px


class StepLine(QWidget):
    """Words in a row; it goes on in a second line where text is large."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = names
        self._labels = [QLabel() for _ in names]
        flow = Flow(px(12), self)
        for label in self._labels:
            flow.addWidget(label)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_step(0)

    def show_step(self, now: int) -> None:
        """Mark a step as the one that is asked; those before it are done."""
        for number, (name, label) in enumerate(
            zip(self._names, self._labels, strict=True)
        ):
            sign = "✓" if number < now else str(number + 1)
            label.setText(f"{sign} {name}")
            set_property(label, "role", "step_now" if number == now else "step")
        said = f"Step {now + 1} of {len(self._names)}: {self._names[now]}"
        self.setAccessibleName(said)
