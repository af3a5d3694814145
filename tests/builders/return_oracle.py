"""The return's figures once more, in plain Python over records, to compare with.

Written from the definitions, without the program's SQL or its indicators: each
function here says in its own way what one code of the monthly return counts.
"""

from provider_desk.model.months import Month
from provider_desk.model.records import (
    Capacity,
    Referral,
)
from tests.builders.oracle_outcomes import Told
from tests.builders.oracle_records import Found, Held, both, days_of
from tests.builders.oracle_referrals import Referrals, Waiting
from tests.builders.oracle_support import Episodes, Sessions


class Oracle(Held):
    """Counts the figures of one contract."""

    def figures(self, areas: tuple[str, ...], month: Month) -> Found:
        """Every figure of some areas together, for one month."""
        within = {
            each.id: each
            for each in self._all(Referral)
            if each.contract_id == self._contract_id and each.area in areas
        }
        found: Found = {}
        Referrals(self, within, month).fill(found)
        Waiting(self, within, month).fill(found)
        Sessions(self, within, month).fill(found)
        Episodes(self, within, month).fill(found)
        Told(self, within, month).tell(areas, self._contract_id, found)
        self._capacity(areas, month, found)
        return found

    def quarter(self, areas: tuple[str, ...], month: Month) -> Found:
        """The same for the three months up to one; F2 as at the end of the last."""
        found: Found = {}
        for step in (-2, -1, 0):
            for key, worth in self.figures(areas, month.plus(step)).items():
                stock = key[0].startswith("F2")
                held = None if stock else found.get(key)
                found[key] = worth if held is None else both(held, worth)
        return found

    def _capacity(self, areas: tuple[str, ...], month: Month, found: Found) -> None:
        """Slots day by day: a seventh of the weekly slots of that day."""
        slots = []
        for area in areas:
            steps = sorted(
                (each.from_on, each.weekly_slots)
                for each in self._all(Capacity)
                if each.area == area and each.contract_id == self._contract_id
            )
            days = [
                [weekly for since, weekly in steps if since <= day][-1:]
                for day in days_of(month)
            ]
            if any(days):
                sevenths = sum(sum(each) for each in days)
                slots.append((2 * sevenths + 7) // 14)
        if slots:
            offered = found["C3", ""]
            assert isinstance(offered, int)
            found["C12", ""] = sum(slots)
            found["C12", "use"] = (offered, sum(slots))
