"""A council return's numbers, worked out: counted, rounded, made a table of.

Nothing is written here: what comes out is shown on the screen as a preview, or goes
through the gate into the ledger. Source: disclosure, §3.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.progress import Stopped, never
from provider_desk.model.rows import Rows
from provider_desk.protection.rounding import solve
from provider_desk.returns.contract import agreement, provider_of
from provider_desk.returns.council.carried import carried
from provider_desk.returns.council.issued import Issued
from provider_desk.returns.council.issuing import exact_lines, issued_of
from provider_desk.returns.council.problem import problem
from provider_desk.returns.council.table import council_table
from provider_desk.returns.council.template import (
    FLOW,
    YEAR_TO_DATE,
    Agreed,
    Template,
    template,
)
from provider_desk.returns.council.truth import truth
from provider_desk.returns.said import not_submitted
from provider_desk.returns.table import ReturnTable
from provider_desk.services.returning.agreed import agreed_in
from provider_desk.services.returning.ledger import Entry, Ledger, Numbers
from provider_desk.services.returning.revising import marked_revised


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be worked out.

    Attributes:
        contract_id: whose return.
        month: of which month.
        made_on: today: no event after it is counted, and the files will say it.
        key: the secret of the rounding.
        ledger: what was issued under the contract.
        version: 1, or 2 where it is issued again.
        agreed: what is agreed with the council; None for what stands on the desk.
    """

    contract_id: str
    month: Month
    made_on: date
    key: bytes = field(repr=False)
    ledger: Ledger
    version: int = 1
    agreed: Agreed | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A return that nobody has got.

    Attributes:
        template: what leaves.
        issued: its numbers, exact beside published.
        table: the council's copy.
        rounded: the same without what an agreement lets go exact.
    """

    template: Template
    issued: Issued = field(repr=False)
    table: ReturnTable
    rounded: ReturnTable

    @property
    def name(self) -> str:
        """As the outsider calls it: "2017-09", "2017-09#2" for a second version."""
        month, version = self.issued.month, self.issued.version
        return str(month) if version == 1 else f"{month}#{version}"

    def revising(self, before: Entry) -> "Draft":
        """The same as a new version of what was issued: what changed is marked."""
        from provider_desk.returns.write_json import read_json  # noqa: PLC0415

        table = marked_revised(self.table, read_json(before.file()))
        if self.rounded is self.table:
            return replace(self, table=table, rounded=table)
        rounded = marked_revised(self.rounded, read_json(before.rounded_file()))
        return replace(self, table=table, rounded=rounded)

    def exact(self) -> dict[str, int]:
        """The exact figure of each line by its key, as the outsider's truth wants it.

        "…@ytd" is the year to date of what has one of its own.
        """
        found = exact_lines(self.template, self.issued)
        cells = self.issued.cells
        for line in self.template.lines:
            for part, keys in line.numbers.items():
                name = f"{line.key.area}|{line.key.indicator}|{line.key.split}|{part}"
                if name in found and all(cells[key].kind == FLOW for key in keys):
                    year = sum(cells[key].year for key in keys)
                    found[name + YEAR_TO_DATE] = year
        return found

    def numbers(self) -> Numbers:
        """What the ledger keeps: figures, and the copy unsigned and without words."""
        from provider_desk.returns.write_json import write_json  # noqa: PLC0415

        rounded = None if self.rounded is self.table else write_json(self.rounded)
        return Numbers(self.issued, self.exact(), write_json(self.table), rounded)


def template_of(rows: Rows, asked: Asked) -> Template:
    """What leaves, by the contract and the agreement as they stand.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
    """
    agreed = asked.agreed or agreed_in(rows, asked.contract_id, asked.month)
    return template(agreement(rows, asked.contract_id), asked.month, agreed)


def draft(rows: Rows, asked: Asked, cancelled: Stopped = never) -> Draft:
    """Count a return, round it, check it in plain integers, make the table of it.

    Args:
        rows: one read transaction, so that all figures are of one moment.
        asked: which return.
        cancelled: asked now and then.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
        NoSolution: no figures that add up lie near enough to the real ones.
        Wrong: the rounded figures break a condition; a fault of the program.
        Cancelled: the person stopped it.
    """
    leaving = template_of(rows, asked)
    standing = asked.ledger.standing(asked.month)
    before = carried(standing[-1].issued() if standing else None, leaving)
    exact = truth(rows, leaving, asked.made_on, before, cancelled)
    # The solver is not believed: solve checks everything again in plain integers.
    solved = solve(problem(leaving, exact, before), asked.key, cancelled)
    issued = issued_of(leaving, exact, before, solved, asked.version)
    since = asked.month.april.plus(-1)
    earlier = [entry.issued() for entry in standing if entry.month >= since]
    chain = (*earlier, issued)

    def table(*, agreed: bool) -> ReturnTable:
        return council_table(
            leaving,
            [each.leaving(agreed=agreed) for each in chain],
            provider=provider_of(rows),
            made_on=asked.made_on,
            not_submitted=not_submitted(rows, asked.contract_id),
        )

    whole = table(agreed=True)
    some_exact = any(each.exact for each in chain)
    return Draft(leaving, issued, whole, table(agreed=False) if some_exact else whole)
