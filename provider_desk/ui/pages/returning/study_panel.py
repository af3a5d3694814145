"""A case study or quote: its words, consent, the checklist, the second reader."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Text, Value
from provider_desk.model.months import Month
from provider_desk.model.records import CaseStudy
from provider_desk.returns.narrative.scan import Known, scan
from provider_desk.services.desk import Desk
from provider_desk.services.returning import case_studies, narrating
from provider_desk.services.returning.case_studies import Study
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import quoted, section, set_state, state
from provider_desk.ui.parts.wrapping import WrappingTick
from provider_desk.ui.theme import px

_SHOWN = 6
_PERSON = Text(
    label="Code of the person, where it is about one",
    help="It leaves only while their consent to this use is on record.",
    longest=20,
)


class StudyPanel(FormPanel):
    """Everything that must be there before it leaves.

    Attributes:
        checks: a box to tick for each point of the checklist.
        person: the code of whom it is about.
    """

    def __init__(
        self,
        frame: Frame,
        contract_id: str,
        month: Month,
        study: Study | None,
        known: Known | None,
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            contract_id: whose return it goes with.
            month: the last of the quarter.
            study: the one that is changed, None for a new one.
            known: what the desk knows and must not stand in it.
        """
        self._study, self._known = study, known
        self._of = {"contract_id": contract_id, "month": str(month)}
        self.checks = {
            choice.code: WrappingTick(choice.label)
            for choice in choices("case_study_check").values
        }
        form = RecordForm(
            CaseStudy,
            ["kind", "words", "consent_on", "composite", "consent_evidence"],
            frame.desk.today,
        )
        row_id = study.id if study else None
        self.person = FieldBox(_PERSON, LineEditor(_PERSON.longest), optional=True)
        super().__init__(
            frame,
            "Case study or quote",
            form,
            "Keep",
            self._write,
            draft=f"study:{contract_id}:{month}:{row_id or 'new'}",
            opening=Opening("study", {**self._of, "study_id": row_id or ""}),
        )
        if study is not None:
            self._fill(study)
        self._lay_out(study)
        form.changed.connect(self._look)
        self._look()

    def _write(self, values: Mapping[str, Value]) -> Changed:
        """Keep it; called in another thread."""
        ticked = [code for code, box in self.checks.items() if box.isChecked()]
        given = {**values, **self._of, "blurred": " ".join(ticked)}
        row_id = self._study.id if self._study else None
        person = str(self.person.editor.value() or "")
        return case_studies.write_study(self.frame.desk, given, row_id, person=person)

    def _fill(self, study: Study) -> None:
        self.form.set_values(study.record.values())
        for code in study.record.blurred.split():
            if code in self.checks:
                self.checks[code].setChecked(True)
        self.person.editor.set_value(study.person)

    def _lay_out(self, study: Study | None) -> None:
        self._warned = state()
        self.body.addWidget(self._warned)
        self.add_below(self.person)
        self.body.addWidget(section("Before it leaves"))
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for box in self.checks.values():
            column.addWidget(box)
        self.add_below(held)
        if study is None:
            return
        for line in study.missing:
            self.body.addWidget(quoted(line))
        self.body.addWidget(plain("I have read it as second reader", self._read))
        self.body.addWidget(plain("Take it out of the return", self._drop))

    def _look(self) -> None:
        words = str(self.form.values().get("words") or "")
        found = scan(words, self._known)
        lines = [
            f"“{each.text}” looks like {each.kind.value}. {each.advice}"
            for each in found[:_SHOWN]
        ]
        set_state(self._warned, "\n! ".join(lines), "warn")
        self._warned.setVisible(bool(lines))

    def _read(self) -> None:
        self._do(case_studies.read_study)

    def _drop(self) -> None:
        self._do(case_studies.drop_study)

    def _do(self, deed: Callable[[Desk, str], Changed]) -> None:
        study, desk = self._study, self.frame.desk
        if study is None:
            return
        self.frame.write(
            self,
            lambda: deed(desk, study.id),
            lambda _id: self.leave(),
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.banner.show_error(error)


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open a case study that was left with something typed."""
    contract_id, month = args["contract_id"], Month.parse(args["month"])

    def show(read: tuple[list[Study], Known]) -> None:
        found, known = read
        wanted = args["study_id"]
        study = next((each for each in found if each.id == wanted), None)
        if wanted and study is None:
            gone()
            return
        frame.open_panel(StudyPanel(frame, contract_id, month, study, known))

    desk = frame.desk
    frame.read(
        frame,
        lambda: (
            case_studies.studies(desk, contract_id, month),
            narrating.known_on_desk(desk),
        ),
        show,
    )
