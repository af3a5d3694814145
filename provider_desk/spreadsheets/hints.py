"""What must be known about all rows before the first one is planned."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.records import Client, Referral, Session
from provider_desk.spreadsheets.extract import Extract
from provider_desk.spreadsheets.rows import Draft, RowDraft
from provider_desk.spreadsheets.tidy import key, reference_key


class Hints:
    """Days of referrals and first sessions, by the provider's own references."""

    def __init__(self, extracts: Iterable[Extract], *, starts_are_given: bool) -> None:
        self.received: defaultdict[str, list[date]] = defaultdict(list)
        self._attended: defaultdict[str, list[date]] = defaultdict(list)
        self._starting = frozenset(choices("session_type").codes_where("starts"))
        self._delivered = frozenset(choices("attendance").codes_where("delivered"))
        self.clients: dict[str, None] = {}
        self.referrals: dict[str, None] = {}
        self._starts_are_given = starts_are_given
        for extract in extracts:
            for row in extract.rows:
                self._take(row)
        self.clients.pop("", None)
        self.referrals.pop("", None)

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
        referral = row.draft(Referral)
        client = row.draft(Client)
        person = person_of(row) if client or referral else ""
        reference = _text(referral, "reference") if referral else ""
        if referral:
            self.referrals[reference] = None
            received = referral.values.get("received_on")
            if isinstance(received, date) and person:
                insort(self.received[person], received)
        self.clients[_text(client, "code") if client else ""] = None
        for draft in row.drafts:
            self.clients[draft.links.get("client", "")] = None
            self.referrals[draft.links.get("referral", "")] = None
            if draft.layout.record_type is Session and not self._starts_are_given:
                own = draft.links.get("referral", reference)
                linked = draft.links.get("client", "")
                self._session(draft, own, reference_key(linked) or person)

    def _session(self, draft: Draft, reference: str, person: str) -> None:
        held = draft.values.get("held_on")
        kind, attendance = draft.values.get("type"), draft.values.get("attendance")
        if not isinstance(held, date) or not self.starts(kind, attendance):
            return
        if reference:
            insort(self._attended[f"referral {reference_key(reference)}"], held)
        elif person:
            insort(self._attended[f"client {person}"], held)


def person_of(row: RowDraft) -> str:
    """What tells the person of a row from others: their code, or name and birthday."""
    client = row.draft(Client)
    if client is None:
        referral = row.draft(Referral)
        return reference_key(referral.links.get("client", "")) if referral else ""
    code = _text(client, "code")
    if code:
        return reference_key(code)
    return "\n".join(names_of(client))


def names_of(client: Draft) -> tuple[str, ...]:
    """Names and birthday of somebody who has no code, tidied."""
    names = ("given_names", "family_name", "known_as", "born_on")
    return tuple(key(_text(client, name)) for name in names)


def _text(draft: Draft, name: str) -> str:
    return str(draft.values.get(name) or "")
