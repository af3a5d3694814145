"""An episode that can still be worked on, and undoing what was added to one."""

from provider_desk.model.fields import Record
from provider_desk.model.records import Episode
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework import starts
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.saying import day
from provider_desk.store.store import Deed


def open_episode(desk: Desk, rows: Rows, episode_id: str) -> Episode:
    """The episode, which must be of the caseload and not be closed.

    Raises:
        NotFound: it is not there, or of somebody outside the caseload.
        NotValid: it is closed.
    """
    episode = caseload.within(desk, rows, Episode, episode_id)
    closing = starts.closing_of(rows, episode_id)
    if closing is not None:
        raise saving.stop(
            "",
            f"This episode was closed on {day(closing.closed_on)}. Somebody who comes "
            "back gets a new referral; a closing by mistake is taken back.",
        )
    return episode


def retired(desk: Desk, deed: Deed, record: Record, reason: str) -> str:
    """Retire a record of an episode that was added by mistake.

    Returns:
        The reason as it is stored.

    Raises:
        NotValid: there is no reason.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    why = saving.why_of(desk, deed, record, reason)
    deed.retire(type(record), record.id, why)
    return why
