"""Fixtures that all tests share: a clock, and a fresh encrypted store."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from provider_desk.keys import calibration
from provider_desk.model.clock import FixedClock
from provider_desk.model.ids import new_id
from provider_desk.services.desk import Desk
from provider_desk.store.store import Store
from tests.builders.casework import make_desk

for name, examples in (("dev", 50), ("ci", 200)):
    settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
        ],
    )
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(autouse=True, scope="session")
def _passwords_cost_the_floor() -> Iterator[None]:
    """New slots cost what is allowed at least; measuring the machine takes too long."""
    wanted, calibration.TARGET_MS = calibration.TARGET_MS, 0
    yield
    calibration.TARGET_MS = wanted


@pytest.fixture
def clock() -> FixedClock:
    """Nine in the morning (UTC) of 1 May 2018, and it stands still."""
    return FixedClock.on(date(2018, 5, 1))


@pytest.fixture
def key() -> bytes:
    """A store's raw key."""
    return secrets.token_bytes(32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk's folder; not there yet, unless ``store`` is asked for too."""
    return tmp_path / "desk"


@pytest.fixture
def store(folder: Path, key: bytes, clock: FixedClock) -> Iterator[Store]:
    """A fresh encrypted store; its key costs no password."""
    made = Store.create(folder, key, clock, new_id())
    yield made
    made.close()


@pytest.fixture
def desk(folder: Path, clock: FixedClock) -> Iterator[Desk]:
    """An open desk of an invented provider: contract RMBC-2016, a manager signed in."""
    made = make_desk(folder, clock)
    yield made
    made.close()
