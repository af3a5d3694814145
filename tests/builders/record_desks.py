"""Encrypted stores of invented records, and cases told step by step."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Record
from provider_desk.model.ids import new_id
from provider_desk.model.records import (
    Client,
    Closure,
    Contract,
    ContractArea,
    Episode,
    OpeningBalance,
    Provider,
    Referral,
    Session,
    WaitingContact,
    WaitingEntry,
)
from provider_desk.store.store import Store

CONTRACT = "c" * 32
OTHER_CONTRACT = "d" * 32
AREAS = ("PES_YP", "PES_AD", "THER")


@contextmanager
def desk_of(folder: Path, records: Iterable[Record]) -> Iterator[Store]:
    """An encrypted store in a folder that holds these records."""
    clock = FixedClock.on(date(2026, 4, 2))
    store = Store.create(folder, bytes(range(32)), clock, "e" * 32)
    try:
        with store.writing("bring in") as deed:
            deed.add_all(records)
        yield store
    finally:
        store.close()


def service(
    *areas: str, contract_id: str = CONTRACT, begin: date | None = None
) -> list[Record]:
    """A provider with one contract for these areas."""
    return [
        Provider(name="Invented Service", code="invented", records_begin_on=begin),
        Contract(id=contract_id, reference="C-1", title="Support"),
        *(ContractArea(contract_id=contract_id, area=area) for area in areas),
    ]


class Case:
    """One person's case in one area, told step by step."""

    def __init__(
        self,
        received: date,
        *,
        area: str = "THER",
        client: Client | None = None,
        source: str = "SELF",
    ) -> None:
        self.client = client or Client(code="P", born_on=date(1990, 1, 1))
        self.records: list[Record] = [] if client else [self.client]
        self._received = received
        self._area = area
        self._source = source
        self.referral_id = new_id()
        self.episode_id = new_id()
        self._decision: tuple[str, date | None] = ("PENDING", None)
        self._list: WaitingEntry | None = None

    def accepted(self, on: date | None = None, **left: object) -> "Case":
        """Accepted, and on the list; how it was left, if it was."""
        day = on or self._received
        self._decision = ("ACCEPTED", day)
        self.records.append(
            WaitingEntry(referral_id=self.referral_id, accepted_on=day, **left)  # type: ignore[arg-type]
        )
        return self

    def started(self, on: date) -> "Case":
        """The first attended session."""
        self.records.append(
            Episode(id=self.episode_id, referral_id=self.referral_id, started_on=on)
        )
        return self

    def closed(self, on: date, reason: str = "COMPLETED") -> "Case":
        """Closed, with its last day."""
        self.records.append(
            Closure(episode_id=self.episode_id, closed_on=on, reason=reason)
        )
        return self

    def session(
        self, on: date, attendance: str = "ATT", kind: str = "THERAPY"
    ) -> "Case":
        """A session on a day."""
        self.records.append(
            Session(
                referral_id=self.referral_id,
                episode_id=self.episode_id,
                held_on=on,
                type=kind,
                attendance=attendance,
            )
        )
        return self

    def called(self, on: date, result: str = "SPOKE") -> "Case":
        """A contact while waiting."""
        self.records.append(
            WaitingContact(
                referral_id=self.referral_id, held_on=on, method="PHONE", result=result
            )
        )
        return self

    def all(self) -> Iterator[Record]:
        """The referral and everything that hangs on it."""
        decision, decided = self._decision
        yield Referral(
            id=self.referral_id,
            client_id=self.client.id,
            contract_id=CONTRACT,
            area=self._area,
            received_on=self._received,
            source=self._source,
            decision=decision,
            decided_on=decided,
        )
        yield from self.records


def balance(area: str, on: date, *numbers: int) -> OpeningBalance:
    """An opening balance: awaiting, waiting, live."""
    awaiting, waiting, live = numbers
    return OpeningBalance(
        contract_id=CONTRACT,
        area=area,
        on=on,
        awaiting=awaiting,
        waiting=waiting,
        live=live,
    )
