"""The power is cut at any moment: nothing that was said to be saved is lost."""

from pathlib import Path

import pytest

from tests.faults import drill_power_cut
from tests.faults.drill_power_cut import CARELESS, WRITERS, Writer
from tests.faults.effort import Effort
from tests.faults.recording import can_record

pytestmark = pytest.mark.skipif(
    bool(can_record()), reason=can_record() or "calls can be recorded"
)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.task)
def test_what_was_saved_is_there_and_nothing_is_half_there(
    tmp_path: Path, writer: Writer
) -> None:
    told = drill_power_cut.run(tmp_path / "cuts", Effort(20180501, times=1), [writer])

    assert told.wrong == []
    assert told.counts["cuts"] == drill_power_cut.CUTS
    assert told.counts["sayings held to"] > drill_power_cut.CUTS


@pytest.mark.parametrize("writer", CARELESS, ids=lambda each: each.task)
def test_a_writer_that_does_not_wait_for_the_disk_is_found_out(
    tmp_path: Path, writer: Writer
) -> None:
    told = drill_power_cut.run(tmp_path / "cuts", Effort(20180501, times=1), [writer])

    assert any("lost" in wrong for wrong in told.wrong)
