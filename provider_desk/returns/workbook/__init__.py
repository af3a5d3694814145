"""The council's own workbook, filled in without disturbing the rest of it.

Cells are found by their defined names (``PD_A1``, ``PD_D1_PLANNED_YTD``; see ``names``)
or by a mapping file (see ``mapping``). Their values are written straight into the
sheets' XML: styles, formulas, drawings and every other part stay byte for byte. What
formulas remember of their last result is taken out, so that no total can be stale.
"""

from provider_desk.returns.workbook.fill import fill_workbook, template_check
from provider_desk.returns.workbook.mapping import Entry, read_mapping

__all__ = ["Entry", "fill_workbook", "read_mapping", "template_check"]
