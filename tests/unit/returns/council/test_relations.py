"""The declaration of how figures hang together: read, checked, refused in words."""

import pytest

from provider_desk.model import resources
from provider_desk.model.errors import Damaged
from provider_desk.returns.catalogue import RELATIONS, catalogue
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Choose, Figure
from provider_desk.returns.relation import RATIOS, Ref, Within, part_of
from provider_desk.returns.relations import read_relations, relations

TEXT = resources.read_text(RELATIONS)


def test_every_number_that_is_named_is_declared() -> None:
    held = relations()
    named = {ref for each in held.sums for ref in (each.whole, *each.parts)}
    named |= {ref for each in held.within for ref in (*each.part, *each.whole)}
    for ref in named:
        assert catalogue().figure(ref.code, ref.split).measure in (
            "count",
            "distinct",
            *RATIOS,
        )


def test_every_ratio_says_what_it_is_made_of() -> None:
    ratios = {
        Ref(figure.code, figure.split)
        for figure in catalogue().figures
        if figure.measure in RATIOS
    }
    assert set(relations().shares) == ratios
    for ref, share in relations().shares.items():
        if share.numerator == (ref,):
            assert Within((ref,), share.denominator) in relations().within


def test_no_name_stands_for_another_name() -> None:
    """A number under two names is counted under one of them."""
    held = relations()
    assert not set(held.same) & set(held.same.values())
    for share in held.shares.values():
        assert not {*share.numerator, *share.denominator} & set(held.same)


def test_a_split_with_a_whole_adds_up_without_a_list() -> None:
    whole = next(each for each in relations().sums if each.whole == Ref("C2"))
    assert {ref.split for ref in whole.parts} == {"core", "step down"}


def test_planned_and_unplanned_take_their_reasons_apart() -> None:
    by_whole = {
        each.whole: {ref.split for ref in each.parts}
        for each in relations().sums
        if each.parts[0].code == "D2"
    }
    planned = by_whole[Ref("D1", "planned")]
    unplanned = by_whole[Ref("D1", "unplanned")]
    assert "Died" in unplanned
    assert "Step-down completed" in planned
    assert not planned & unplanned
    every = {f.split for f in catalogue().figures if f.code == "D2"}
    assert every - planned - unplanned == {"reason not in the list"}


def test_a_star_stands_for_each_part_in_turn_or_for_the_sum_of_what_reads_so() -> None:
    by_mode = [each for each in relations().sums if each.whole.code == "C8b"]
    assert {each.whole.split for each in by_mode} == {
        figure.split for figure in catalogue().figures if figure.code == "C8b"
    }
    for each in by_mode:
        assert {ref.split for ref in each.parts} == {each.whole.split}
    (recovered,) = (
        each
        for each in relations().within
        if each.part == (Ref("E3", "recovered"),) and each.whole[0].code == "M2"
    )
    assert {ref.split.split(" to ")[1] for ref in recovered.whole} == {
        "minimal",
        "mild",
    }


def test_a_movement_is_the_sum_of_the_cells_that_move_so() -> None:
    sums = {each.whole: {ref.split for ref in each.parts} for each in relations().sums}
    better = sums[Ref("M2", "positive")]
    assert better == {
        "mild to minimal", "moderate to minimal", "moderate to mild",
        "severe to minimal", "severe to mild", "severe to moderate",
    }  # fmt: skip
    cells = {
        f.split for f in catalogue().figures if f.code == "M1" and " to " in f.split
    }
    moved = [sums[Ref("M1", name)] for name in ("positive", "no change", "negative")]
    assert set().union(*moved) == cells
    assert sum(map(len, moved)) == len(cells) == 25


def test_the_checks_before_sign_off_come_from_here() -> None:
    asked = {each.check for each in relations().sums if each.check}
    assert asked == {"sessions-offered", "sum-modes", "sum-bands", "sum-ages"}
    assert [flow.stock.code for flow in relations().flows] == ["A5", "B1", "C2"]


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ('stock = "A5"', 'stock = "A55"', "no indicator declares “A55”"),
        ('part = ["C6|late"]', 'part = ["C6|early"]', "“C6|early”"),
        ('whole = ["M1|* to minimal"', 'whole = ["M1|* to heaven"', "to heaven"),
        ('split = "A7"', 'split = "A1"', "“A1” has no parts"),
        ('ratio = "B6"', 'ratio = "B1"', "“B1” is no ratio"),
        ('whole = "A1"\nsplit = "A7"', 'whole = "D1|planned"\nsplit = "A7"', "lies in"),
        ("[[same]]", "[[samey]]", "there is no samey"),
        ('in = ["A2"]', 'inn = ["A2"]', "there is no flow inn"),
        ('cell = "D8b"\n', "", "'cell' is missing"),
        ("[council]", "[council", "not right"),
    ],
)
def test_a_declaration_edited_by_hand_is_refused_and_names_the_place(
    found: str, instead: str, said: str
) -> None:
    assert found in TEXT
    with pytest.raises(Damaged, match=said.replace("|", r"\|").replace("*", r"\*")):
        read_relations(TEXT.replace(found, instead, 1), catalogue())


def a_figure(*where: Choose, fact: str = "sessions") -> Figure:
    assert fact in FACTS
    return Figure(
        code="X", split="", group="", label="", unit="", measure="count", fact=fact,
        where=where, polarity="o", tier=2,
    )  # fmt: skip


def test_what_lies_in_what_is_read_off_the_conditions() -> None:
    late = Choose("attendance", ("CX_CLIENT_LATE",))
    cancelled = Choose("attendance", ("CX_CLIENT", "CX_CLIENT_LATE"))
    rest = Choose("attendance", ("CX_CLIENT", "CX_CLIENT_LATE"), others=True)
    group = Choose("type", ("GROUP",))
    assert part_of(a_figure(late, group), a_figure(cancelled))
    assert part_of(a_figure(late), a_figure())
    assert not part_of(a_figure(cancelled), a_figure(late))
    assert not part_of(a_figure(late), a_figure(rest))
    assert part_of(a_figure(Choose("attendance", ("ATT",))), a_figure(rest))
    assert not part_of(a_figure(rest), a_figure(cancelled))
    assert not part_of(a_figure(late), a_figure(late, fact="closings"))
