"""From the provider's own references to the records that they mean."""

from datetime import date
from typing import TypeVar

from provider_desk.model.fields import Day, Record, field_map, fields_of
from provider_desk.model.records import BY_TABLE, Client, Contract, Referral
from provider_desk.spreadsheets.kept import Kept
from provider_desk.spreadsheets.plan_row import PlanRow, heading_of
from provider_desk.spreadsheets.rows import Draft
from provider_desk.spreadsheets.tidy import reference_key

R = TypeVar("R", bound=Record)

_CALLED = {"client": "person", "referral": "referral"}


class Referring:
    """Finds whom or what a row is about; what can't be found is noted in the row."""

    def __init__(self, kept: Kept) -> None:
        self._shelf = kept.shelf
        self._kept = kept

    def contract(self, planned: PlanRow, draft: Draft) -> Contract | None:
        """The contract that the row names, or the only one."""
        reference = draft.links.get("contract", "")
        contracts = self._kept.contracts
        if not reference and len(contracts) == 1:
            return next(iter(contracts.values()))
        if "contract" not in draft.layout.links:
            return self._contract_then(planned, draft)
        found = contracts.get(reference_key(reference))
        if found is None:
            heading = heading_of(draft, "contract")
            text = f"“{reference}” is not one of the layout's contracts."
            planned.wrong(heading, text if reference else "Contract is needed.")
        return found

    def _contract_then(self, planned: PlanRow, draft: Draft) -> Contract | None:
        """The contract that ran on the day when the referral was received."""
        received = draft.values.get("received_on")
        heading = heading_of(draft, "received_on")
        if not isinstance(received, date):
            label = field_map(Referral)["received_on"].kind.label
            planned.wrong(heading, f"{label} is needed.")
            return None
        for contract in self._kept.declared:
            if contract.runs_on(received):
                return self._kept.contracts[reference_key(contract.reference)]
        planned.wrong(
            heading,
            f"None of the layout's contracts runs on {received.day} {received:%B %Y}.",
        )
        return None

    def client(self, planned: PlanRow, draft: Draft) -> Client | None:
        """The person that the row names, or that it is about."""
        held = planned.held(Client.TABLE)
        code = draft.links.get("client", "")
        if isinstance(held, Client):
            return held
        if planned.row.has(Client):
            return None
        return self._named(planned, draft, Client, "client", code)

    def referral(self, planned: PlanRow, draft: Draft) -> Referral | None:
        """The referral that the row names, that it is about, or of its person."""
        reference = draft.links.get("referral", "")
        if reference:
            return self._named(planned, draft, Referral, "referral", reference)
        held = planned.held(Referral.TABLE)
        if isinstance(held, Referral):
            return held
        if planned.row.has(Referral):
            return None
        if draft.links.get("client", "") or planned.row.has(Client):
            client = self.client(planned, draft)
            return self._open_then(planned, draft, client) if client else None
        return self._named(planned, draft, Referral, "referral", "")

    def _open_then(
        self, planned: PlanRow, draft: Draft, client: Client
    ) -> Referral | None:
        """The person's newest referral that had been received on the row's day."""
        there = self._shelf.children(Referral, client.id)
        heading = heading_of(draft, "client")
        if not there:
            planned.wrong(heading, f"The person {client.code} has no referral.")
            return None
        there.sort(key=lambda referral: referral.received_on)
        day = _day_of(draft)
        before = [r for r in there if day is None or r.received_on <= day]
        newest = before[-1] if before else there[0]
        if sum(r.received_on == newest.received_on for r in there) > 1:
            planned.wrong(
                heading,
                f"The person {client.code} has two referrals of the same day: a column "
                "with the referral's reference is needed.",
            )
        return newest

    def _named(
        self,
        planned: PlanRow,
        draft: Draft,
        record_type: type[R],
        link: str,
        reference: str,
    ) -> R | None:
        row_id = self._shelf.id_of(record_type, reference) if reference else None
        found = self._shelf.get(record_type, row_id)
        if found is None:
            self._not_found(planned, draft, link, (record_type.TABLE, reference))
        return found

    def _not_found(
        self, planned: PlanRow, draft: Draft, link: str, at: tuple[str, str]
    ) -> None:
        heading = heading_of(draft, link)
        called = _CALLED[link]
        table, reference = at
        if not reference:
            planned.wrong(heading, f"It does not say which {called} it belongs to.")
            return
        if self._shelf.is_retired(self._shelf.id_of(BY_TABLE[table], reference)):
            planned.gone = f"the {called} was taken out on the desk"
            return
        aside = self._kept.aside.get((table, reference_key(reference)))
        if aside:
            planned.wrong(
                heading,
                f"It belongs to the {called} {reference}, which was set aside "
                f"({aside}). Correct that row too.",
            )
        else:
            planned.wrong(
                heading,
                f"There is no {called} {reference} in these files or on the desk.",
            )


def _day_of(draft: Draft) -> date | None:
    for field in fields_of(draft.layout.record_type):
        value = draft.values.get(field.name)
        if isinstance(field.kind, Day) and isinstance(value, date):
            return value
    return None
