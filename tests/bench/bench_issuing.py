"""How long issuing takes, and whether 22 months of both caseloads keep everybody safe.

    python -m tests.bench.bench_issuing

Every month from July 2016 to April 2018 is issued through the gate; then the outsider
attacks everything that was issued, year by year. The same for half a year of a small,
a usual and a large service of three areas. Source: disclosure, §6 (2, 10), §7.
"""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from provider_desk.model.months import Month
from provider_desk.services.desk import Desk
from provider_desk.services.returning import gate, issuing
from provider_desk.services.returning.choosing import contracts
from tests.builders.caseload_desks import FILES, caseload_desk
from tests.builders.issued_desks import service_desk

#: Seconds of processor time for one return, gate included, and for a whole chain.
_RETURN, _CHAIN = 3.0, 120.0
_FIRST, _MONTHS = Month(2016, 7), 22


def measured(name: str, desk: Desk, months: Sequence[Month]) -> bool:
    """Issue some months and attack the chain; whether the limits are kept."""
    contract_id = contracts(desk)[0].id
    taken = []
    for month in months:
        begun = time.process_time()
        issuing.issue(desk, contract_id, month)
        taken.append(time.process_time() - begun)
    begun = time.process_time()
    verdict = gate.check_chain(desk, contract_id)
    chain = time.process_time() - begun
    if verdict is None:
        return False
    print(
        f"{name:24} {len(taken):2} returns, slowest {max(taken):.2f} s, all "
        f"{sum(taken):.1f} s; chain {chain:.1f} s, {verdict.tried:,} attacked, "
        f"{verdict.disclosed} disclosed"
    )
    good = verdict.disclosed == 0 and "not right" not in verdict.said
    return good and max(taken) <= _RETURN and chain <= _CHAIN


def main() -> int:
    """Measure; 1 where a limit is not kept."""
    good = True
    for provider in FILES:
        with tempfile.TemporaryDirectory() as folder:
            desk = caseload_desk(Path(folder), provider)
            months = [_FIRST.plus(step) for step in range(_MONTHS)]
            good &= measured(provider, desk, months)
            desk.close()
    for people in (30, 120, 600):
        with tempfile.TemporaryDirectory() as folder:
            areas = ("PES_YP", "PES_AD", "THER")
            desk = service_desk(Path(folder) / "desk", people=people, areas=areas)
            months = list(Month(2017, 9).year_so_far())
            good &= measured(f"{people} referrals, 3 areas", desk, months)
            desk.close()
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
