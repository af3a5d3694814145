"""What is done when the risk item of a measure is answered above 0.

Part of saving the score: without it the score is not saved. The item's answer itself
is kept nowhere here. Source: domain reference, D4.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import RiskAnswer, RiskFlag
from provider_desk.services import saving
from provider_desk.services.casework.caring.risk import open_flags
from provider_desk.services.desk import Desk
from provider_desk.services.saying import day, label
from provider_desk.store.store import Deed

_LEVEL = "WATCH"


def answer_risk_item(
    desk: Desk,
    deed: Deed,
    score_id: str,
    client_id: str,
    done: str,
    why: str,
    on: date,
) -> RiskAnswer:
    """Record what was done, and see that a risk flag stands.

    Where a flag stands already the answer is linked to the gravest one, whose review
    is brought forward where it lies later; otherwise a flag to watch is raised. When
    it is looked at again follows from what was done [ours].

    Args:
        desk: who saves the score.
        deed: the transaction that saves it.
        score_id: of the measure.
        client_id: whose it is; the caller has made sure that they are in the caseload.
        done: code of risk_answer.
        why: why it could not be followed up; "" otherwise.
        on: the day on which the measure was filled in.

    Raises:
        NotValid: nothing says what was done, or the reason is missing; the field is
            "done" or "why".
    """
    chosen = choices("risk_answer").by_code.get(done)
    if chosen is None:
        said = "Say what was done about the answer to the risk item."
        raise NotValid([Problem("done", said)])
    review = desk.today() + timedelta(int(chosen.flags["days"]))
    flag_id = _flag(desk, deed, client_id, done, on, review)
    given = {
        "score_id": score_id,
        "risk_flag_id": flag_id,
        "done": done,
        "why": why,
    }
    answer, _ = saving.add(desk, deed, RiskAnswer, given)
    return answer


def _flag(
    desk: Desk, deed: Deed, client_id: str, done: str, on: date, review: date
) -> str:
    standing = open_flags(deed, client_id)
    if standing:
        flag = standing[0]
        if flag.review_on is None or flag.review_on > review:
            sooner = {"review_on": max(review, flag.raised_on)}
            saving.change(desk, deed, RiskFlag, flag.id, sooner)
        return flag.id
    given: Mapping[str, Value] = {
        "client_id": client_id,
        "level": _LEVEL,
        "raised_on": on,
        "reason": f"The risk item of a measure filled in on {day(on)} was answered "
        f"above 0. {label('risk_answer', done)}.",
        "review_on": review,
    }
    return saving.add(desk, deed, RiskFlag, given)[0].id
