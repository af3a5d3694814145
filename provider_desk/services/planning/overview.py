"""What the desk itself says about demand and capacity, by contract and area.

Counted by the return's own questions, so that planning and return never tell two
stories. Source: practices, P31 to P36; monthly return, §2.
"""

from dataclasses import dataclass
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.progress import Stopped, never
from provider_desk.returns.history import History, history
from provider_desk.returns.table import AreaName
from provider_desk.services.desk import Desk
from provider_desk.services.planning.own_figures import Own, own_figures
from provider_desk.services.rights.permissions import Permission, needs

#: Referrals, waiting, live, and closures with how they ended. Source: practices, P36.
SHOWN = (("A1", ""), ("B1", ""), ("C2", ""), ("D1", "planned"), ("D1", "unplanned"))

#: What else is needed to fill in a scenario.
_ALSO = (("C1", ""), ("A3", ""), ("A4", ""), ("B4", ""), ("D3", ""))

#: Age on the day of referral. Source: practices, P37.
AGES = (("A8", "under 18"), ("A8", "18-24"), ("A8", "25+"))

#: Months on a chart, and months that rates are taken from.
CHART, YEAR, QUARTER = 13, 12, 3


@dataclass(frozen=True, slots=True)
class Overview:
    """A contract's demand and capacity.

    Attributes:
        contract_id: whose.
        today: the day it was asked.
        areas: the contract's areas, and their sum where there are several.
        full: the thirteen months that are over, oldest first.
        told: their figures, and those of the month that is still running; its sums
            are of the last twelve full months.
        own: area → what a scenario is filled in with.
    """

    contract_id: str
    today: date
    areas: tuple[AreaName, ...]
    full: tuple[Month, ...]
    told: History
    own: dict[str, Own]


@needs(Permission.PLAN)
def overview(desk: Desk, contract_id: str, cancelled: Stopped = never) -> Overview:
    """Count what planning begins with.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
        Cancelled: the person stopped it.
    """
    today = desk.today()
    now = Month.of(today)
    full = tuple(now.plus(back) for back in range(-CHART, 0))
    with desk.store.reading() as rows:
        told = history(
            rows, contract_id, (*SHOWN, *_ALSO, *AGES), (*full, now),
            made_on=today, summed=full[-YEAR:], cancelled=cancelled,
        )  # fmt: skip
        quarter = history(
            rows, contract_id, (("C3", ""), ("C10", "")), full[-QUARTER:],
            made_on=today, cancelled=cancelled,
        )  # fmt: skip
        own = {
            area.code: own_figures(rows, area.code, contract_id, told, quarter)
            for area in told.areas
        }
    return Overview(contract_id, today, told.areas, full, told, own)
