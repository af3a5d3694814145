"""Small invented spreadsheets, and what a layout makes of them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook

from provider_desk.model.fields import Record
from provider_desk.spreadsheets.batch import Answers, Batch, Known
from provider_desk.spreadsheets.layout_file import parse_layout
from provider_desk.spreadsheets.read import read

R = TypeVar("R", bound=Record)

#: The day on which invented spreadsheets are brought in.
TODAY = date(2018, 5, 1)
DESK_ID = "d" * 32

Rows = Sequence[Sequence[object]]

#: A contract of one area, for layouts that need no more.
CONTRACT = """
title = "Invented"
date_order = "dmy"

[[contract]]
reference = "C-1"
areas = ["THER"]
"""

PEOPLE = """
[[sheet]]
name = "People"

[[sheet.record]]
record = "client"
code = "No"
known_as = "Name"
born_on = "Born"
"""

REFERRALS = """
[[sheet]]
name = "Referrals"

[[sheet.record]]
record = "referral"
client = "No"
reference = "Ref"
received_on = "Received"
source = "By"
decision = "Decision"
decided_on = "Decided"

[[sheet.record]]
record = "episode"
started_on = "Started"

[[sheet.record]]
record = "closure"
closed_on = "Closed"
reason = "Reason"
"""

SESSIONS = """
[[sheet]]
name = "Sessions"

[[sheet.record]]
record = "session"
referral = "Ref"
held_on = "Date"
type = "Type"
attendance = "Came"
minutes = "Mins"
"""

#: Headings of the sheets that these layouts describe.
PEOPLE_HEADINGS = ("No", "Name", "Born")
REFERRAL_HEADINGS = (
    *("No", "Ref", "Received", "By", "Decision", "Decided"),
    *("Started", "Closed", "Reason"),
)
SESSION_HEADINGS = ("Ref", "Date", "Type", "Came", "Mins")

ANN = ("P1", "Ann Invented", "03/04/1985")
TAKEN_ON = ("P1", "R1", "05/09/2017", "GP", "Accepted", "08/09/2017")
WAITS = (*TAKEN_ON, "", "", "")
STARTED = (*TAKEN_ON, "02/10/2017", "", "")


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write an .xlsx."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def text_file(
    path: Path, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    """Write a .csv as Excel does."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    path.write_bytes(written.getvalue().encode(encoding))
    return path


def plan(
    layout: str,
    *paths: Path,
    known: Known | None = None,
    answers: Answers | None = None,
) -> Batch:
    """What bringing in these files would do to a desk."""
    return read(
        parse_layout(layout, "invented.toml"),
        paths,
        today=TODAY,
        desk_id=DESK_ID,
        known=known,
        answers=answers,
    )


def made(batch: Batch, record_type: type[R]) -> list[R]:
    """The batch's new records of a type."""
    return [each for each in batch.records if isinstance(each, record_type)]


def one(batch: Batch, record_type: type[R]) -> R:
    """The batch's only new record of a type."""
    (record,) = made(batch, record_type)
    return record


def said(batch: Batch) -> list[str]:
    """Why rows were set aside, with where."""
    return [f"{each.place}: {each.text}" for each in batch.set_aside]
