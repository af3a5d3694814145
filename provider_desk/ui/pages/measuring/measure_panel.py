"""Fill in a measure: which one, its questions by one key each or the total, when."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Day, OneOf, Text, Value, field_map, shown
from provider_desk.model.instruments import Instrument, by_items, instruments
from provider_desk.model.item_scores import (
    asks_for_action,
    read_answers,
    risk_item_asks_for_action,
)
from provider_desk.model.outcome_measures import OWN_SCALE
from provider_desk.model.records import Score
from provider_desk.model.views import PersonPage, Standing
from provider_desk.services.casework.measuring import scores
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.key_choice import KeyChoice
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.pages.measuring.items_editor import ItemsEditor
from provider_desk.ui.pages.measuring.live_total import LiveTotal
from provider_desk.ui.pages.measuring.risk_item_editor import RiskItemEditor
from provider_desk.ui.pages.measuring.risk_part import RiskPart
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.words import soft

#: Of which referrals a measure is filled in; after the ending too.
STANDINGS = (Standing.LIVE, Standing.WAITING, Standing.AWAITING, Standing.CLOSED)

_DAY = Day(label="")
_WHICH = Text(label="For which work")
_TOTAL, _QUESTIONS = "Type the total instead", "Answer question by question"
_NOTHING = "Answer the questions, or type the total instead."
_ROWS = (
    "instrument",
    "items",
    "scale_name",
    "total",
    "risk_item",
    ("scored_on", "occasion"),
    "administered",
)


class ScorePanel(FormPanel):
    """What filling in and putting right have in common.

    Attributes:
        items: the questions.
        risk_item: the question about risk, where a total is typed instead.
        risk: the prompt of the risk item.
        so_far: the total as it stands, in words.
    """

    def __init__(
        self,
        frame: Frame,
        title: str,
        button: str,
        code: str,
        draft: str,
        undo: Callable[[str], Changed] | None = None,
    ) -> None:
        kind = field_map(Score)["instrument"].kind
        assert isinstance(kind, OneOf)  # noqa: S101 - the declaration says so
        self.items = ItemsEditor()
        self.risk_item = RiskItemEditor()
        self._way = quiet(_TOTAL, self._turn_way)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._way)
        row.addStretch(1)
        self._measures = KeyChoice(kind)
        form = RecordForm(
            Score,
            _ROWS,
            frame.desk.today,
            editors={
                "instrument": self._measures,
                "items": self.items,
                "risk_item": self.risk_item,
            },
            may_be_empty=("total",),
            asked=("items", "risk_item"),
            before={"items": beside},
        )
        super().__init__(
            frame,
            title,
            form,
            button,
            self._run,
            subject=code,
            draft=draft,
            undo=undo,
            whole=undo is None,
        )
        self.by_total = False
        self._said: Mapping[str, Value] = {}
        self._licence = soft("")
        self.so_far = LiveTotal(frame.veil)
        self.risk = RiskPart(frame.desk.today)
        self.body.addWidget(self.risk)
        self.body.addWidget(self._licence)
        self.above_foot(self.so_far)
        # They are there only where they are to be typed.
        form.boxes["total"].want(True)
        form.boxes["scale_name"].want(True)
        self._measures.picked.connect(self._begin)
        self.items.finished.connect(self._go_on)
        self.risk_item.picked.connect(self._go_on)
        self.risk.done.picked.connect(self._said_what)
        form.changed.connect(self._follow)
        self._follow()

    def is_dirty(self) -> bool:
        """Whether something was typed, about the risk item too."""
        return super().is_dirty() or self.risk.form.is_dirty()

    def save(self) -> None:
        """Save; not before it is said what was done about a positive risk item."""
        if self.risk.isHidden():
            self._said = {}
        else:
            try:
                self._said = self.risk.said()
            except NotValid:
                self._go_to_risk()
                return
        super().save()

    def answers(self) -> tuple[int | None, ...]:
        """The answers; () while a total is typed instead."""
        if self.by_total or self._instrument() is None or self.items.value() is None:
            return ()
        return self.items.answers()

    def _run(self, values: Mapping[str, Value]) -> Changed | tuple[str, Changed]:
        raise NotImplementedError

    def _split(
        self, values: Mapping[str, Value]
    ) -> tuple[dict[str, Value], tuple[int | None, ...], str, str]:
        """Values without the answers, the answers, what was done about the risk.

        Raises:
            NotValid: no question is answered.
        """
        kept = dict(values)
        words = kept.pop("items")
        typed = self.by_total or by_items(str(values["instrument"])) is None
        if not typed and not words:
            raise NotValid([Problem("items", _NOTHING)])
        answers = () if typed else read_answers(str(words))
        if not self._asks_item(self._instrument()):
            kept["risk_item"] = None
        if answers:
            kept.pop("total")
        said = self._said
        return kept, answers, str(said.get("done") or ""), str(said.get("why") or "")

    def _instrument(self) -> Instrument | None:
        return by_items(str(self._measures.value() or ""))

    def _begin(self) -> None:
        """A measure was chosen by its key."""
        self._follow()
        by_questions = self._instrument() is not None and not self.by_total
        if by_questions:
            self.items.go_to(0)
        else:
            own = self._measures.value() == OWN_SCALE
            self.form.go_to("scale_name" if own else "total")

    def _go_on(self) -> None:
        """The last question is answered."""
        if self.risk.isHidden():
            self.form.go_to("scored_on")
        else:
            self._go_to_risk()

    def _go_to_risk(self) -> None:
        if self.risk.asks_why():
            self.risk.form.go_to("why")
            self.keep_whole(self.risk.form.boxes["why"])
        else:
            self.risk.form.go_to("done")
            self.keep_whole(self.risk)

    def _said_what(self) -> None:
        """What was done is chosen; the reason is next, where it is asked."""
        if self.risk.asks_why():
            self.risk.form.go_to("why")
            self.show_whole(self.risk.form.boxes["why"])
        else:
            self.form.go_to("scored_on")

    def _turn_way(self) -> None:
        self.by_total = not self.by_total
        self._follow()
        if self.by_total:
            self.form.go_to("total")
        else:
            self.items.go_to(0)

    def _follow(self) -> None:
        """Show what belongs to the measure that is chosen."""
        code = str(self._measures.value() or "")
        instrument = self._instrument()
        self.items.show_instrument(instrument)
        asked = instrument is not None and not self.by_total
        own = code == OWN_SCALE
        self.form.show_fields(items=asked, total=bool(code) and not asked)
        self.form.show_fields(scale_name=own, risk_item=self._asks_item(instrument))
        self.risk_item.show_instrument(instrument)
        self._way.setVisible(instrument is not None)
        self._way.setText(_QUESTIONS if self.by_total else _TOTAL)
        if instrument is not None:
            said = [f"{n} {w}" for n, w in enumerate(instrument.answers)]
            legend = " · ".join((*said, "- no answer"))
            self.form.boxes["items"].advise(f"{instrument.asks}\n{legend}")
        told = instruments().get(code)
        self._licence.setText(told.licence if told else "")
        answers = self.items.answers() if asked else ()
        if asked:
            self.so_far.show_score(instrument, answers)
        else:
            total = self.form.boxes["total"].editor.value()
            self.so_far.show_total(code, total if isinstance(total, int) else None)
            # It comes in below, and takes its room from what is typed.
            self.keep_in_sight()
        self._ask_risk(instrument, answers)

    def _asks_item(self, instrument: Instrument | None) -> bool:
        """Whether a total is typed of a measure with a question about risk.

        A total of nothing has nothing in it.
        """
        if not self.by_total or instrument is None or not instrument.risk_item:
            return False
        return self.form.boxes["total"].editor.value() != 0

    def _ask_risk(
        self, instrument: Instrument | None, answers: tuple[int | None, ...]
    ) -> None:
        said = self.risk_item.value()
        by_total = self._asks_item(instrument) and risk_item_asks_for_action(str(said))
        if instrument is not None and (
            by_total or asks_for_action(instrument, answers)
        ):
            self.risk.ask(instrument.risk_item, self.form.values()["scored_on"])
        else:
            self.risk.hide()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotValid):
            about_risk = [p for p in error.problems if p.field in ("done", "why")]
            self.risk.form.show_problems(about_risk)
            others = [p for p in error.problems if p not in about_risk]
            super()._failed(NotValid(others) if others else NotValid([]))
            if about_risk and not others:
                self._go_to_risk()
            return
        super()._failed(error)


class MeasurePanel(ScorePanel):
    """Asks for a new score.

    Attributes:
        KEY: the deed that it does.
        SAVE: words on the button.
        which: for which referral, where there are several.
    """

    KEY: ClassVar[deeds.Key] = deeds.MEASURE
    SAVE: ClassVar[str] = "Save measure"

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        super().__init__(
            frame,
            self.KEY.words,
            self.SAVE,
            page.client.code,
            f"{self.KEY.words}:{page.client.id}",
            lambda new_id: scores.take_back_score(frame.desk, new_id, UNDONE),
        )
        self.opening = deed_opening(self.KEY, page.client.id)
        options = referral_options(page)
        self._only = options[0][0] if options else ""
        self.which: FieldBox | None = None
        if len(options) > 1:
            editor = ChoiceEditor(options)
            self.which = FieldBox(_WHICH, editor, optional=False)
            editor.set_value(self._only)
            self.body.insertWidget(1, self.which)
        self._referral_id = self._only
        closed = all(each.status == Standing.CLOSED for each in page.referrals)
        usual = "FOLLOW_UP" if closed else "REVIEW" if page.scores else "FIRST"
        self.form.set_values({"scored_on": frame.desk.today(), "occasion": usual})
        self._follow()

    def save(self) -> None:
        """Save for the referral that is chosen."""
        chosen = self.which.editor.value() if self.which is not None else None
        self._referral_id = str(chosen or self._only)
        super().save()

    def _run(self, values: Mapping[str, Value]) -> tuple[str, Changed]:
        kept, answers, done, why = self._split(values)
        return scores.add_score(
            self.frame.desk,
            self._referral_id,
            kept,
            answers=answers,
            done=done,
            why=why,
        )


class TotalPanel(MeasurePanel):
    """The same, beginning with the total; the questions are one key away."""

    KEY = deeds.ADD_SCORE
    SAVE = "Add score"

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        super().__init__(frame, page)
        self.by_total = True
        self._follow()


def referral_options(page: PersonPage) -> list[tuple[str, str]]:
    """Ids and words of the referrals that a measure can be filled in for."""
    return [
        (
            card.referral.id,
            ", ".join(
                (
                    choices("service_area").label(card.referral.area),
                    f"received {shown(_DAY, card.referral.received_on)}",
                    card.status,
                )
            ),
        )
        for card in page.referrals
        if card.status in STANDINGS
    ]
