"""The return as a scorecard."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from time import monotonic

import pytest
from pypdf.generic import DictionaryObject

from provider_desk.returns import reading, words
from provider_desk.returns.charts.series import charted
from provider_desk.returns.pdf import style
from provider_desk.returns.table import Cell, Protection, ReturnTable, State
from provider_desk.returns.write_pdf import write_pdf
from tests.builders.full_returns import TOLD, a_full_table
from tests.builders.return_tables import (
    RECORD_ID,
    a_line,
    a_return_table,
    a_small_table,
    figure,
)
from tests.builders.written_returns import (
    document_of,
    golden,
    one_line,
    pages_of,
    structure_of,
)

TABLES = [
    a_return_table(copy=copy, areas=areas, months=months)
    for copy in ("internal", "council")
    for areas, months in ((1, 1), (3, 12))
]

#: The same return gives the same bytes, so that each is drawn once here.
drawn = cache(write_pdf)

of_every_kind = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.file_stem)


@cache
def full(areas: int = 3, copy: str = "internal") -> ReturnTable:
    return a_full_table(areas=areas, copy=copy)


def cover_of(content: bytes) -> str:
    return one_line(document_of(content).pages[0].extract_text())


@of_every_kind
def test_every_page_says_what_copy_it_is_and_which_page(table: ReturnTable) -> None:
    pages = [one_line(text) for text in pages_of(drawn(table))]
    for number, text in enumerate(pages, start=1):
        assert words.banner(table) in text
        assert words.INVENTED in text
        assert f"Page {number} of {len(pages)}" in text


def test_real_people_carry_no_mark_of_invented_ones() -> None:
    table = replace(a_return_table(areas=1, months=1), invented=False)
    assert words.INVENTED not in " ".join(pages_of(drawn(table)))


@of_every_kind
def test_every_line_of_the_return_is_in_its_areas_part(table: ReturnTable) -> None:
    reader = document_of(drawn(table))
    text = one_line(" ".join(page.extract_text() for page in reader.pages))
    squeezed = text.replace(" ", "")
    for area in table.areas:
        assert area.label in text
    for line in table.lines:
        part = line.label.partition(": ")[2] or line.label
        assert line.key.indicator in text
        assert part.replace(" ", "") in squeezed


def test_every_figure_of_every_month_is_shown() -> None:
    cells = tuple(figure(1000 + step) for step in range(12))
    table = a_return_table(areas=1, months=12)
    table = replace(table, lines=(a_line(cells),))
    text = " ".join(pages_of(drawn(table)))
    assert all(f"1,{step:03}" in text for step in range(12))


def test_direction_and_rating_are_said_by_sign_and_word() -> None:
    text = " ".join(pages_of(drawn(a_return_table())))
    for sign in ("▲ up", "▼ down", "✓ improved", "! worse, within limits"):
        assert sign in one_line(text)


def test_states_are_explained_and_said_in_words() -> None:
    table = a_return_table(copy="council")
    text = one_line(" ".join(pages_of(drawn(table))))
    assert "[x] under development" in text
    for sign in words.shorthand_legend(table.protection):
        assert sign.meaning in text


@pytest.mark.parametrize("bound", [9, 14])
def test_the_cover_says_how_to_read_rounded_figures(bound: int) -> None:
    protection = Protection(bound=bound)
    table = replace(a_full_table(copy="council"), protection=protection)
    cover = cover_of(write_pdf(table))
    for paragraph in reading.how_to_read(protection):
        assert one_line(paragraph) in cover
    assert f"never more than {bound} away" in cover
    assert "of the real one" not in cover_of(drawn(full()))


def test_the_checks_are_only_in_the_internal_copy() -> None:
    internal = one_line(" ".join(pages_of(drawn(a_return_table()))))
    assert "Checks before sign-off" in internal
    assert "2 sessions have no attendance yet." in internal
    council = one_line(" ".join(pages_of(drawn(a_return_table(copy="council")))))
    assert "Checks before sign-off" not in council
    assert "2 sessions" not in council


@of_every_kind
def test_no_id_is_written_and_the_document_has_no_author(table: ReturnTable) -> None:
    content = drawn(table)
    reader = document_of(content)
    assert RECORD_ID not in "".join(pages_of(content))
    assert reader.metadata is not None
    assert not reader.metadata.author
    assert reader.metadata.creator == reader.metadata.producer == "Provider Desk"
    assert reader.metadata.title == f"Monthly return, {table.month.name}, {NAME}"
    assert not {"/CreationDate", "/ModDate", "/Author"} & set(reader.metadata)
    assert b"eportLab" not in content
    assert str(reader.root_object["/Lang"]) == "en-GB"


#: Other work on the machine may take this much longer.
SLOW = 3

NAME = "Willow Road Support"


def test_the_parts_are_in_the_documents_outline() -> None:
    reader = document_of(drawn(full()))
    titles = [getattr(entry, "title", "") for entry in reader.outline]
    assert [title for title in titles if title] == [
        "Cover",
        "Performance summary: all service areas",
        "Thirteen months",
        *(area.label for area in full().areas),
        "Breakdowns, by service area",
        "Impact: from first to last score",
        "Outcomes-based accountability",
        "Equality",
        "Data quality",
        "In words",
        "Figures that count differently now",
        "Notes and shorthand",
        "Checks before sign-off",
    ]
    pages = [
        reader.get_destination_page_number(entry) or 0
        for entry in reader.outline
        if not isinstance(entry, list)
    ]
    assert pages == sorted(pages)
    assert len(set(pages)) == len(pages)


def test_every_font_is_embedded() -> None:
    reader = document_of(write_pdf(a_return_table(areas=1, months=1)))
    held = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    known = [x for x in held if isinstance(x, DictionaryObject)]
    fonts = [x for x in known if x.get("/Type") == "/Font"]
    described = [x for x in known if x.get("/Type") == "/FontDescriptor"]
    assert len(fonts) == len(described) == 2
    assert all("/FontFile2" in descriptor for descriptor in described)


def test_the_same_return_gives_the_same_bytes() -> None:
    assert write_pdf(a_return_table()) == write_pdf(a_return_table())


@pytest.mark.parametrize(
    "text",
    [
        "word " * 40,
        "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
        "2,503/2,503 (100%)",
        "a" * 500,
        "",
    ],
)
def test_text_is_wrapped_and_never_cut_off(text: str) -> None:
    style.load_fonts()
    made = style.wrapped(text, style.REGULAR, 8, 30)
    assert made.replace("\n", "").replace(" ", "") == text.replace(" ", "")
    for line in made.split("\n"):
        assert style.width_of(line, style.REGULAR, 8) <= 30


def test_very_long_words_and_labels_are_all_there() -> None:
    label = "A very long label that must not be cut off at all, " * 12
    line = a_line((figure(1),), label=label)
    table = replace(
        a_small_table(line), provider="A service with a long name " * 6, notes=(label,)
    )
    text = "".join(pages_of(drawn(table))).replace("\n", "").replace(" ", "")
    assert text.count(label.replace(" ", "")) >= 3
    assert table.provider.replace(" ", "") in text


def test_a_table_over_many_pages_repeats_its_head() -> None:
    lines = tuple(
        a_line((figure(n),), indicator=f"Z{n}", label=f"Line number {n}")
        for n in range(200)
    )
    pages = pages_of(write_pdf(a_small_table(*lines)))
    with_lines = [text for text in pages[1:] if "Line number" in text]
    assert len(with_lines) > 5
    assert all("Indicator" in text for text in with_lines)
    everything = one_line(" ".join(pages))
    assert all(f"Line number {n} " in everything for n in range(200))


def test_figures_of_a_withheld_cell_are_nowhere_in_the_document() -> None:
    hidden = a_line((Cell(State.WITHHELD, 4711, 4711, 4712),), kind="ratio")
    assert "471" not in "".join(pages_of(write_pdf(a_small_table(hidden))))


def test_a_screen_reader_is_told_headings_tables_and_the_words_of_every_chart() -> None:
    table = full(copy="council")
    kinds: Counter[str] = Counter()
    alts: list[str] = []
    scopes: set[str] = set()
    for kind, element in structure_of(drawn(table)):
        kinds[kind] += 1
        if kind == "Figure":
            alts.append(str(element["/Alt"]))
        if kind == "TH":
            scopes |= {
                str(scope) for scope in re.findall(r"/(Row|Column)", f"{element['/A']}")
            }
    said = [s.sentence() for a in table.areas for s in charted(table, a.code)]
    assert sorted(alts) == sorted(said)
    assert scopes == {"Column", "Row"}
    assert kinds["H1"] > 10
    assert kinds["H2"] > 3
    assert kinds["TD"] > kinds["TH"] > kinds["TR"] > kinds["Table"] > 10


def test_all_that_is_drawn_is_tagged_or_marked_as_decoration() -> None:
    for page in document_of(drawn(full())).pages:
        contents = page.get_contents()
        assert contents is not None
        depth = 0
        for operands, operator in contents.operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
                assert depth == 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"f", b"S", b"B"):
                assert depth == 1, operands
        assert depth == 0


def test_the_pages_of_the_months_to_come_have_their_columns_already() -> None:
    table = full()
    pages = pages_of(drawn(table))
    assert table.month.name == "September 2017"
    of_area = next(text for text in map(one_line, pages) if "Mar 2018" in text)
    assert "Sep 2017 Oct 2017" in of_area


def test_the_narrative_is_printed_whole_in_its_boxes() -> None:
    text = one_line(" ".join(pages_of(drawn(full(copy="council")))))
    for told in TOLD:
        assert told.label in text
        for sentence in told.words.split("\n"):
            assert one_line(sentence) in text


def test_restated_figures_stay_inside() -> None:
    said = "Figures that count differently now"
    assert said in " ".join(pages_of(drawn(full())))
    restated = full().restated
    outside = replace(full(copy="council"), restated=restated)
    assert said not in " ".join(pages_of(drawn(outside)))


def test_unsigned_returns_have_lines_to_sign_on() -> None:
    signed = cover_of(drawn(full()))
    assert "Signed off on 4 October 2017 by the manager." in signed
    assert "Signed off by (role, date)" not in signed
    unsigned = cover_of(drawn(replace(full(), signed=(), status="draft")))
    assert "Signed off by (role, date)" in unsigned
    assert "Not signed off yet." in unsigned


@pytest.mark.parametrize("areas", [1, 3])
def test_every_part_of_every_breakdown_is_somewhere(areas: int) -> None:
    table = full(areas)
    text = " ".join(pages_of(drawn(table))).replace("\n", "").replace(" ", "")
    for line in table.of_area(table.areas[-1].code):
        if line.group != "Impact":
            part = line.label.partition(": ")[2] or line.label
            assert part.replace(" ", "") in text


def test_a_year_of_three_areas_is_drawn_in_two_seconds() -> None:
    table = replace(a_full_table(months=12), version=2)
    started = monotonic()
    write_pdf(table)
    assert monotonic() - started < 2 * SLOW


@pytest.mark.parametrize("copy", ["internal", "council"])
def test_the_text_is_what_it_was(copy: str) -> None:
    table = a_return_table(areas=2, months=3, copy=copy)
    written = "\n\f\n".join(pages_of(drawn(table))) + "\n"
    assert written == golden(f"{copy}.pdf.txt", written)
