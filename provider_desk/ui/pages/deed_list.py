"""Every deed on a referral or episode of a person, declared: what it asks of whom."""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Goal,
    GoalRating,
    Referral,
    Score,
    SurveyAnswer,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.model.views import Standing
from provider_desk.services.casework import goals, referrals, surveys, waiting
from provider_desk.services.casework.measuring import scores
from provider_desk.services.casework.waiting_on import offers
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.pages.caring import care_deeds, court_deeds
from provider_desk.ui.pages.course import course_deeds
from provider_desk.ui.pages.deed import Deed, Group
from provider_desk.ui.pages.diarying import booking_deeds
from provider_desk.ui.pages.measuring import measure_deeds
from provider_desk.ui.pages.measuring.measure_panel import TotalPanel
from provider_desk.ui.pages.referring import deed_list as referral_deeds
from provider_desk.ui.pages.unnamed_survey import ANSWERS
from provider_desk.ui.pages.waiting import waiting_deeds
from provider_desk.ui.pages.waiting.contact_panel import contact_for_person


def _leave(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    on, reason = values["removed_on"], values["removal_reason"]
    day = on if isinstance(on, date) else desk.today()
    return referral_id, waiting.leave_list(desk, referral_id, day, str(reason or ""))


#: Before a referral's id where a survey of it is linked to nobody.
ANONYMOUS = "anonymous "


def _survey(desk: Desk, on: str, values: Mapping[str, Value]) -> tuple[str, Changed]:
    return surveys.record_survey(
        desk, on.removeprefix(ANONYMOUS), values, signed=not on.startswith(ANONYMOUS)
    )


_WAITING = (Standing.WAITING,)
_WITH_US = (Standing.LIVE, Standing.WAITING, Standing.AWAITING)


def _show_decision(form: RecordForm) -> None:
    """Ask why and where to only where a referral is declined."""

    def follow() -> None:
        declined = form.values()["decision"] == "DECLINED"
        form.show_fields(decline_reason=declined, signposted_to=declined)

    form.changed.connect(follow)
    follow()


#: Those that were there first; each folder of casework has its own beside them.
_CORE = (
    Deed(
        deeds.DECIDE,
        "Record decision",
        Referral,
        ["decision", "decided_on", "decline_reason", "signposted_to"],
        "referral_id",
        referrals.decide,
        Permission.RECORD_REFERRALS,
        today=("decided_on",),
        standings=(Standing.AWAITING,),
        group=Group.REFERRAL,
        start=lambda _page, _on: {"decision": "ACCEPTED"},
        follow=_show_decision,
        asked=("decision", "decided_on"),
    ),
    Deed(
        deeds.RECORD_CONTACT,
        deeds.RECORD_CONTACT.words,
        WaitingContact,
        [("held_on", "method"), "result", "purpose", ("worker", "minutes"), "note"],
        "referral_id",
        waiting.record_contact,
        Permission.RECORD_CONTACTS,
        standings=_WAITING,
        group=Group.REFERRAL,
        panel=contact_for_person,
    ),
    Deed(
        deeds.OFFER,
        "Record offer",
        WaitingOffer,
        ["offered_on", "note"],
        "referral_id",
        waiting.record_offer,
        Permission.RECORD_CONTACTS,
        today=("offered_on",),
        standings=_WAITING,
        group=Group.REFERRAL,
        undo=lambda desk, new_id: offers.take_back_offer(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.LEAVE_LIST,
        deeds.LEAVE_LIST.words,
        WaitingEntry,
        ["removed_on", "removal_reason"],
        "referral_id",
        _leave,
        Permission.RECORD_CONTACTS,
        today=("removed_on",),
        standings=_WAITING,
        asked=("removed_on", "removal_reason"),
        group=Group.REFERRAL,
        undo=waiting.back_on_list,
    ),
    Deed(
        deeds.ADD_SCORE,
        TotalPanel.SAVE,
        Score,
        (),
        "referral_id",
        scores.add_score,
        Permission.READ_CLINICAL,
        standings=_WITH_US,
        group=Group.OUTCOME,
        panel=TotalPanel,
    ),
    Deed(
        deeds.SET_GOAL,
        "Save goal",
        Goal,
        ["words", "outcome", "set_on"],
        "referral_id",
        goals.set_goal,
        Permission.READ_CLINICAL,
        today=("set_on",),
        asked=("words",),
        standings=_WITH_US,
        group=Group.OUTCOME,
        undo=lambda desk, new_id: goals.take_back_goal(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.RATE_GOAL,
        "Save rating",
        GoalRating,
        [("rated_on", "rating")],
        "goal_id",
        goals.rate_goal,
        Permission.READ_CLINICAL,
        today=("rated_on",),
        group=Group.OUTCOME,
        undo=lambda desk, new_id: goals.take_back_rating(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.RECORD_SURVEY,
        "Save survey",
        SurveyAnswer,
        ANSWERS,
        "referral_id",
        _survey,
        Permission.RECORD_SESSIONS,
        today=("answered_on",),
        standings=(*_WITH_US, Standing.CLOSED),
        group=Group.OUTCOME,
        undo=measure_deeds.undo_survey,
    ),
)

DEEDS: tuple[Deed, ...] = (
    *_CORE,
    *care_deeds.DEEDS,
    *court_deeds.DEEDS,
    *measure_deeds.DEEDS,
    *waiting_deeds.DEEDS,
    *course_deeds.DEEDS,
    *referral_deeds.DEEDS,
    *booking_deeds.DEEDS,
)
