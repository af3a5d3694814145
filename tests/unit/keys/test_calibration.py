"""How much a guess costs is measured, between a floor and a ceiling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys import calibration
from provider_desk.keys.calibration import calibrated
from provider_desk.keys.slots import FLOOR, MOST


def test_without_a_target_it_is_the_floor() -> None:
    assert calibrated(0) == FLOOR


def test_a_pc_that_has_no_time_gets_the_floor() -> None:
    assert calibrated(0.001) == FLOOR


def test_a_pc_that_has_all_the_time_gets_the_most() -> None:
    found = calibrated(60_000)

    assert found.memory_kib == MOST.memory_kib
    assert (found.passes, found.lanes) == (FLOOR.passes, FLOOR.lanes)


@given(took=st.floats(0.01, 100_000), target=st.floats(0.01, 100_000))
def test_what_is_chosen_is_always_allowed(took: float, target: float) -> None:
    assert calibration._fitting(FLOOR, took, target).allowed


@pytest.mark.parametrize(
    ("took", "mebibytes"), [(300, 64), (150, 128), (100, 192), (10, 256), (600, 64)]
)
def test_memory_follows_the_time_that_the_floor_takes(
    took: float, mebibytes: int
) -> None:
    assert calibration._fitting(FLOOR, took, 300).memory_kib == mebibytes * 1024


def test_it_measures_when_it_is_asked() -> None:
    assert calibration._milliseconds(FLOOR) > 1
