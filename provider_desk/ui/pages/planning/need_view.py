"""Need: a needs analysis worked out and checked, and what came against estimates."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.records import Estimate, NeedModel
from provider_desk.planning.exact import written
from provider_desk.planning.needs import Year
from provider_desk.planning.papers import PaperFigure
from provider_desk.planning.printed import Finding
from provider_desk.planning.same_period import Comparison
from provider_desk.services.desk import Desk
from provider_desk.services.planning import estimates, needs
from provider_desk.services.planning.estimates import AreaCompared, expected_of
from provider_desk.services.planning.needs import WorkedOut
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.planning.panels import estimate_panel, need_panel
from provider_desk.ui.pages.planning.said import FEW, people
from provider_desk.ui.pages.planning.small_table import SmallTable
from provider_desk.ui.pages.planning.spans import area_words, months_words
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import body, section, set_state, soft, state
from provider_desk.ui.tables.columns import Column, day_column
from provider_desk.ui.theme import px

_NONE = (
    "No needs analysis is kept yet. Begin with the one published in 2015 to see how it "
    "is worked out, or add your own."
)
_NO_ESTIMATE = (
    "No estimate of referrals is kept for this contract yet. Add one for an area and "
    "some months; it is then compared with what came in the same months, and no others."
)
_PUBLISHED_AGAIN = "The published figures, worked out again"
_PAPERS = (
    "Council papers of 2017 and 2018. They show why this page compares the same months "
    "only, and works every number out from its own row."
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the desk has."""

    models: list[NeedModel]
    compared: list[AreaCompared]


class NeedView(QWidget):
    """A needs analysis above, estimates below.

    Attributes:
        choose: which needs analysis.
        years: its table.
        findings: what of the printed table differs or is rounded.
        compared: what came against what was expected, in sentences.
        estimates: all of them; Enter changes one.
        papers: what council papers printed, and what it comes to.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._contract = ""
        self._models: list[NeedModel] = []
        self._compared: list[AreaCompared] = []
        self.choose = Pick("Needs analysis", (), 24)
        self.choose.picked.connect(lambda _code: self._show_model())
        self.about = soft()
        self.years: SmallTable[Year] = SmallTable(
            frame, "People expected, year by year", [_year_column()]
        )
        self.checked = state()
        self.findings: SmallTable[Finding] = SmallTable(
            frame, "The printed table against its arithmetic", _finding_columns()
        )
        self.compared = body()
        self.estimates: SmallTable[Estimate] = SmallTable(
            frame, "Estimates of referrals", _estimate_columns(), self._change_estimate
        )
        self.papers: SmallTable[PaperFigure] = SmallTable(
            frame, _PUBLISHED_AGAIN, _paper_columns()
        )
        self.papers.show_rows(needs.papers())
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        top = QWidget()
        row = Flow(px(8), top)
        self.change = plain("Change its assumptions", self._change)
        self.begin = plain("Begin with the published one of 2015", self._begin)
        for part in (
            self.choose,
            self.change,
            plain(deeds.ADD_NEED.words, self.add),
            self.begin,
        ):
            row.addWidget(part)
        for widget in (
            section("People expected"),
            top,
            self.about,
            self.years,
            self.checked,
            self.findings,
            section("What came against what was expected"),
            self.compared,
            self.estimates,
        ):
            column.addWidget(widget)
        below = QWidget()
        Flow(px(8), below).addWidget(plain(deeds.ADD_ESTIMATE.words, self.add_estimate))
        column.addWidget(below)
        column.addWidget(section(_PUBLISHED_AGAIN))
        column.addWidget(soft(_PAPERS))
        column.addWidget(self.papers)
        whys = [f"{each.what}: {each.why}" for each in self.papers.rows.rows]
        column.addWidget(soft("\n\n".join(whys)))
        column.addStretch(1)

    def load(self, contract_id: str, areas: Sequence[tuple[str, str]]) -> None:
        """Ask for what is kept."""
        self._contract, self._areas = contract_id, areas
        desk = self._frame.desk
        self._frame.read(self, partial(_seen, desk, contract_id), self._show)

    def show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Small numbers of referrals become words, or numbers again."""
        del hidden
        self._show_compared(self._compared)

    def start(self) -> None:
        """Put the cursor where one begins."""
        (self.choose if self._models else self.begin).setFocus()

    def _show(self, seen: _Seen) -> None:
        self._models = seen.models
        self.choose.set_options([(each.id, each.title) for each in seen.models])
        self._show_model()
        self._show_compared(seen.compared)

    def _chosen(self) -> NeedModel | None:
        code = self.choose.code()
        return next((each for each in self._models if each.id == code), None)

    def _show_model(self) -> None:
        model = self._chosen()
        for part in (self.choose, self.change, self.years):
            part.setVisible(model is not None)
        self.checked.setVisible(model is not None and bool(model.printed.strip()))
        self.findings.setVisible(False)
        if model is None:
            self.about.setText(_NONE)
            return
        found = needs.worked_out(model)
        self.about.setText(_about(model, found))
        self.years.show_columns(_year_columns(found))
        self.years.show_rows(found.years)
        self._show_findings(found)

    def _show_findings(self, found: WorkedOut) -> None:
        differing = [each for each in found.findings if each.differs]
        self.findings.setVisible(bool(found.findings))
        self.findings.show_rows(
            sorted(found.findings, key=lambda each: not each.differs)
        )
        if differing:
            count = len(differing)
            said = (
                "1 printed number differs"
                if count == 1
                else (f"{count} printed numbers differ")
            )
            set_state(self.checked, f"{said} from its own arithmetic.", "warn")
        elif found.checked:
            set_state(self.checked, "The printed table agrees with it.", "good")

    def _show_compared(self, compared: list[AreaCompared]) -> None:
        self._compared = compared
        hidden = self._frame.privacy
        lines = [
            line for each in compared for line in _compared_words(each, hidden=hidden)
        ]
        self.compared.setText("\n\n".join(lines) or _NO_ESTIMATE)
        held = [each for area in compared for each in area.estimates]
        self.estimates.setVisible(bool(held))
        self.estimates.show_rows(held)

    def add(self) -> None:
        """Ask for another needs analysis."""
        self._frame.open_panel(need_panel(self._frame, None, {}))

    def _begin(self) -> None:
        self._frame.open_panel(need_panel(self._frame, None, needs.published()))

    def _change(self) -> None:
        model = self._chosen()
        if model is not None:
            self._frame.open_panel(need_panel(self._frame, model, {}))

    def add_estimate(self) -> None:
        """Ask for another estimate."""
        self._change_estimate(None)

    def _change_estimate(self, held: Estimate | None) -> None:
        panel = estimate_panel(self._frame, self._contract, self._areas, held)
        self._frame.open_panel(panel)


def _seen(desk: Desk, contract_id: str) -> _Seen:
    return _Seen(needs.need_models(desk), estimates.compared(desk, contract_id))


def _about(model: NeedModel, found: WorkedOut) -> str:
    left = found.unaccounted
    missing = (
        ""
        if not left
        else (
            f" {written(abs(left))} % of earlier people "
            f"{'are not accounted for' if left > 0 else 'are counted twice'}."
        )
    )
    return (
        f"{model.legacy:,} people from earlier years, {model.excluded_percent} % of "
        f"whom will not come; of all of them {model.legacy_shares} % come year by "
        f"year. New people: {model.new_people}; of them {model.new_shares} % come, "
        f"from the year in which they are new. {model.therapy_percent} % need therapy."
        f"{missing} {model.note}"
    ).strip()


def _year_column() -> Column[Year]:
    return Column("Year", lambda row: row.name, width=90)


def _year_columns(found: WorkedOut) -> tuple[Column[Year], ...]:
    def cell(number: int) -> Column[Year]:
        def words(row: Year) -> str:
            if number >= len(row.cells):
                return ""
            return _or_both(row.printed_cells[number], row.cells[number])

        return Column(
            found.columns[number],
            words,
            right=True,
            width=128 if number else 150,
            leaves=number + 1,
        )

    return (
        _year_column(),
        *(cell(number) for number in range(len(found.columns))),
        Column(
            "Total",
            lambda row: _or_both(row.printed_people, row.people),
            right=True,
            width=112,
        ),
        Column(
            "Therapy",
            lambda row: _or_both(row.printed_therapy, row.therapy),
            right=True,
            width=110,
        ),
    )


def _both(printed: int, exact: Fraction) -> str:
    return f"{printed:,} ({written(exact, 2)})"


def _or_both(printed: int, exact: Fraction) -> str:
    return f"{printed:,}" if exact == printed else _both(printed, exact)


def _finding_columns() -> list[Column[Finding]]:
    return [
        Column("Year", lambda row: row.year, width=90),
        Column("Column", lambda row: row.column, width=150),
        Column("Printed", lambda row: f"{row.printed:,}", right=True, width=80),
        Column("Worked out", lambda row: written(row.exact, 2), right=True, width=120),
        Column("From", lambda row: row.source, width=150, leaves=1),
        Column(
            "",
            lambda row: "! differs" if row.differs else "rounded",
            tone=lambda row: "warn" if row.differs else "",
            width=90,
        ),
    ]


def _compared_words(area: AreaCompared, *, hidden: bool) -> list[str]:
    """What came in an area against what was expected."""
    name = area_words(area.area)
    found = area.found
    if found is None or not found.months:
        return [f"{name}: no month of an estimate is over yet."]
    lines = [f"{name}: {_ratio(found, hidden=hidden)}"]
    if found.not_submitted:
        lines.append(
            f"Not submitted, and left out: {months_words(found.not_submitted)}."
        )
    if found.not_estimated:
        lines.append(
            "No estimate is about these months, so they are not compared: "
            f"{months_words(found.not_estimated)}."
        )
    return lines


def _ratio(found: Comparison, *, hidden: bool) -> str:
    parts = " + ".join(
        f"{part.expected.people:,}"
        if part.months == len(part.expected.months)
        else f"{part.expected.people:,} × {part.months}/{len(part.expected.months)}"  # noqa: RUF001
        for part in found.parts
    )
    more = None if hidden and found.actual < FEW else found.more
    said = (
        ""
        if more is None
        else (f" That is {written(abs(more))} % {'more' if more >= 0 else 'less'}.")
    )
    return (
        f"{people(found.actual, hidden=hidden)} referrals in "
        f"{months_words(found.months)}; expected for the same months "
        f"{written(found.expected)} ({parts}).{said}"
    )


def _paper_columns() -> list[Column[PaperFigure]]:
    return [
        Column("Figure", lambda row: row.what, width=470),
        Column("Printed", lambda row: row.printed, width=165),
        Column("Worked out", lambda row: row.words, width=150),
        Column(
            "",
            lambda row: "! differs" if row.differs else "",
            tone=lambda row: "warn" if row.differs else "",
            width=80,
        ),
    ]


def _estimate_columns() -> list[Column[Estimate]]:
    return [
        Column("Service area", lambda row: area_words(row.area), width=200),
        day_column("From", lambda row: row.from_on, 160),
        day_column("Until", lambda row: row.until_on, 160),
        Column("Expected", lambda row: f"{row.people:,}", right=True, width=90),
        Column(
            "A month",
            lambda row: written(_a_month(row)),
            right=True,
            width=90,
            leaves=1,
        ),
        Column("Where it comes from", lambda row: row.source, width=200, leaves=2),
    ]


def _a_month(estimate: Estimate) -> Fraction:
    return Fraction(estimate.people, max(len(expected_of(estimate).months), 1))
