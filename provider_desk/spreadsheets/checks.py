"""Columns that say again what a value list says: "P/U" beside the reason."""

from provider_desk.model.choices import choices
from provider_desk.model.fields import OneOf, field_map
from provider_desk.spreadsheets.batch import Remark
from provider_desk.spreadsheets.cells import is_empty, quoted, words_of
from provider_desk.spreadsheets.layout import Check
from provider_desk.spreadsheets.plan_row import PlanRow
from provider_desk.spreadsheets.tidy import key


def run_checks(planned: PlanRow) -> None:
    """Ask the checks of the layout; what disagrees is a warning, or stops the row."""
    for check in planned.table.layout.checks:
        text = _disagrees(check, planned)
        if text and check.stops:
            planned.wrong(check.column, text)
        elif text:
            planned.warnings.append(Remark(planned.place(check.column), text))


def _disagrees(check: Check, planned: PlanRow) -> str:
    cell = planned.table.cell(planned.row.cells, check.column)
    if is_empty(cell):
        return ""
    words = words_of(cell)
    if key(words) not in check.words:
        return f"“{quoted(words)}” is not a word that the layout knows for this column."
    kind = field_map(check.record_type)[check.field].kind
    for draft in planned.row.drafts:
        code = draft.values.get(check.field)
        if draft.layout.record_type is check.record_type and isinstance(kind, OneOf):
            choice = choices(kind.choices).by_code.get(str(code))
            if choice and choice.flags.get(check.flag) != check.words[key(words)]:
                return (
                    f"It says “{quoted(words)}”, but “{choice.label}” counts otherwise."
                )
    return ""
