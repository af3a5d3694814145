"""Those who wait, for the duty worker's day."""

from datetime import date
from typing import TypeVar

from provider_desk.model.fields import Record
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.casework import make_client, make_waiting

R = TypeVar("R", bound=Record)
NUMBER, RULE = "07700 900123", "Only after six. Say it is Sam."


def waits(desk: Desk, name: str, received_on: date, permission: str = "") -> str:
    """Somebody who waits; may be phoned by a rule unless said otherwise.

    Returns:
        The person's id.
    """
    client_id = make_client(desk, known_as=name, mobile=NUMBER)
    rules = {"permission": "YES_RULES", "rules": RULE}
    values = {"permission": permission} if permission else rules
    set_safe_contact(desk, client_id, "MOBILE", values)
    make_waiting(desk, client_id, received_on=received_on, area="PES_AD")
    return client_id


def held(desk: Desk, record_type: type[R], **where: str) -> list[R]:
    """All records of a type that say so, by their ids."""
    with desk.store.reading() as rows:
        found = find(rows, record_type)
    wanted = [
        each for each in found if all(getattr(each, n) == v for n, v in where.items())
    ]
    return sorted(wanted, key=lambda each: each.id)
