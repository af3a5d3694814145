"""The return as a scorecard."""

from dataclasses import replace
from functools import cache

import pytest
from pypdf.generic import DictionaryObject

from provider_desk.returns import pdf_style, words
from provider_desk.returns.table import Cell, ReturnTable, State
from provider_desk.returns.write_pdf import write_pdf
from tests.builders.return_tables import (
    RECORD_ID,
    a_line,
    a_return_table,
    a_small_table,
    figure,
)
from tests.builders.written_returns import document_of, golden, one_line, pages_of

TABLES = [
    a_return_table(copy=copy, areas=areas, months=months)
    for copy in ("internal", "council")
    for areas, months in ((1, 1), (3, 6), (3, 12))
]

#: The same return gives the same bytes, so that each is drawn once here.
drawn = cache(write_pdf)

of_every_kind = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.file_stem)


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
    text = one_line(" ".join(pages_of(drawn(a_return_table(copy="council")))))
    assert "[x] under development. Its parts: planned; unplanned." in text
    for sign in words.shorthand_legend():
        assert sign.meaning in text


def test_the_checks_are_only_in_the_internal_copy() -> None:
    internal = one_line(" ".join(pages_of(drawn(a_return_table()))))
    assert "Checks before sign-off" in internal
    assert "2 sessions have no attendance yet." in internal
    council = one_line(" ".join(pages_of(drawn(a_return_table(copy="council")))))
    assert "sign-off" not in council


@of_every_kind
def test_no_id_is_written_and_the_document_has_no_author(table: ReturnTable) -> None:
    content = drawn(table)
    reader = document_of(content)
    assert RECORD_ID not in "".join(pages_of(content))
    assert reader.metadata is not None
    assert not reader.metadata.author
    assert reader.metadata.creator == reader.metadata.producer == "Provider Desk"
    assert reader.metadata.title == f"Monthly return, {table.month.name}, {NAME}"
    assert str(reader.root_object["/Lang"]) == "en-GB"


NAME = "Willow Road Support"


def test_the_parts_are_in_the_documents_outline() -> None:
    reader = document_of(write_pdf(a_return_table()))
    titles = [getattr(entry, "title", "") for entry in reader.outline]
    assert titles[:2] == ["Cover", "Performance summary: all service areas"]
    assert titles[-3:-1] == ["Notes", ""]
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
    pdf_style.load_fonts()
    made = pdf_style.wrapped(text, pdf_style.REGULAR, 8, 30)
    assert made.replace("\n", "").replace(" ", "") == text.replace(" ", "")
    for line in made.split("\n"):
        assert pdf_style.width_of(line, pdf_style.REGULAR, 8) <= 30


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
        a_line((figure(n),), indicator=f"A{n}", label=f"Line number {n}")
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


@pytest.mark.parametrize("copy", ["internal", "council"])
def test_the_text_is_what_it_was(copy: str) -> None:
    table = a_return_table(areas=2, months=3, copy=copy)
    written = "\n\f\n".join(pages_of(drawn(table))) + "\n"
    assert written == golden(f"{copy}.pdf.txt", written)
