"""Invented feedback, training and supervision for the demo desk."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from provider_desk.model import resources
from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.ids import derived_id
from provider_desk.model.months import add_months
from provider_desk.model.records import Feedback, Supervision, Training, User

_AREAS = ("PES_AD", "THER")


def office_records(
    today: date, desk_id: str, contract_id: str, staff: Sequence[User]
) -> Iterator[Record]:
    """What the office recorded, each row the same whenever the desk is made.

    Args:
        today: nothing lies after it but what is due.
        desk_id: from which ids are made.
        contract_id: whose feedback it is.
        staff: in the order in which resources/demo/office.toml names their days.
    """
    told = resources.read_toml("demo/office.toml")
    for number, (each, area) in enumerate(
        zip(told["feedback"], cycle(_AREAS), strict=False)
    ):
        yield _feedback(each, area, today, contract_id, _id(desk_id, number))
    for place, user, each, days in _of_staff(told["training"], staff):
        done = today - timedelta(days)
        months = choices("training_kind").by_code[each["kind"]].flags
        repeat = months.get("repeat_months")
        yield Training(
            id=_id(desk_id, "training", place),
            user_id=user.id,
            kind=each["kind"],
            done_on=done,
            expires_on=add_months(done, int(repeat)) if repeat else None,
            evidence=each["evidence"],
        )
    for place, user, each, days in _of_staff(told["supervision"], staff):
        held = today - timedelta(days)
        yield Supervision(
            id=_id(desk_id, "supervision", place),
            user_id=user.id,
            held_on=held,
            kind=each["kind"],
            with_whom=each["with_whom"],
            minutes=60,
            next_on=held + timedelta(each["every"]),
        )


def _id(desk_id: str, *words: object) -> str:
    return derived_id(desk_id, "demo", "office", *map(str, words))


def _of_staff(
    listed: Sequence[Mapping[str, Any]], staff: Sequence[User]
) -> Iterator[tuple[str, User, Mapping[str, Any], int]]:
    """A number, whose, what, and how many days ago; 0 for somebody who did not."""
    for place, each in enumerate(listed):
        for number, (user, days) in enumerate(zip(staff, each["days"], strict=False)):
            if days:
                yield f"{place}-{number}", user, each, days


def _feedback(
    each: Mapping[str, Any], area: str, today: date, contract_id: str, row_id: str
) -> Feedback:
    heard = today - timedelta(each["days"])
    changed = heard + timedelta(each["after"]) if "after" in each else None
    return Feedback(
        id=row_id,
        heard_on=heard,
        kind=each["kind"],
        contract_id=contract_id,
        area=area,
        heard=each["heard"],
        what_changed=each.get("what_changed", ""),
        changed_on=changed,
        told_back="Y" if each.get("told") else None,
    )
