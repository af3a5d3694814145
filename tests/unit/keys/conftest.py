"""A staffed desk's key files, made once and copied for each test."""

from pathlib import Path

import pytest

from tests.builders.keys import RealDesk, staffed_desk


@pytest.fixture(scope="session")
def staffed_once(tmp_path_factory: pytest.TempPathFactory) -> RealDesk:
    """Never changed: ``staffed`` is a copy of it."""
    return staffed_desk(tmp_path_factory.mktemp("staffed") / "desk")


@pytest.fixture
def staffed(staffed_once: RealDesk, tmp_path: Path) -> RealDesk:
    """A manager, a clinical lead, a counsellor and a caseworker."""
    return staffed_once.copied(tmp_path / "desk")
