"""What must be known about all rows before the first one is planned."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.records import Client, Referral, Session
from provider_desk.spreadsheets.extract import Extract
from provider_desk.spreadsheets.rows import Draft, RowDraft
from provider_desk.spreadsheets.tidy import reference_key


class Hints:
    """Days of referrals and first sessions, by the provider's own references."""

    def __init__(self, extracts: Iterable[Extract]) -> None:
        self.received: defaultdict[str, list[date]] = defaultdict(list)
        self._attended: defaultdict[str, list[date]] = defaultdict(list)
        self._starting = frozenset(choices("session_type").codes_where("starts"))
        self._delivered = frozenset(choices("attendance").codes_where("delivered"))
        self.clients: dict[str, None] = {}
        self.referrals: dict[str, None] = {}
        for extract in extracts:
            for row in extract.rows:
                self._take(row)

    def starts(self, kind: object, attendance: object) -> bool:
        """Whether a session can be the first of an episode."""
        return kind in self._starting and attendance in self._delivered

    def first_attended(
        self, references: Iterable[str], first: date, before: date | None
    ) -> date | None:
        """The first attended session that starts support.

        Args:
            references: keys of the referral's reference and of the person's code.
            first: not before this day.
            before: of several referrals of a person, the day the next one came.
        """
        days = (
            d for reference in references for d in self._attended.get(reference, ())
        )
        fitting = [d for d in days if d >= first and (before is None or d < before)]
        return min(fitting, default=None)

    def _take(self, row: RowDraft) -> None:
        own = {type_: d for d in row.drafts if (type_ := d.layout.record_type.TABLE)}
        client = own.get(Client.TABLE)
        code = _text(client, "code") if client else ""
        referral = own.get(Referral.TABLE)
        for draft in row.drafts:
            self._note(draft.links.get("client", code), draft.links.get("referral", ""))
        if referral:
            reference = _text(referral, "reference")
            person = reference_key(referral.links.get("client", code))
            self._note(person, reference)
            received = referral.values.get("received_on")
            if isinstance(received, date) and person:
                insort(self.received[person], received)
        for draft in row.drafts:
            if draft.layout.record_type is Session:
                own_reference = _text(referral, "reference") if referral else ""
                self._session(draft, own_reference, code)

    def _session(self, draft: Draft, own_reference: str, code: str) -> None:
        held = draft.values.get("held_on")
        kind, attendance = draft.values.get("type"), draft.values.get("attendance")
        if not isinstance(held, date) or not self.starts(kind, attendance):
            return
        referral = reference_key(draft.links.get("referral", own_reference))
        person = reference_key(draft.links.get("client", code))
        name = f"referral {referral}" if referral else f"client {person}"
        insort(self._attended[name], held)

    def _note(self, client: str, referral: str) -> None:
        if client:
            self.clients[client] = None
        if referral:
            self.referrals[referral] = None


def _text(draft: Draft, name: str) -> str:
    return str(draft.values.get(name) or "")
