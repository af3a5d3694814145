"""The return as a scorecard for reading and printing."""

from provider_desk.returns import outline
from provider_desk.returns.table import ReturnTable


def write_pdf(table: ReturnTable) -> bytes:
    """A return as .pdf, A4 landscape: the same table gives the same bytes.

    Cover, performance summary, this month by area where there is more than one, a
    part for each area, notes with the indicators' limits, and in an internal copy
    the checks.

    Raises:
        ValueError: a council copy says more than it may; a fault of the program.
    """
    from provider_desk.returns.pdf.document import (  # noqa: PLC0415  slow to load
        document,
    )

    outline.check_copy(table)
    return document(table)
