"""Scores of outcome measures: by their questions or as a total, put right, taken back.

A positive answer to a measure's risk item is not saved without what was done about it.
Every deed stops with NotFound where the person is outside the caseload. Source: domain
reference, B10, D1, D4; practices, P22.
"""

from collections.abc import Mapping, Sequence

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.instruments import by_items, instruments
from provider_desk.model.item_scores import (
    RISK_NOT_KNOWN,
    ItemScore,
    asks_for_action,
    read_answers,
    risk_item_asks_for_action,
    scored,
    total_words,
    written,
)
from provider_desk.model.measure_rules import too_many_missing
from provider_desk.model.outcome_measures import OWN_SCALE
from provider_desk.model.records import Referral, RiskAnswer, Score
from provider_desk.services import saving
from provider_desk.services.casework.caring.risk_answers import answer_risk_item
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label, sentences
from provider_desk.store.records import find
from provider_desk.store.store import Deed

#: One answer for each question, None where none was given; () for a total only.
Answers = Sequence[int | None]

#: What follows from the answers, or from a total and its risk item.
_FOLLOWS = ("items", "total", "missing", "tenths", "risk_item")
#: A correction of any of these asks about the risk item again.
_WEIGHED = frozenset({"instrument", "total", "risk_item"})

_ASKS_ALL_THE_SAME = (
    "What was said to the risk item asks for action all the same: record a risk flag."
)
_ASK_IT = "Question {number} is not known: ask it when you speak with the person."
_ASKED_WITH_TOTAL = (
    "Say what was answered to question {number}, or that it is not known."
)
#: Rows that are brought in without it are kept with a warning; whoever types it knows.
_WHICH_SCALE = (
    "Write which scale this is: without its name the number can't be compared with "
    "another."
)
_NOT_HERE = (
    "This answer asks for action. Use “Fill in a measure” for this score, which asks "
    "what was done about it."
)
_FLAG_STANDS = "A risk flag stands on the card."
_FLAG_STAYS = (
    "The risk flag that stands since then stays; end it where it is wrong too."
)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def add_score(
    desk: Desk,
    referral_id: str,
    values: Mapping[str, Value],
    *,
    answers: Answers = (),
    done: str = "",
    why: str = "",
) -> tuple[str, Changed]:
    """Record an outcome measure, by its questions or as a total.

    Args:
        desk: who records it.
        referral_id: whose measure.
        values: by field name; the total follows from the answers, where there are any.
            With a total alone, ``risk_item`` says what was answered to the risk item
            of a measure that has one.
        answers: to its questions.
        done: what was done about a positive risk item: code of ``risk_answer``.
        why: why that could not be followed up.

    Raises:
        NotValid: a value or a rule stops it; too many questions are without an answer;
            nobody said what was done about the risk item ("done", "why").
    """
    with desk.store.writing("add score", by=desk.user.id) as deed:
        referral = caseload.within(desk, deed, Referral, referral_id)
        given = {"scored_on": desk.today(), **values, "referral_id": referral_id}
        given, risk = _filled_in(given, answers)
        score, warnings = saving.add(desk, deed, Score, given)
        if risk:
            _say_what_was_done(desk, deed, referral.client_id, score, done, why)
        flag = _FLAG_STANDS if risk else ""
        said = sentences(f"{_named(score)}.", _still_to_ask(score), flag)
        return score.id, saving.done(deed, said, warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def correct_score(
    desk: Desk,
    score_id: str,
    values: Mapping[str, Value],
    reason: str,
    *,
    answers: Answers | None = None,
    done: str = "",
    why: str = "",
) -> Changed:
    """Put a score right by an addendum; what it said before stays in its history.

    Args:
        desk: who corrects it.
        score_id: the score.
        values: what differs, by field name.
        reason: why.
        answers: as they should be, () for a total only; None leaves them alone.
        done: as ``add_score`` takes it, where the risk item is positive now and was
            not, or nothing was said of it before.
        why: as ``add_score`` takes it.

    Raises:
        NotValid: as ``add_score``, or the reason is missing.
    """
    kept = {name: value for name, value in values.items() if name != "referral_id"}
    with desk.store.writing("correct score", desk.user.id) as deed:
        before = caseload.within(desk, deed, Score, score_id)
        risk = False
        weighed = answers is not None or (not before.items and bool(_WEIGHED & {*kept}))
        if weighed:
            whole, risk = _filled_in({**before.values(), **kept}, answers or ())
            kept |= {name: whole[name] for name in _FOLLOWS}
        score, warnings = saving.put_right(desk, deed, Score, score_id, kept, reason)
        told = find(deed, RiskAnswer, score_id=score_id)
        if risk and not (told and _asked_for_action(before)):
            referral = caseload.within(desk, deed, Referral, before.referral_id)
            _say_what_was_done(desk, deed, referral.client_id, score, done, why)
        flagged = any(each.risk_flag_id for each in told)
        stays = weighed and not risk and flagged
        said = sentences("Score put right.", _FLAG_STAYS if stays else "")
        return saving.done(deed, said, warnings)


def _asked_for_action(score: Score) -> bool:
    """Whether the risk item of a score as it stands asks for action."""
    instrument = by_items(score.instrument)
    if instrument is None or not score.items:
        return risk_item_asks_for_action(score.risk_item)
    return asks_for_action(instrument, read_answers(score.items))


def _still_to_ask(score: Score) -> str:
    """What is to be asked of a total without its answers, "" for nothing."""
    if score.risk_item != RISK_NOT_KNOWN:
        return ""
    return _ASK_IT.format(number=instruments()[score.instrument].risk_item)


def without_risk(values: Mapping[str, Value]) -> dict[str, Value]:
    """Values of a total that is typed where nothing can be said about a risk.

    Raises:
        NotValid: the risk item is not answered, or it asks for action.
    """
    filled, risk = _filled_in(values, ())
    if risk:
        raise saving.stop("risk_item", _NOT_HERE)
    return filled


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def take_back_score(desk: Desk, score_id: str, reason: str) -> Changed:
    """Take back a score that was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back score", desk.user.id) as deed:
        score = caseload.within(desk, deed, Score, score_id)
        why = saving.why_of(desk, deed, score, reason)
        told = find(deed, RiskAnswer, score_id=score_id)
        for each in told:
            deed.retire(RiskAnswer, each.id, why)
        deed.retire(Score, score_id, why)
        flagged = any(each.risk_flag_id for each in told)
        said = sentences("Score taken back.", _FLAG_STAYS if flagged else "")
        return saving.done(deed, said)


def _named(score: Score) -> str:
    name = score.scale_name or label("outcome_measure", score.instrument)
    return f"{name} saved: {total_words(score.instrument, score.total, score.tenths)}"


def _filled_in(
    values: Mapping[str, Value], answers: Answers
) -> tuple[dict[str, Value], bool]:
    """Values with what the answers come to; whether the risk item asks for action.

    Raises:
        NotValid: the measure is not asked by questions here, or too many answers are
            missing, or one is out of range.
    """
    if not answers:
        return _total_alone(values)
    code = str(values.get("instrument") or "")
    found = _scored(code, answers)
    if found.total is None:
        problem = too_many_missing(code, found.missing)
        if found.risk:
            problem = Problem("items", sentences(problem.text, _ASKS_ALL_THE_SAME))
        raise NotValid([problem])
    filled: dict[str, Value] = {
        **values,
        "items": written(answers),
        "total": found.total,
        "missing": found.missing,
        "tenths": found.tenths,
        "risk_item": None,
    }
    return filled, found.risk


def _total_alone(values: Mapping[str, Value]) -> tuple[dict[str, Value], bool]:
    """The same of a total that was typed: its risk item is asked beside it.

    Raises:
        NotValid: it was not answered, or nobody says of which scale the total is.
    """
    if values.get("instrument") == OWN_SCALE and not values.get("scale_name"):
        raise saving.stop("scale_name", _WHICH_SCALE)
    cleared = {"items": "", "missing": None, "tenths": None, "risk_item": None}
    filled: dict[str, Value] = {"total": None, **values, **cleared}
    instrument = instruments().get(str(values.get("instrument") or ""))
    if instrument is None or not instrument.risk_item or filled["total"] is None:
        return filled, False
    # A total of nothing has nothing in it.
    said = values.get("risk_item") or ("0" if filled["total"] == 0 else None)
    if said is None:
        text = _ASKED_WITH_TOTAL.format(number=instrument.risk_item)
        raise saving.stop("risk_item", text)
    filled["risk_item"] = said
    return filled, risk_item_asks_for_action(str(said))


def _scored(code: str, answers: Answers) -> ItemScore:
    instrument = by_items(code)
    if instrument is None:
        raise saving.stop("instrument", "Choose a measure that has questions here.")
    try:
        return scored(instrument, answers)
    except ValueError as error:
        text = (
            f"This measure has {len(instrument.items)} questions with answers from 0 "
            f"to {instrument.highest}."
        )
        raise saving.stop("items", text) from error


def _say_what_was_done(
    desk: Desk, deed: Deed, client_id: str, score: Score, done: str, why: str
) -> None:
    on = score.scored_on
    answer_risk_item(desk, deed, score.id, client_id, done, why, on)
