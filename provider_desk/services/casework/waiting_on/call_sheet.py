"""A call sheet for a duty worker: those with a safe phone, the rule before the number.

Source: domain reference, B12, F7; practices, P8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from provider_desk.model.choices import choices
from provider_desk.model.errors import Cancelled, DeskError
from provider_desk.model.looks import LookKind
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import Client, SafeContact
from provider_desk.model.waiting_rows import WaitingRow
from provider_desk.services.casework import waiting
from provider_desk.services.casework.safe_contact import rules_of
from provider_desk.services.casework.waiting_on.paper_file import (
    LeftOut,
    stem_of,
    written,
)
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label
from provider_desk.store.queries import waiting_papers as questions

if TYPE_CHECKING:
    from provider_desk.papers.call_sheet import Call

#: How ``rules_of`` says that nothing may be left.
NO_MESSAGE = "Leave no message."
_MAY_LEAVE = "A message may be left."

_SAFE = "safe_contact_permission"
_CHANNELS = "contact_channel"


@dataclass(frozen=True, slots=True)
class CallSheet:
    """A call sheet that was made.

    Attributes:
        path: the file.
        calls: how many people are on it.
        left_out: those without a safe phone.
    """

    path: Path
    calls: int
    left_out: tuple[LeftOut, ...]


@needs(Permission.RECORD_CONTACTS)
def make_call_sheet(
    desk: Desk,
    referral_ids: Sequence[str],
    folder: Path,
    *,
    names: bool = False,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> CallSheet:
    """Make a sheet of those among some who may be phoned, in the order given.

    That each of them was looked at is written down first.

    Args:
        desk: who will ring them.
        referral_ids: of people who wait today; others are left out without a word.
        folder: where the file goes.
        names: the name to ask for stands beside the code; otherwise the code alone.
        progress: told person by person.
        cancelled: asked now and then.

    Raises:
        DeskError: nobody of them may be phoned.
        Cancelled: it was stopped; no file was written.
        ReadOnly, DiskFull, Missing, Trouble: the folder refused.
    """
    from provider_desk.papers.call_sheet import pdf  # noqa: PLC0415

    calls, left_out = _calls(desk, referral_ids, names=names)
    if not calls:
        raise DeskError(
            "Nobody here may be phoned.",
            "No sheet was made. Ask whoever referred them for a safe way.",
        )
    steps = len(calls) + 1
    for number, (client_id, _) in enumerate(calls, start=1):
        if cancelled():
            raise Cancelled("No sheet was made.", "No file was written.")
        _note(desk, client_id)
        progress(number, steps)
    sheet = [call for _, call in calls]
    content = pdf(sheet, desk.user.initials, day(desk.today()))
    (path,) = written(folder, stem_of("calls", desk.clock.now_ms()), [("pdf", content)])
    progress(steps, steps)
    return CallSheet(path, len(calls), tuple(left_out))


def _calls(
    desk: Desk, referral_ids: Sequence[str], *, names: bool
) -> tuple[list[tuple[str, "Call"]], list[LeftOut]]:
    """Person's id and what stands on the sheet, of those who may be phoned."""
    from provider_desk.papers.call_sheet import Call, SafePhone  # noqa: PLC0415

    listed = waiting.waiting_list(desk, desk.today()).rows
    by_id = {row.referral_id: row for row in listed}
    wanted = [by_id[each] for each in referral_ids if each in by_id]
    with desk.store.reading() as rows:
        held = questions.reachable(rows, [row.referral_id for row in wanted])
        ways = questions.ways(rows, [row.client_id for row in wanted])
    calls, left_out = [], []
    for row in wanted:
        person, way = held[row.referral_id], ways.get(row.client_id, {})
        safe = _phones(person, way)
        if safe:
            voicemail = _voicemail(way.get("VOICEMAIL"), safe)
            call = Call(
                _who(row, person, names=names),
                f"due {day(row.next_contact_on)}",
                tuple(SafePhone(*each) for each in safe),
                voicemail,
                voicemail.startswith(_MAY_LEAVE),
            )
            calls.append((row.client_id, call))
        else:
            left_out.append(LeftOut(row.code, row.name, "No safe phone is known"))
    return calls, left_out


def _note(desk: Desk, client_id: str) -> None:
    looks.note(
        desk,
        LookKind.PRINTED,
        table=Client.TABLE,
        row_id=client_id,
        about="call sheet",
    )


def _phones(
    person: questions.Reachable, ways: Mapping[str, SafeContact]
) -> list[tuple[str, tuple[str, ...], str]]:
    """Channel, rules and number of each phone that is safe and has a number."""
    numbers = {"mobile": person.mobile, "landline": person.landline}
    found = []
    for channel in choices(_CHANNELS).values:
        way = ways.get(channel.code)
        fields = channel.flags.get("shows", ())
        number = next((numbers[f] for f in fields if numbers.get(f)), "")
        if channel.flags.get("phone") and way is not None and _is_safe(way) and number:
            found.append((channel.label, _rules(way), number))
    return found


def _is_safe(way: SafeContact) -> bool:
    return way.permission in choices(_SAFE).codes_where("safe")


def _rules(way: SafeContact) -> tuple[str, ...]:
    lines = [line.strip() for line in rules_of(way).splitlines() if line.strip()]
    return tuple(f"{line.rstrip('.')}." for line in lines)


def _voicemail(
    way: SafeContact | None, phones: Sequence[tuple[str, tuple[str, ...], str]]
) -> str:
    """What may be left on an answering machine; a phone's own "no" is stronger."""
    if way is None or not _is_safe(way):
        held = label(_SAFE, way.permission if way else "NK")
        return f"Leave no message ({held})."
    if any(NO_MESSAGE in rules for _, rules, _ in phones):
        return NO_MESSAGE
    return " ".join((_MAY_LEAVE, *_rules(way)))


def _who(row: WaitingRow, person: questions.Reachable, *, names: bool) -> str:
    asked_for = first_name(person) if names else ""
    return f"{row.code} · {asked_for}" if asked_for else row.code


def first_name(person: questions.Reachable) -> str:
    """Whom to ask for: one word, and none that is written down as family name.

    It is the first word of what the person is known as, else of the first names; ""
    where nothing is left, so that the code stands alone.
    """
    family = set(person.family_name.casefold().split())
    for name in (person.greeting, person.first_names):
        first = next(iter(name.split()), "")
        if first and first.casefold().strip(".,") not in family:
            return first
    return ""
