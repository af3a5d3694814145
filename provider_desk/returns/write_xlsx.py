"""The return as a workbook."""

from provider_desk.returns import outline, words
from provider_desk.returns.table import ReturnTable
from provider_desk.returns.xlsx.sheets import sheets


def write_xlsx(table: ReturnTable) -> bytes:
    """A return as .xlsx: the same table gives the same bytes.

    Sheets: cover, contents, notes, summary, this month by area where there is more
    than one, one per area with every line, thirteen months, impact, the three
    questions, data quality, the narrative, what shares and means were worked from, the
    indicators with their limits, and in an internal copy restated figures and checks.

    Raises:
        ValueError: a council copy says more than it may; a fault of the program.
    """
    from provider_desk.returns.xlsx.book import book  # noqa: PLC0415  slow to load

    outline.check_copy(table)
    title = f"{outline.title(table)}, {table.provider}"
    return book(sheets(table), words.marks(table), title)
