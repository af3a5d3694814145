"""How much a guess of a password costs on this PC. Source: security design, §2.2."""

import secrets
import time
from dataclasses import replace

from provider_desk.keys.boxes import SALT_BYTES
from provider_desk.keys.slots import FLOOR, MOST, Cost, stretched

#: How long stretching a password may take, in milliseconds. 0: always the floor.
TARGET_MS = 300

_STEP_KIB = 16 * 1024


def calibrated(target_ms: float | None = None) -> Cost:
    """The cost that takes about the target on this PC, measured now.

    Memory alone is raised, in steps of 16 MiB: never below the floor (64 MiB, 3
    passes, 4 lanes), never above 256 MiB. It measures the floor, and once more what it
    would choose: memory beyond a processor's cache costs more than in proportion.

    Args:
        target_ms: milliseconds; ``TARGET_MS`` where it is left out.
    """
    target = TARGET_MS if target_ms is None else target_ms
    if target <= 0:
        return FLOOR
    cost = _fitting(FLOOR, _milliseconds(FLOOR), target)
    if cost == FLOOR:
        return cost
    return _fitting(cost, _milliseconds(cost), target)


def _fitting(cost: Cost, took: float, target: float) -> Cost:
    """The cost whose time is the target, where time goes with memory."""
    steps = int(cost.memory_kib * target / max(took, 1.0)) // _STEP_KIB
    memory = min(max(steps * _STEP_KIB, FLOOR.memory_kib), MOST.memory_kib)
    return replace(FLOOR, memory_kib=memory)


def _milliseconds(cost: Cost) -> float:
    before = time.perf_counter()
    stretched("a password to measure with", secrets.token_bytes(SALT_BYTES), cost)
    return (time.perf_counter() - before) * 1000
