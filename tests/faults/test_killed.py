"""A process that is killed while it writes loses nothing that it had saved."""

from pathlib import Path

from tests.faults import drill_kills
from tests.faults.effort import Effort, Told


def test_no_saved_deed_is_lost_and_none_is_there_by_half(tmp_path: Path) -> None:
    told = drill_kills.run(tmp_path / "kills", Effort(seed=20180501, times=2))

    assert told.wrong == []
    assert told.counts["kills"] == 12
    assert told.counts["takeovers"] == 10
    assert told.counts["acknowledged"] > 20


def test_the_drill_sees_a_deed_that_was_never_saved(tmp_path: Path) -> None:
    effort = Effort(seed=1, times=1)
    scene = drill_kills.Scene(tmp_path / "desk", effort.chance())
    told = Told()
    scene.kill(1, told)
    with scene.said.open("a") as said:
        said.write("add 1 999999\nlook 1 999999\ndraft 1 999999\nchange 1 999999\n")

    scene.look(told)

    assert len(told.wrong) == 4
    assert all("lost" in wrong for wrong in told.wrong)
