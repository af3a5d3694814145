"""Every question of a return finds its rows by an index."""

from pathlib import Path

import pytest

from provider_desk.model.months import Month
from provider_desk.returns.facts.fact import Scope, asked
from provider_desk.returns.facts.registry import FACTS
from tests.builders.made_returns import TODAY, rows_with
from tests.builders.record_desks import CONTRACT

YEAR = Month(2026, 3).year_so_far()

#: Read through once, from an index that holds all that is asked for.
COVERED = ("waiting_entry USING COVERING INDEX", "episode USING COVERING INDEX")

#: Names of the questions' own small tables, and the few rows of capacity.
SMALL = {"list", "candidates", "cases", "closed", "measured", "pairs", "ends"}
SMALL |= {"taken", "weighed", "seen", "mine", "ended", "told", "came", "fact"}
SMALL |= {"capacity", "(subquery", "CONSTANT", "k", "m", "e"}


@pytest.mark.parametrize("name", FACTS)
def test_no_table_is_read_from_end_to_end(tmp_path: Path, name: str) -> None:
    fact = FACTS[name]
    sql, params = asked(fact, Scope(CONTRACT, YEAR, TODAY))
    keys = ", ".join(("area", "month", *fact.columns, *fact.values))
    with rows_with(tmp_path) as rows:
        plan = rows.rows(
            f"EXPLAIN QUERY PLAN {sql} SELECT {keys}, count(*) FROM fact "
            f"GROUP BY {keys}",
            params,
        )
    scans = [row[3].removeprefix("SCAN ") for row in plan if row[3].startswith("SCAN")]
    for scan in scans:
        words = {word.split("-")[0] for word in scan.split()}
        assert scan.startswith(COVERED) or (words & SMALL and "INDEX" not in words), (
            scan
        )


def test_sessions_are_counted_from_an_index_alone(tmp_path: Path) -> None:
    fact = FACTS["sessions"]
    sql, params = asked(fact, Scope(CONTRACT, YEAR, TODAY))
    keys = ", ".join(("area", "month", *fact.columns, *fact.who))
    with rows_with(tmp_path) as rows:
        plan = rows.rows(f"EXPLAIN QUERY PLAN {sql} SELECT {keys} FROM fact", params)
    searches = [row[3] for row in plan if row[3].startswith("SEARCH")]
    assert len(searches) == 2
    assert all("USING COVERING INDEX" in search for search in searches)
