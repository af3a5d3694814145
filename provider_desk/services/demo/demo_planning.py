"""An invented needs analysis, estimates and forecasts for the demo desk.

Nothing in it is anybody's. It is drawn from its own source of chance.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from random import Random

from provider_desk.model.fields import Record
from provider_desk.model.ids import derived_id
from provider_desk.model.months import Month
from provider_desk.model.records import Estimate, Forecast, NeedModel
from provider_desk.services.planning.needs import published

#: Area → referrals expected in a year.
_EXPECTED = {"PES_YP": 26, "PES_AD": 34, "THER": 40}
#: Figure → about what is usual in an area, and how far a forecast goes to each side.
_USUAL = {"REFERRALS": (3, 2), "WAITING": (9, 4), "LIVE": (17, 5)}
_BACK = 8

_ID = Callable[..., str]


def planning_records(seed: int, today: date, desk_id: str) -> Iterator[Record]:
    """The planning of the demo desk.

    Args:
        seed: the same one draws the same.
        today: forecasts were said before it.
        desk_id: goes into the ids.
    """
    new_id = partial(derived_id, desk_id, "demo")
    contract_id = new_id("contract")
    yield NeedModel.made(
        {**published(), "made_on": today.replace(day=1)}, new_id("need")
    )
    april = Month.of(today).april
    for area, people in _EXPECTED.items():
        for back in (1, 0):
            first = april.plus(-12 * back)
            yield Estimate(
                id=new_id("estimate", area, str(back)),
                contract_id=contract_id,
                area=area,
                from_on=first.first_day,
                until_on=first.plus(11).last_day,
                people=people + 2 * (1 - back),
                source="Invented for the demo",
            )
    yield from _forecasts(seed, today, contract_id, new_id)


def _forecasts(
    seed: int, today: date, contract_id: str, new_id: _ID
) -> Iterator[Record]:
    """What was said in months before, each for the month after it."""
    now = Month.of(today)
    for back in range(_BACK, 0, -1):
        said, month = now.plus(-back), now.plus(1 - back)
        for area in _EXPECTED:
            for figure, (usual, wide) in _USUAL.items():
                words = ("forecast", area, figure, str(month))
                chance = Random(f"{seed} {' '.join(words)}")  # noqa: S311  (invented)
                middle = usual + chance.randint(-1, 2)
                yield Forecast(
                    id=new_id(*words),
                    contract_id=contract_id,
                    area=area,
                    figure=figure,
                    made_on=said.first_day,
                    month=str(month),
                    low=max(middle - wide, 0),
                    expected=middle,
                    high=middle + wide,
                    method="Invented for the demo.",
                )
