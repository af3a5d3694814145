"""The waiting list that was asked for last, as long as it is still true."""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.records import User
from provider_desk.model.waiting_rows import WaitingList
from provider_desk.services.casework import waiting
from provider_desk.services.desk import Desk

_Asked = tuple[User, date, date, str, str, Mapping[str, int]]


class LastList:
    """Hands the list back at once where no deed was done since it was read.

    Going to another place and back asks for the same list again; on a desk of 50,000
    people reading it takes most of a tenth of a second.
    """

    def __init__(self) -> None:
        self._held: tuple[_Asked, WaitingList] | None = None

    def ask(
        self, desk: Desk, as_of: date, *, contract_id: str = "", area: str = ""
    ) -> WaitingList:
        """As ``waiting.waiting_list``, which is asked where anything may differ.

        Raises:
            As ``waiting.waiting_list``.
        """
        # What had been written is asked for first: a deed that comes while the list is
        # read makes it be read again the next time.
        written = desk.store.written()
        asked = (desk.user, desk.today(), as_of, contract_id, area, written)
        held = self._held
        if held is not None and held[0] == asked:
            return held[1]
        found = waiting.waiting_list(desk, as_of, contract_id=contract_id, area=area)
        self._held = asked, found
        return found
