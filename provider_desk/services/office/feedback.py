"""Feedback: what people said, what changed, whether they were told. It names nobody.

Source: practices, P48.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Contract, Feedback
from provider_desk.services import saving, telling_who
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries import office as questions
from provider_desk.store.records import get

#: Words in which a name may stand.
_WORDS = ("heard", "what_changed")
#: More than a service hears in ten years.
_MOST = 2_000


@needs(Permission.RECORD_FEEDBACK)
def feedback(desk: Desk) -> list[Feedback]:
    """Everything that was heard: what changed nothing yet first, then the newest."""
    with desk.store.reading() as rows:
        return questions.feedback(rows, most=_MOST)


@needs(Permission.RECORD_FEEDBACK)
def record_feedback(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Record what was heard.

    Raises:
        NotValid: a value or a rule stops it, or the words name somebody.
    """
    with desk.store.writing("record feedback", by=desk.user.id) as deed:
        given = {"heard_on": desk.today(), **values}
        if given.get("contract_id"):
            get(deed, Contract, str(given["contract_id"]))
        more = telling_who.problems(desk, deed, given, _WORDS)
        row, warnings = saving.add(desk, deed, Feedback, given, more)
        return row.id, saving.done(deed, "Feedback recorded.", warnings)


@needs(Permission.RECORD_FEEDBACK)
def change_feedback(
    desk: Desk, feedback_id: str, values: Mapping[str, Value]
) -> Changed:
    """Say what changed and whether people were told, or put the words right.

    Raises:
        NotValid: a value or a rule stops it, or the words name somebody.
        NotFound: it is not on the desk.
    """
    with desk.store.writing("change feedback", by=desk.user.id) as deed:
        given = dict(values)
        if given.get("what_changed") and not given.get("changed_on"):
            given["changed_on"] = desk.today()
        more = telling_who.problems(desk, deed, given, _WORDS)
        _, warnings = saving.change(desk, deed, Feedback, feedback_id, given, more)
        return saving.done(deed, "Feedback saved.", warnings)


@needs(Permission.RECORD_FEEDBACK)
def take_back_feedback(desk: Desk, feedback_id: str, reason: str) -> Changed:
    """Take back what was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
        NotFound: it is not on the desk.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back feedback", by=desk.user.id) as deed:
        get(deed, Feedback, feedback_id)
        deed.retire(Feedback, feedback_id, reason.strip())
        return saving.done(deed, "Feedback taken back.")
