"""Who uses the service, as small figures.

Ages, other services, groups that are paid, and where support ends unplanned. Source:
practices, P16, P31, P37, P38.
"""

from dataclasses import dataclass

from provider_desk.planning.exact import percent, written
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import LineKey
from provider_desk.services.desk import Desk
from provider_desk.services.planning.overview import AGES, YEAR, Overview
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries import planning

AGE, SERVICES, GROUPS = "Age when referred", "Other services", "Groups"
ENDINGS = "Unplanned endings"

_AGE_WORDS = {"under 18": "Under 18", "18-24": "18 to 24", "25+": "25 and over"}
_PAID = {
    "Y": "Paid for by the contract",
    "N": "Not paid for by any contract",
    "": "Not in the register of groups",
}

_STAGES = {
    "START": "Before a second session",
    "CORE": "In core support",
    "STEP_DOWN": "In step-down",
}


@dataclass(frozen=True, slots=True)
class Small:
    """A small figure.

    Attributes:
        group: one of ``AGE``, ``SERVICES``, ``GROUPS``, ``ENDINGS``.
        words: what is counted.
        count: how many.
        of: of how many.
        unit: of both: "referrals".
    """

    group: str
    words: str
    count: int
    of: int
    unit: str

    @property
    def share(self) -> str:
        """For reading: "12/37 (32.4%)"; "0/0" where there is nothing to share."""
        said = f"{self.count:,}/{self.of:,}"
        return f"{said} ({written(percent(self.count, self.of))}%)" if self.of else said


@needs(Permission.PLAN)
def who_uses(desk: Desk, seen: Overview, area: str) -> list[Small]:
    """Ages and adult share at referral, use of other services, groups by who pays.

    And of the endings at each stage, how many were not planned.

    Args:
        desk: the open desk.
        seen: of the contract.
        area: code of the area, "ALL" for the sum.
    """
    areas = _within(seen, area)
    months = seen.full[-YEAR:]
    with desk.store.reading() as rows:
        services = planning.other_services(rows, seen.contract_id, areas, seen.today)
        groups = planning.group_work(
            rows, seen.contract_id, areas, months[0].first_day, months[-1].last_day
        )
        ended = planning.endings_by_stage(
            rows, seen.contract_id, areas, months[0].first_day, months[-1].last_day
        )
    return [
        *_ages(seen, area),
        *_services(services),
        *_groups(groups),
        *_endings(ended),
    ]


def _within(seen: Overview, area: str) -> tuple[str, ...]:
    if area != SUM:
        return (area,)
    return tuple(each.code for each in seen.areas if each.code != SUM)


def _ages(seen: Overview, area: str) -> list[Small]:
    def count(code: str, split: str = "") -> int:
        cell = seen.told.sums[LineKey(code, split, area)]
        return int(cell.value or 0) if cell is not None else 0

    by_age = {split: count(code, split) for code, split in AGES}
    known, everybody = sum(by_age.values()), count("A1")
    found = [
        Small(AGE, _AGE_WORDS[split], number, known, "referrals")
        for split, number in by_age.items()
    ]
    adults = known - by_age["under 18"]
    found.append(Small(AGE, "Adults: 18 and over", adults, known, "referrals"))
    if everybody > known:
        left = everybody - known
        found.append(Small(AGE, "Age not known", left, everybody, "referrals"))
    return found


def _services(found: dict[int, int]) -> list[Small]:
    people = sum(found.values())
    least = {1: "At least one other service", 2: "Two or more", 3: "Three or more"}
    return [
        Small(
            SERVICES,
            words,
            sum(count for used, count in found.items() if used >= number),
            people,
            "people in support",
        )
        for number, words in least.items()
    ]


def _groups(found: list[planning.GroupWork]) -> list[Small]:
    everything = sum(each.attendances for each in found)
    by_paid = {each.funded: each for each in found}
    return [
        Small(
            GROUPS,
            words,
            by_paid[code].attendances if code in by_paid else 0,
            everything,
            "attendances",
        )
        for code, words in _PAID.items()
        if code in by_paid or code
    ]


def _endings(found: dict[str, tuple[int, int]]) -> list[Small]:
    return [
        Small(ENDINGS, words, *found.get(stage, (0, 0)), "endings")
        for stage, words in _STAGES.items()
    ]
