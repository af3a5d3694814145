"""What a guess of a password costs, here and at most for a thief; and nobody lowers it.

The thief of the table holds the folder and the team secret: without the latter no guess
can be tried at all. The bound comes from memory: a guess reads and writes memory times
(3 x passes - 1) bytes, and a card has so much bandwidth.
Source: security design, §4.3 and §2.2.
"""

import hashlib
import json
import math
import time
from pathlib import Path

from provider_desk.keys import framing, password, roster, slots
from provider_desk.keys.calibration import calibrated
from provider_desk.keys.slots import FLOOR, Cost
from provider_desk.model.errors import DeskError
from tests.builders.keys import NAME, PASSWORD, real_desk
from tests.faults.effort import Effort, Told

#: Bytes a second.
CARDS = {"RTX 4090": 1_008e9, "H100": 3_350e9}
#: A list of leaked passwords.
LEAKED = 10**7

_YEAR_S = 365.25 * 24 * 3_600
_SALT = bytes(16)

#: Ways to make a guess cheaper: what somebody might write into the file.
CHEAPER: tuple[dict[str, object], ...] = (
    {"memory_kib": 19 * 1_024, "passes": 2, "lanes": 1},
    {"memory_kib": 8},
    {"memory_kib": FLOOR.memory_kib - 1},
    {"passes": 1},
    {"passes": 0},
    {"lanes": 1},
    {"memory_kib": -65_536},
    {"memory_kib": 1 << 40},
    {"passes": 1 << 30},
    {"name": "argon2i"},
    {"name": "pbkdf2"},
    {"name": None},
)


def run(place: Path, effort: Effort) -> Told:
    """Measure, and lower the cost in the file in every way."""
    told = Told()
    _measure(told)
    desk = real_desk(place / "desk")
    sound = (place / "desk" / roster.NAME).read_bytes()
    for _turn in effort:
        for cheaper in CHEAPER:
            changed = _with_cost(sound, cheaper)
            (place / "desk" / roster.NAME).write_bytes(changed)
            told.counts["ways to make a guess cheaper"] += 1
            try:
                desk.unlock(NAME, PASSWORD)
            except DeskError:
                continue
            told.wrong.append(f"a cheaper guess was accepted: {cheaper}")
    (place / "desk" / roster.NAME).write_bytes(sound)
    desk.unlock()
    return told


def _with_cost(sound: bytes, cheaper: dict[str, object]) -> bytes:
    """The roster with another cost in its slot, and a hash that fits."""
    body = json.loads(sound[4:-32])
    body["slots"][0]["kdf"].update(cheaper)
    text = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    whole = framing.head(framing.ROSTER) + text
    return whole + hashlib.sha256(whole).digest()


def _measure(told: Told) -> None:
    chosen = calibrated(300)
    for name, cost in (("at the floor", FLOOR), ("as chosen here", chosen)):
        words = f"{cost.memory_kib // 1_024} MiB, {cost.passes} passes"
        told.figures[f"one guess here {name} ({words}), ms"] = f"{_ms(cost):.0f}"
    count = len(password.words()) ** password.WORDS
    told.figures["bits of a generated password"] = f"{math.log2(count):.1f}"
    for card, bandwidth in CARDS.items():
        each = bandwidth / (FLOOR.memory_kib * 1_024 * (3 * FLOOR.passes - 1))
        told.figures[f"{card}: guesses a second, at most"] = f"{each:,.0f}"
        minutes = LEAKED / each / 60
        told.figures[f"{card}: list of 10 million, minutes"] = f"{minutes:.0f}"
        years = count / 2 / each / _YEAR_S
        told.figures[f"{card}: generated password, mean, years"] = f"{years:,.0f}"


def _ms(cost: Cost) -> float:
    took = []
    for _ in range(3):
        before = time.perf_counter()
        slots.stretched("a password to measure with", _SALT, cost)
        took.append((time.perf_counter() - before) * 1_000)
    return min(took)
