"""What can be done about something that was recorded: put right, change, take back."""

from collections.abc import Mapping, Sequence

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Text, Value
from provider_desk.model.records import (
    BY_TABLE,
    Goal,
    GoalRating,
    Referral,
    Session,
    SurveyAnswer,
)
from provider_desk.model.views import Event
from provider_desk.services.casework import (
    goals,
    referrals,
    sessions,
    surveys,
)
from provider_desk.services.rights.masking import fields_hidden
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.caring import care_changes
from provider_desk.ui.pages.change import Change, Options
from provider_desk.ui.pages.course import course_changes
from provider_desk.ui.pages.diarying import correct_session, session_form
from provider_desk.ui.pages.measuring import measure_deeds
from provider_desk.ui.pages.referring import deed_list as referral_deeds
from provider_desk.ui.pages.referring import new_referral
from provider_desk.ui.pages.referring.hub_days import keep_dated
from provider_desk.ui.pages.waiting import waiting_deeds

_REASON = Text(
    label="Why",
    help="What it said before stays in the history, with this reason.",
    longest=500,
    personal=True,
)

_REFERRAL: Sequence[Row] = [
    ("received_on", "reference"),
    "area",
    "contract_id",
    "source",
    "held_by",
    "consent",
    "decision",
    "decided_on",
    "decline_reason",
    "signposted_to",
    "hub_status",
    ("hub_sent_on", "hub_decided_on"),
    "hub_reason",
    ("redirected_to", "referrer_updated_on"),
    "note",
]

_CORE: Mapping[str, Sequence[Change]] = {
    Session.TABLE: (
        Change(
            "Put it right",
            session_form.ROWS,
            True,
            lambda d, e, v, why: sessions.correct_session(d, e.row_id, v, why),
            Permission.RECORD_SESSIONS,
            beside=correct_session.follow,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: sessions.take_back_session(d, e.row_id, why),
            Permission.RECORD_SESSIONS,
        ),
        *measure_deeds.FOR_SESSIONS,
    ),
    Goal.TABLE: (
        Change(
            "End it",
            ["ended_on", "reached"],
            False,
            lambda d, e, v, _: goals.change_goal(d, e.row_id, v),
            Permission.READ_CLINICAL,
        ),
        Change(
            "Change it",
            ["words", "outcome", "set_on"],
            False,
            lambda d, e, v, _: goals.change_goal(d, e.row_id, v),
            Permission.READ_CLINICAL,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: goals.take_back_goal(d, e.row_id, why),
            Permission.READ_CLINICAL,
        ),
    ),
    GoalRating.TABLE: (
        Change(
            "Put it right",
            [("rated_on", "rating")],
            True,
            lambda d, e, v, why: goals.correct_rating(d, e.row_id, v, why),
            Permission.READ_CLINICAL,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: goals.take_back_rating(d, e.row_id, why),
            Permission.READ_CLINICAL,
        ),
    ),
    SurveyAnswer.TABLE: (
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: surveys.take_back_survey(d, e.row_id, why),
            Permission.RECORD_SESSIONS,
        ),
    ),
    Referral.TABLE: (
        Change(
            "Change it",
            _REFERRAL,
            False,
            lambda d, e, v, _: referrals.change_referral(d, e.row_id, v),
            Permission.RECORD_REFERRALS,
            keep_dated,
            options=new_referral.contracts_to_choose,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: referrals.take_back_referral(d, e.row_id, why),
            Permission.RECORD_REFERRALS,
        ),
    ),
}

#: Table → what can be done, in the order of the buttons.
CHANGES: Mapping[str, Sequence[Change]] = {
    **_CORE,
    **care_changes.CHANGES,
    **course_changes.CHANGES,
    **measure_deeds.CHANGES,
    **waiting_deeds.CHANGES,
    **referral_deeds.CHANGES,
}


class ChangePanel(FormPanel):
    """Asks what is changed and, where the record is a fact, why.

    Attributes:
        reason: the field for the reason, None where none is wanted.
    """

    def __init__(
        self,
        frame: Frame,
        change: Change,
        event: Event,
        code: str,
        values: Mapping[str, Value],
        options: Options | None = None,
    ) -> None:
        form = RecordForm(
            BY_TABLE[event.table], change.rows, frame.desk.today, options=options
        )
        form.set_values(values)
        if not may(frame.desk, Permission.READ_CLINICAL):
            hidden = fields_hidden(form.record_type) & form.boxes.keys()
            form.show_fields(**dict.fromkeys(hidden, False))
        if change.follow is not None:
            change.follow(form)
        super().__init__(
            frame,
            f"{change.words}: {event.title}",
            form,
            change.words,
            self._run,
            subject=code,
            draft=f"{change.words}:{event.row_id}",
            opening=_opening(change, event, code),
            whole=True,
        )
        self._change = change
        self._event = event
        self._why = ""
        self._start = form.values()
        self.reason: FieldBox | None = None
        if change.reason:
            editor = LineEditor(_REASON.longest)
            self.reason = FieldBox(_REASON, editor, optional=False)
            editor.changed.connect(self.reason.forget_problem)
            self.body.addWidget(self.reason)
            # The button was made before it; Tab goes down the page.
            self.setTabOrder(editor.inner, self.button)
            self.setTabOrder(editor, self.button)
        if change.beside is not None:
            change.beside(self, values)

    def start(self) -> None:
        """Put the cursor into the first field, or the reason where it is the only."""
        if self.form.boxes or self.reason is None:
            super().start()
        else:
            self.reason.editor.setFocus()

    def is_dirty(self) -> bool:
        """Whether something was typed."""
        why = self.reason is not None and bool(self.reason.editor.value())
        return why or super().is_dirty()

    def save(self) -> None:
        """Refuse without a reason, beside the field."""
        if self.reason is not None:
            self._why = str(self.reason.editor.value())
            if not self._why:
                problem = Problem("reason", f"{_REASON.label}: say it in a few words.")
                self.reason.show_problems([problem])
                self.reason.editor.setFocus()
                return
        super().save()

    def _run(self, values: Mapping[str, Value]) -> Changed:
        different = {n: v for n, v in values.items() if self._start.get(n) != v}
        if self.form.boxes and not different:
            raise NotValid([Problem("", "Nothing was changed yet.")])
        return self._change.run(self.frame.desk, self._event, different, self._why)


def _opening(change: Change, event: Event, code: str) -> Opening:
    args = {
        "change": change.words,
        "code": code,
        "kind": event.kind.value,
        "on": event.on.isoformat(),
        "title": event.title,
        "table": event.table,
        "row_id": event.row_id,
        "episode_id": event.episode_id,
    }
    return Opening("change", args)
