"""Wrong passwords one after the other."""

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys import tries
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NoKeyring, TooManyTries, WrongPassword


def fail(folder: Path, clock: FixedClock) -> None:
    with pytest.raises(WrongPassword), tries.counted(folder, clock):
        raise WrongPassword("wrong")


def wait_of(folder: Path, clock: FixedClock) -> int:
    with pytest.raises(TooManyTries) as refused, tries.counted(folder, clock):
        pytest.fail("it was tried")
    return refused.value.seconds


def test_five_tries_cost_nothing_and_then_each_costs_twice_as_much(
    tmp_path: Path, clock: FixedClock
) -> None:
    for _ in range(5):
        fail(tmp_path, clock)
    waits = []
    for _ in range(9):
        waits.append(wait_of(tmp_path, clock))
        clock.ms += waits[-1] * 1000
        fail(tmp_path, clock)

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_wait_is_not_over_a_moment_too_soon(
    tmp_path: Path, clock: FixedClock
) -> None:
    for _ in range(5):
        fail(tmp_path, clock)
    clock.ms += 999

    assert wait_of(tmp_path, clock) == 1


def test_signing_in_forgets_them_and_tells_how_many_there_were(
    tmp_path: Path, clock: FixedClock
) -> None:
    for _ in range(3):
        fail(tmp_path, clock)

    with tries.counted(tmp_path, clock) as before:
        pass

    assert before.failed == 3
    assert tries.read(tmp_path) == tries.Tries()
    assert not (tmp_path / tries.NAME).exists()


def test_a_try_counts_although_the_program_is_ended_meanwhile(
    tmp_path: Path, clock: FixedClock
) -> None:
    with tries.counted(tmp_path, clock):
        assert tries.read(tmp_path).failed == 1


def test_a_keyring_that_refuses_costs_no_try(tmp_path: Path, clock: FixedClock) -> None:
    fail(tmp_path, clock)

    with pytest.raises(NoKeyring), tries.counted(tmp_path, clock):
        raise NoKeyring("locked")

    assert tries.read(tmp_path).failed == 1


def test_a_clock_put_back_makes_nobody_wait_for_years(
    tmp_path: Path, clock: FixedClock
) -> None:
    for _ in range(7):
        clock.ms += 60_000
        fail(tmp_path, clock)
    clock.ms -= 365 * 86_400_000

    assert wait_of(tmp_path, clock) == 4
    clock.ms += 4_000
    fail(tmp_path, clock)


@given(st.binary(max_size=80))
def test_a_spoiled_file_keeps_nobody_out_and_gains_no_free_tries(
    tmp_path: Path, data: bytes
) -> None:
    (tmp_path / tries.NAME).write_bytes(data)
    clock = FixedClock(1_525_165_200_000)

    fail(tmp_path, clock)
    assert wait_of(tmp_path, clock) == 2


def test_a_folder_that_can_not_be_written_keeps_nobody_out(
    tmp_path: Path, clock: FixedClock
) -> None:
    gone = tmp_path / "gone"

    with tries.counted(gone, clock) as before:
        assert before.failed == 0


def refuse() -> None:
    raise WrongPassword("wrong")


def at_once(count: int, folder: Path, clock: FixedClock) -> int:
    """Wrong tries that begin at one moment; returns how many were made."""
    together, made = threading.Barrier(count), []

    def work() -> None:
        together.wait()
        try:
            with tries.counted(folder, clock):
                made.append(1)
                refuse()
        except (WrongPassword, TooManyTries):
            return

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(made)


def test_tries_made_at_one_moment_all_count(tmp_path: Path, clock: FixedClock) -> None:
    assert at_once(4, tmp_path, clock) == 4
    assert tries.read(tmp_path).failed == 4


def test_whoever_tries_many_at_once_wins_no_free_try(
    tmp_path: Path, clock: FixedClock
) -> None:
    assert at_once(24, tmp_path, clock) == tries.FREE
    assert tries.read(tmp_path).failed == tries.FREE


def test_a_try_that_is_given_back_takes_nobody_else_s_off_the_count(
    tmp_path: Path, clock: FixedClock
) -> None:
    def give_back() -> None:
        with tries.counted(tmp_path, clock):
            fail(tmp_path, clock)
            fail(tmp_path, clock)
            raise NoKeyring("locked")

    with pytest.raises(NoKeyring):
        give_back()

    assert tries.read(tmp_path).failed == 2


def test_a_lock_that_can_not_be_had_keeps_nobody_out(
    tmp_path: Path, clock: FixedClock
) -> None:
    (tmp_path / tries.LOCK).mkdir()

    fail(tmp_path, clock)

    assert tries.read(tmp_path).failed == 1
