"""The help on layouts says what the program does."""

import re
import tomllib
from pathlib import Path

import pytest

from provider_desk.model.records import (
    Client,
    Episode,
    Referral,
    Session,
    WaitingContact,
)
from provider_desk.spreadsheets.field_reference import help_page, up_to_date
from provider_desk.spreadsheets.layout_file import parse_layout
from tests.builders.sheets import CONTRACT, made, one, plan, said, workbook

PAGE = help_page().read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
CONTRACT_ALONE = CONTRACT.replace('title = "Invented"\ndate_order = "dmy"\n', "")


def example(words: str) -> str:
    (found,) = [text for text in EXAMPLES if words in text]
    return str(found)


def test_the_list_of_fields_and_codes_is_up_to_date() -> None:
    """Run ``python -m provider_desk.spreadsheets.field_reference`` where it is not."""
    assert up_to_date(PAGE) == PAGE


def test_links_within_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, flags=re.MULTILINE)
    anchors = {
        re.sub(r"[^\w -]", "", heading.casefold()).replace(" ", "-")
        for heading in headings
    }

    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= anchors


def test_every_example_can_be_read_as_toml() -> None:
    assert all(tomllib.loads(text) for text in EXAMPLES)


@pytest.mark.parametrize(
    "text", [text for text in EXAMPLES if re.search(r"sheet\]\](.|\n)*record =", text)]
)
def test_every_example_that_is_a_whole_layout_or_sheet_is_valid(text: str) -> None:
    layout = text if "[[contract]]" in text else text + CONTRACT_ALONE

    assert parse_layout(layout, "help").sheets


def test_the_sheet_for_everything_comes_in_as_the_help_says(tmp_path: Path) -> None:
    table = PAGE.partition("### One sheet for everything")[2]
    lines = [line for line in table.splitlines() if line.startswith("|")][:3]
    headings, _, row = ([c.strip() for c in line.split("|")[1:-1]] for line in lines)
    path = workbook(tmp_path / "a.xlsx", {"Any name": [headings, row]})

    batch = plan(example('"Everything in one sheet"'), path)

    assert said(batch) == []
    assert one(batch, Client).code == "P-0001"
    assert one(batch, Referral).decision == "ACCEPTED"
    assert [s.attendance for s in made(batch, Session)] == ["ATT", "DNA"]
    assert {s.episode_id for s in made(batch, Session)} == {one(batch, Episode).id}


def test_calls_among_the_sessions_come_in_as_the_help_says(tmp_path: Path) -> None:
    people = """
[[sheet]]
name = "Refs"
[[sheet.record]]
record = "client"
code = "Ref"
[[sheet.record]]
record = "referral"
reference = "Ref"
received_on = "In"
"""
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Refs": [("Ref", "In"), ("R1", "05/09/2017")],
            "Diary": [
                ("Ref", "Date", "Type", "Came"),
                ("R1", "06/09/2017", "Waiting list: Advice", "Attended"),
                ("R1", "07/09/2017", "Counselling", "DNA"),
            ],
        },
    )

    batch = plan(CONTRACT + people + example('name = "Diary"'), path)

    assert said(batch) == []
    assert one(batch, WaitingContact).purpose == "ADVICE"
    assert one(batch, Session).attendance == "DNA"
