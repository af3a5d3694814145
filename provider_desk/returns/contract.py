"""The contract that a return is about, as far as a return needs it."""

from dataclasses import dataclass
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.errors import DeskError, NotFound
from provider_desk.model.months import Month
from provider_desk.model.records import Contract, Provider
from provider_desk.model.rows import Rows
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import AreaName

SUM_LABEL = "All service areas"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract and its service areas.

    Attributes:
        contract_id: row id.
        reference: as the commissioner writes it.
        title: in words.
        starts_on: first day, None where it is not said.
        areas: codes, in the order of the value list.
        lives: area, first and last day, None where it is the contract's; an area that
            is not named here lives as long as the contract.
    """

    contract_id: str
    reference: str
    title: str
    starts_on: date | None
    areas: tuple[str, ...]
    lives: tuple[tuple[str, date | None, date | None], ...] = ()

    def life(self, area: str) -> tuple[date | None, date | None]:
        """First and last day of an area, both in; None where it is the contract's."""
        return next(
            ((first, last) for name, first, last in self.lives if name == area),
            (None, None),
        )

    def is_open(self, area: str, month: Month) -> bool:
        """Whether an area lives on any day of a month."""
        begins, ends = self.life(area)
        return (begins is None or begins <= month.last_day) and (
            ends is None or ends >= month.first_day
        )

    def blocks(self) -> tuple[AreaName, ...]:
        """The areas, and the sum where there is more than one."""
        listed = choices("service_area")
        named = tuple(AreaName(code, listed.label(code)) for code in self.areas)
        return (*named, AreaName(SUM, SUM_LABEL)) if len(named) > 1 else named

    def within(self, area: str) -> tuple[str, ...]:
        """The areas that a block adds up."""
        return self.areas if area == SUM else (area,)


def agreement(rows: Rows, contract_id: str) -> Agreement:
    """A contract by its id.

    Raises:
        NotFound: there is no such contract.
        DeskError: it has no service area.
    """
    found = rows.rows(
        f"SELECT reference, title, starts_on FROM {Contract.TABLE} "
        "WHERE id = ? AND deleted IS NULL",
        [contract_id],
    )
    if not found:
        raise NotFound("This contract is not on this desk.", "Choose another one.")
    reference, title, starts_on = found[0]
    held = {
        area: (_day(opens), _day(closes))
        for area, opens, closes in rows.each(
            "SELECT area, starts_on, ends_on FROM contract_area "
            "WHERE contract_id = ? AND deleted IS NULL",
            [contract_id],
        )
    }
    if not held:
        raise DeskError(
            f"The contract {reference} has no service area.",
            "Add one in Settings, Contracts; a return is made area by area.",
        )
    listed = tuple(code for code in choices("service_area").by_code if code in held)
    lives = tuple((area, *held[area]) for area in listed if any(held[area]))
    return Agreement(contract_id, reference, title, _day(starts_on), listed, lives)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def provider_of(rows: Rows) -> Provider:
    """The service whose desk this is.

    Raises:
        NotFound: the desk has no such row yet.
    """
    found = rows.rows(
        "SELECT id, name, code, notice_hours, contact_every_days, records_begin_on, "
        f"invented FROM {Provider.TABLE} WHERE deleted IS NULL ORDER BY created LIMIT 1"
    )
    if not found:
        raise NotFound("The name of the service is not on this desk.", "Add it first.")
    row_id, name, code, notice, every, begin, invented = found[0]
    return Provider(
        id=row_id,
        name=name,
        code=code,
        notice_hours=notice,
        contact_every_days=every,
        records_begin_on=_day(begin),
        invented=invented,
    )
