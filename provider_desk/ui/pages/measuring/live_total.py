"""The total of a measure while it is filled in, in words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.instruments import Instrument
from provider_desk.model.item_scores import exact_total, scored
from provider_desk.model.outcome_measures import measures
from provider_desk.ui.parts.words import strong
from provider_desk.ui.veil import Veil


class LiveTotal(QWidget):
    """One line: the total, its band, what is missing and what that means."""

    def __init__(self, veil: Veil) -> None:
        super().__init__()
        self._veil = veil
        self._words = strong("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        self.hide()

    def words(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self._words.text()

    def show_score(
        self, instrument: Instrument | None, answers: Sequence[int | None]
    ) -> None:
        """Say what answers come to; nothing while there is none."""
        given = any(each is not None for each in answers)
        if instrument is None or not given:
            self.hide()
            return
        self._veil.say(self._words, said(instrument, answers))
        self._words.setAccessibleName(self._words.text())
        self.show()

    def show_total(self, code: str, total: int | None) -> None:
        """Say in which band a total lies that was typed; nothing where it says none."""
        measure = measures().get(code)
        fits = (
            measure is not None
            and total is not None
            and (measure.low or 0) <= total <= (measure.high or 0)
        )
        band = measure.band_of(total) if measure and fits and total is not None else ""
        if not band or measure is None:
            self.hide()
            return
        self._veil.say(self._words, f"Total {total} of {measure.high}: {band}")
        self._words.setAccessibleName(self._words.text())
        self.show()


def said(instrument: Instrument, answers: Sequence[int | None]) -> str:
    """What answers come to, in words."""
    found = scored(instrument, answers)
    missing = f"{found.missing} without an answer" if found.missing else ""
    if found.total is None:
        sum_so_far = sum(
            instrument.highest - each if number in instrument.turned else each
            for number, each in enumerate(answers, 1)
            if each is not None
        )
        least = len(answers) - instrument.most_missing
        return f"So far {sum_so_far} · {missing}; a total needs {least}"
    highest = measures()[instrument.measure].high
    band = f": {found.band}" if found.band else ""
    if not found.missing:
        return f"Total {found.total} of {highest}{band}"
    exact = exact_total(found.total, found.tenths)
    shown = exact if instrument.decimals else found.total
    return f"Total {shown} of {highest}{band} · {missing}, worked out from the rest"
