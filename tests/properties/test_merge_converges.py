"""Several PCs write, hear of each other in any order, and end up with one truth.

Each PC knows a set of ops, and has a clock of its own that may be years wrong. It
writes with the heads that it knows as bases, as the store does.
"""

import random
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from provider_desk.changes import hlc
from provider_desk.changes.hlc import Stamp
from provider_desk.changes.merge import Cell, heads, row_as_shown, winners
from provider_desk.changes.op import Op, row_text, value_text

COLUMNS = ("name", "phone", "deleted")
ROWS = ("p", "q")
MS = 1_525_165_200_000
YEAR_MS = 365 * 24 * 60 * 60 * 1000


@dataclass
class Pc:
    """One copy of the desk."""

    device: str
    skew_ms: int
    known: dict[Stamp, Op] = field(default_factory=dict)
    last: Stamp = hlc.NEVER

    def write(self, row: str, column: str, text: str, now: int) -> None:
        """Change a cell, or make the row where this PC does not know it."""
        mine = [op for op in self.known.values() if op.row == row]
        self.last = hlc.send(self.last, now + self.skew_ms, self.device)
        if all(op.column is not None for op in mine):
            op = Op(self.last, "client", row, None, row_text({column: text}))
        else:
            standing = heads(mine).get(Cell("client", row, column))
            made = [op for op in mine if op.column is None]
            bases = frozenset(op.hlc for op in standing or made)
            op = Op(self.last, "client", row, column, value_text(text), bases)
        self.known[op.hlc] = op

    def hear(self, other: "Pc", now: int) -> None:
        """Take in all that another PC knows."""
        for stamp, op in other.known.items():
            if stamp not in self.known:
                self.last = hlc.receive(
                    self.last, stamp, now + self.skew_ms, self.device
                )
            self.known[stamp] = op


@st.composite
def histories(draw: st.DrawFn) -> list[Pc]:
    """Up to four PCs after some writing and hearing."""
    skews = draw(
        st.lists(
            st.sampled_from([0, 0, 40_000, -YEAR_MS, YEAR_MS]), min_size=2, max_size=4
        )
    )
    pcs = [Pc(f"{number:016x}", skew) for number, skew in enumerate(skews)]
    number = st.integers(0, len(pcs) - 1)
    steps = draw(
        st.lists(
            st.one_of(
                st.tuples(number, st.sampled_from(ROWS), st.sampled_from(COLUMNS)),
                st.tuples(number, number),
            ),
            max_size=25,
        )
    )
    for at, step in enumerate(steps):
        if len(step) == 2:
            pcs[step[0]].hear(pcs[step[1]], MS + at)
        else:
            pcs[step[0]].write(step[1], step[2], f"value {at}", MS + at)
    return pcs


def all_ops(pcs: list[Pc]) -> list[Op]:
    return [op for pc in pcs for op in pc.known.values()]


@given(histories(), st.randoms(use_true_random=False))
def test_order_does_not_count(pcs: list[Pc], chance: random.Random) -> None:
    ops = all_ops(pcs)
    shuffled = list(ops)
    chance.shuffle(shuffled)

    assert heads(shuffled) == heads(ops)
    assert winners(shuffled) == winners(ops)


@given(histories())
def test_hearing_twice_changes_nothing(pcs: list[Pc]) -> None:
    ops = all_ops(pcs)

    assert winners(ops + ops) == winners(ops)


@given(histories())
def test_all_who_heard_everything_show_the_same(pcs: list[Pc]) -> None:
    for _ in range(2):
        for one in pcs:
            for other in pcs:
                one.hear(other, MS)

    shown = [winners(pc.known.values()) for pc in pcs]
    assert all(each == shown[0] for each in shown)


@given(histories())
def test_what_somebody_has_knowingly_replaced_never_shows(pcs: list[Pc]) -> None:
    ops = {op.hlc: op for op in all_ops(pcs)}
    for cell, standing in heads(ops.values()).items():
        replaced = {
            base
            for op in ops.values()
            if (op.row, op.column) == (cell.row, cell.column)
            for base in op.bases
        }

        assert not replaced & {op.hlc for op in standing}


@given(histories())
def test_every_cell_of_a_known_row_has_a_head(pcs: list[Pc]) -> None:
    assert all(heads(all_ops(pcs)).values())


@given(histories())
def test_a_pc_sees_its_own_last_edit(pcs: list[Pc]) -> None:
    pc = pcs[0]
    pc.write("p", "name", "the last", MS + 1_000)

    assert winners(pc.known.values())[Cell("client", "p", "name")] == "the last"


@given(histories())
def test_a_row_alone_shows_what_it_shows_among_others(pcs: list[Pc]) -> None:
    ops = all_ops(pcs)
    together = winners(ops)
    for row in ROWS:
        shown = row_as_shown(
            op for op in {o.hlc: o for o in ops}.values() if op.row == row
        )
        if shown is not None:
            cells = {c.column: v for c, v in together.items() if c.row == row}
            assert shown == cells
