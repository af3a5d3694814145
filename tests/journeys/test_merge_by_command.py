"""Several providers' returns put together on the command line, without a desk."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.services.returning import exporting
from tests.builders.issued_desks import SEPTEMBER, contract_id, service_desk
from tests.builders.processes import run


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Council returns of two invented services."""
    folder = tmp_path_factory.mktemp("services")
    return [
        path
        for number, name in enumerate(("Invented One", "Invented Two"), start=1)
        for path in exported(folder / str(number), number, name)
    ]


def exported(folder: Path, number: int, name: str) -> Iterator[Path]:
    desk = service_desk(folder / "desk", people=60 * number, seed=number, name=name)
    made = exporting.export(
        desk, contract_id(desk), SEPTEMBER, "council", folder, ("json",)
    )
    desk.store.close()
    yield from made.paths


def test_the_council_gets_its_scorecard_and_benchmark(
    returns: list[Path], tmp_path: Path
) -> None:
    done = run("merge", "--out", tmp_path, *returns)

    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.splitlines()] == [
        f"merged_2017-09_2_providers.{ending}"
        for ending in ("csv", "xlsx", "pdf", "json")
    ]
    with (tmp_path / "merged_2017-09_2_providers.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        live = {
            row["provider"]: int(row["value"])
            for row in csv.DictReader(file)
            if (row["indicator"], row["split"], row["area"]) == ("C2", "", "THER")
            and row["period"] == "2017-09"
        }
    assert set(live) == {"Invented One", "Invented Two", "2 providers"}
    assert live["2 providers"] == live["Invented One"] + live["Invented Two"]


def test_a_return_that_was_changed_stops_the_merge_and_nothing_is_written(
    returns: list[Path], tmp_path: Path
) -> None:
    changed = tmp_path / "changed.json"
    whole = json.loads(returns[0].read_text("utf-8"))
    whole["return"]["lines"][0]["months"][-1]["value"] = 995
    changed.write_text(json.dumps(whole), "utf-8")

    done = run("merge", "--out", tmp_path / "out", changed, returns[1])

    assert done.returncode == 1
    assert "changed.json" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_merge_is_not_merged_again(returns: list[Path], tmp_path: Path) -> None:
    run("merge", "--out", tmp_path, *returns)
    again = tmp_path / "merged_2017-09_2_providers.json"

    done = run("merge", "--out", tmp_path / "out", again, returns[0])

    assert done.returncode == 1
    assert "is itself a merge" in done.stderr


def test_a_file_that_is_not_there_is_named(returns: list[Path], tmp_path: Path) -> None:
    done = run("merge", "--out", tmp_path, tmp_path / "gone.json", returns[0])

    assert done.returncode == 1
    assert "gone.json" in done.stderr
