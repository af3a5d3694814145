"""Panels of the capacity page: a needs analysis, an estimate, a forecast."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QLineEdit

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Estimate, Forecast, NeedModel
from provider_desk.services.planning import estimates, forecasts, needs
from provider_desk.services.saying import UNDONE
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, soft

R = TypeVar("R", NeedModel, Estimate)

_NEED: tuple[Row, ...] = (
    "title",
    "made_on",
    "first_year",
    "legacy",
    "excluded_percent",
    "legacy_shares",
    "new_people",
    "new_shares",
    "therapy_percent",
    "note",
    "printed",
)
_ESTIMATE: tuple[Row, ...] = ("area", ("from_on", "until_on"), "people", "source")
_FORECAST: tuple[Row, ...] = (
    ("area", "figure"),
    "month",
    ("low", "expected", "high"),
    "method",
)


def need_panel(
    frame: Frame, held: NeedModel | None, values: Mapping[str, Value]
) -> FormPanel:
    """A needs analysis: its assumptions, and the table that was printed.

    Args:
        frame: the window.
        held: the one that is changed; None for a new one.
        values: what a new one begins with.
    """
    desk = frame.desk
    form = RecordForm(NeedModel, _NEED, desk.today)
    if held is None:
        form.set_values({"made_on": desk.today(), **values})
        return FormPanel(
            frame, "Add a needs analysis", form, "Save needs analysis",
            partial(needs.add_need_model, desk), draft="need:",
            opening=_opening("need"),
            undo=partial(needs.take_back_need_model, desk),
        )  # fmt: skip
    form.set_values(held.values())
    panel = FormPanel(
        frame, "Change the needs analysis", form, "Save needs analysis",
        partial(needs.change_need_model, desk, held.id), draft=f"need:{held.id}",
        opening=_opening("need", held.id),
        undo=lambda _id: needs.change_need_model(desk, held.id, _without_id(held)),
    )  # fmt: skip
    _add_take_off(
        frame, panel, held.id,
        partial(needs.take_back_need_model, desk),
        partial(needs.put_back_need_model, desk),
    )  # fmt: skip
    return panel


def estimate_panel(
    frame: Frame,
    contract_id: str,
    areas: Sequence[tuple[str, str]],
    held: Estimate | None,
) -> FormPanel:
    """How many referrals are expected in an area over some months."""
    desk = frame.desk
    form = RecordForm(Estimate, _ESTIMATE, desk.today)
    if held is None:
        if len(areas) == 1:
            form.set_values({"area": areas[0][0]})

        def add(values: Mapping[str, Value]) -> tuple[str, Changed]:
            return estimates.add_estimate(desk, {**values, "contract_id": contract_id})

        return FormPanel(
            frame, "Add an estimate", form, "Save estimate", add,
            draft=f"estimate:{contract_id}",
            opening=_opening("estimate", "", contract_id),
            undo=partial(estimates.take_back_estimate, desk),
        )  # fmt: skip
    form.set_values(held.values())
    panel = FormPanel(
        frame, "Change the estimate", form, "Save estimate",
        partial(estimates.change_estimate, desk, held.id),
        draft=f"estimate:{held.id}",
        opening=_opening("estimate", held.id, contract_id),
        undo=lambda _id: estimates.change_estimate(desk, held.id, _without_id(held)),
    )  # fmt: skip
    _add_take_off(
        frame, panel, held.id,
        partial(estimates.take_back_estimate, desk),
        partial(estimates.put_back_estimate, desk),
    )  # fmt: skip
    return panel


def forecast_panel(frame: Frame, contract_id: str) -> FormPanel:
    """A forecast that was made by another method."""
    desk = frame.desk
    form = RecordForm(Forecast, _FORECAST, desk.today)
    form.boxes["month"].advise("Year and month: 2027-03. It must not have begun.")

    def add(values: Mapping[str, Value]) -> tuple[str, Changed]:
        return forecasts.add_forecast(desk, {**values, "contract_id": contract_id})

    return FormPanel(
        frame, "Keep a forecast of your own", form, "Keep forecast", add,
        draft=f"forecast:{contract_id}",
        opening=_opening("forecast", "", contract_id),
        undo=lambda new_id: forecasts.take_back_forecasts(
            desk, [new_id], UNDONE
        ),
    )  # fmt: skip


def _opening(what: str, row_id: str = "", contract_id: str = "") -> Opening:
    return Opening(
        "planning", {"what": what, "row_id": row_id, "contract_id": contract_id}
    )


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel that a draft was typed into."""
    desk, contract_id = frame.desk, args["contract_id"]
    if args["what"] == "forecast":
        frame.open_panel(forecast_panel(frame, contract_id))
    elif args["what"] == "need":
        frame.read(
            frame,
            partial(needs.need_models, desk),
            lambda found: _open_again(
                frame, found, args, gone, lambda held: need_panel(frame, held, {})
            ),
        )
    else:
        frame.read(
            frame,
            partial(estimates.compared, desk, contract_id),
            lambda found: _open_again(
                frame,
                [each for area in found for each in area.estimates],
                args,
                gone,
                lambda held: estimate_panel(frame, contract_id, (), held),
            ),
        )


def _open_again(
    frame: Frame,
    found: Sequence[R],
    args: Mapping[str, str],
    gone: Callable[[], None],
    made: Callable[[R | None], FormPanel],
) -> None:
    """A new one, or the one that is changed where it is still there."""
    held = next((each for each in found if each.id == args["row_id"]), None)
    if args["row_id"] and held is None:
        gone()
    else:
        frame.open_panel(made(held))


def _without_id(held: NeedModel | Estimate) -> dict[str, Value]:
    return {name: value for name, value in held.values().items() if name != "id"}


def _add_take_off(
    frame: Frame,
    panel: FormPanel,
    row_id: str,
    take: Callable[[str], Changed],
    put_back: Callable[[str], Changed],
) -> None:
    """A second button: takes it off the desk, and offers to put it back."""

    def done(_id: str) -> None:
        panel.draft = ""
        frame.offer_undo(lambda: put_back(row_id))
        panel.closed.emit()

    def run() -> None:
        frame.write(panel, lambda: take(row_id), done, panel.banner.show_error)

    panel.foot.addWidget(plain("Take it off the desk", run))


class TakeBackPanel(Panel):
    """Says what is taken back, asks why, and does it."""

    def __init__(
        self, frame: Frame, title: str, about: str, deed: Callable[[str], Changed]
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            title: the deed.
            about: what is taken back.
            deed: gets the reason.
        """
        super().__init__(title)
        self._frame, self._deed = frame, deed
        self.banner = Banner()
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Why it is taken back")
        self.reason.returnPressed.connect(self.save)
        for part in (self.banner, body(about), soft("Why it is taken back")):
            self.body.addWidget(part)
        self.body.addWidget(self.reason)
        self.foot.addWidget(primary(title, self.save), 1)

    def start(self) -> None:
        """Put the cursor where the reason is typed."""
        self.reason.setFocus()

    def save(self) -> None:
        """Take it back."""
        frame, reason = self._frame, self.reason.text()
        frame.write(
            self,
            lambda: self._deed(reason),
            lambda _id: self.leave(),
            self._failed,
            whole=True,
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotValid):
            self.banner.show_words(error.problems[0].text, "", "warn")
        else:
            self.banner.show_error(error)
        self.reason.setFocus()
