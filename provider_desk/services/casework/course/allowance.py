"""Sessions before a trial and after it: so many each, and more with a reason.

Counted are sessions that the person came to and that were put into the bucket. Nothing
is blocked. Source: domain reference, B8; practices, P28.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.records import Client, Provider, Referral, Session
from provider_desk.model.rows import Rows
from provider_desk.services.casework import starts
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries import course as questions
from provider_desk.store.records import find, get

#: Used where nothing is said of it in the settings.
USUAL = 8


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much of an allowance is used.

    Attributes:
        limit: sessions before a trial, and as many after.
        used: bucket, "PRE" or "POST" → sessions attended.
    """

    limit: int = USUAL
    used: Mapping[str, int] = field(default_factory=dict)

    def words(self, bucket: str) -> str:
        """“5 of 8 before trial”."""
        when = choices("trial").label(bucket).lower()
        return f"{self.used.get(bucket, 0)} of {self.limit} {when}"

    def is_over(self, bucket: str) -> bool:
        """Whether more were attended than were agreed."""
        return self.used.get(bucket, 0) > self.limit

    def is_used(self, bucket: str) -> bool:
        """Whether one more would be more than was agreed."""
        return self.used.get(bucket, 0) >= self.limit


@needs(Permission.SEE_OWN)
def allowance(desk: Desk, referral_id: str) -> Allowance:
    """How much of its allowance a referral has used.

    Raises:
        NotFound: the referral is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        caseload.within(desk, rows, Referral, referral_id)
        return of_referral(rows, referral_id)


def of_referral(rows: Rows, referral_id: str) -> Allowance:
    """As ``allowance``, in a transaction that is open."""
    return Allowance(_limit(rows), questions.trial_sessions(rows, referral_id))


def usual_bucket(rows: Rows, referral_id: str) -> str | None:
    """Where the next session of a referral counts, as the ones before it did.

    After a trial that stays so; before a trial it does while a case is open.
    """
    used = questions.trial_sessions(rows, referral_id)
    if used.get("POST"):
        return "POST"
    if not used.get("PRE"):
        return None
    client = get(rows, Client, get(rows, Referral, referral_id).client_id)
    still_open = choices("criminal_justice_status").codes_where("open")
    return "PRE" if client.justice_status in still_open else None


def _limit(rows: Rows) -> int:
    """Sessions before a trial, and as many after, as the service agreed."""
    found = find(rows, Provider)
    return found[0].trial_sessions if found else USUAL


def past_it(rows: Rows, session: Session) -> list[Problem]:
    """A warning where a session goes past the allowance and nobody said why.

    Args:
        rows: the store, in which the session is saved already.
        session: as it was saved.
    """
    bucket = session.trial
    if not bucket or not starts.came(session.attendance) or session.trial_reason:
        return []
    held = of_referral(rows, session.referral_id)
    if not held.is_over(bucket):
        return []
    # Sealed words count too: it is told only that they are there.
    stored = get(rows, Session, session.id)
    if stored.trial_reason or questions.has_trial_reason(
        rows, session.referral_id, bucket, session.id
    ):
        return []
    return [
        Problem(
            "trial_reason",
            f"{held.words(bucket)}: more sessions than agreed. Say why, once for all "
            "that follow; nothing stops them.",
            "warn",
        )
    ]
