"""Which words are sealed on their way to the store, and for whom.

Clinical text of a case that is, or ever was, counselling never reaches the store in
the clear: neither the row, nor the op log, nor the reason of a correction. It is
sealed for the writer's counselling team. What was sealed stays sealed, also when the
case is moved to another service area. Source: security design, §2.6.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar, cast

from provider_desk.keys.compartments import FIRST_TEAM
from provider_desk.keys.sealing import About, Sealer
from provider_desk.model.choices import choices
from provider_desk.model.errors import DeskError, NotFound
from provider_desk.model.fields import Record, Text, Value, fields_of
from provider_desk.model.records import (
    Episode,
    FunctionalGain,
    Goal,
    GoalRating,
    Referral,
    Score,
    SurveyAnswer,
)
from provider_desk.model.rows import Rows
from provider_desk.model.sealed_text import is_sealed
from provider_desk.services.desk import Desk
from provider_desk.services.notes.opening import PersonOpener
from provider_desk.services.own_reasons import OWN_REASONS
from provider_desk.services.rights.counsel_key import compartment_of
from provider_desk.store.queries import sealed as questions
from provider_desk.store.records import get

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Case:
    """What a record with clinical text hangs on.

    Attributes:
        referral_id: reasons of corrections are sealed with it.
        person: the person's id.
        sealed: whether its words are sealed.
    """

    referral_id: str
    person: str
    sealed: bool


def clinical_fields(record_type: type[Record]) -> tuple[str, ...]:
    """Names of the fields that hold clinical text."""
    return _read_clinical(cast("Hashable", record_type))


@cache
def _read_clinical(key: Hashable) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in fields_of(cast("type[Record]", key))
        if isinstance(field.kind, Text) and field.kind.clinical
    )


def is_counselling(area: str) -> bool:
    """Whether the work in a service area is counselling."""
    return area in choices("service_area").codes_where("counselling")


def compartment_for(desk: Desk) -> str:
    """For whom the person at the desk seals: their team, else the main one."""
    wanted = compartment_of(desk.user)
    try:
        desk.keys.newest_epoch(wanted)
    except NotFound:
        return FIRST_TEAM
    return wanted


def about_field(row_id: str, person: str, table: str, name: str) -> About:
    """What the words of a field are sealed with."""
    return About(row_id, person, f"{table}.{name}")


def about_reason(referral_id: str, person: str) -> About:
    """What a reason is sealed with: it goes with several rows of one case."""
    return About(referral_id, person, "reason")


class Sealing:
    """Seals what one deed writes."""

    def __init__(self, desk: Desk, rows: Rows, coming: Iterable[Record] = ()) -> None:
        """Begin.

        Args:
            desk: who writes.
            rows: the store, in the deed's transaction.
            coming: records that the deed adds; of them referrals and episodes are
                known before they are in the store.
        """
        self._desk = desk
        self._rows = rows
        self._sealer: Sealer | None = None
        self._cases: dict[str, Case] = {}
        self._coming: dict[str, Record] = {
            record.id: record
            for record in coming
            if isinstance(record, Referral | Episode)
        }

    def record(self, record: R) -> R:
        """A new record as it is stored."""
        names = clinical_fields(type(record))
        typed = {name: words for name in names if (words := getattr(record, name))}
        if not typed:
            return record
        return replace(record, **self._sealed(record, typed, held={}))  # type: ignore[arg-type]

    def values(self, before: Record, values: Mapping[str, Value]) -> dict[str, Value]:
        """New values of a record as they are stored.

        Args:
            before: the record as the store holds it.
            values: what is written, by field name.
        """
        names = clinical_fields(type(before))
        typed = {n: v for n, v in values.items() if n in names and v}
        if not typed:
            return {**values}
        held = {name: getattr(before, name) for name in typed}
        return {**values, **self._sealed(before, typed, held)}

    def reason(self, record: Record, words: str) -> str:
        """Why a record of a case is put right or taken back, as it is stored.

        Contacts of somebody who waits hold nothing sealed, and neither does the
        reason for putting them right.
        """
        if is_sealed(words):
            return words
        words = words.strip()
        clinical = isinstance(
            record, Score | GoalRating | FunctionalGain
        ) or clinical_fields(type(record))
        if not words or words in OWN_REASONS or not clinical:
            return words
        case = self.case_of(record)
        if not case.sealed:
            return words
        return self.seal(words, about_reason(case.referral_id, case.person))

    def case_of(self, record: Record) -> Case:
        """What a record hangs on.

        Raises:
            NotFound: the referral or the episode is not on the desk.
        """
        person = _person_alone(record)
        if person or _nobodys(record):
            return Case("", person, sealed=False)
        referral = self._referral(record)
        found = self._cases.get(referral.id)
        if found is None:
            sealed = is_counselling(referral.area) or (
                referral.id not in self._coming and self._was_counselling(referral.id)
            )
            found = Case(referral.id, referral.client_id, sealed)
            self._cases[referral.id] = found
        return found

    def seal(self, words: str, about: About) -> str:
        """Words sealed for the writer's team."""
        if self._sealer is None:
            self._sealer = Sealer(self._desk.keys, compartment_for(self._desk))
        return self._sealer.seal(words, about)

    def _was_counselling(self, referral_id: str) -> bool:
        areas = questions.areas_of(self._rows, referral_id)
        return any(map(is_counselling, areas))

    def _referral(self, record: Record) -> Referral:
        if isinstance(record, Referral):
            return record
        if isinstance(record, GoalRating):
            record = self._found(Goal, record.goal_id)
        referral_id = getattr(record, "referral_id", None)
        if referral_id is None:
            episode_id = getattr(record, "episode_id", None)
            if episode_id is None:
                raise DeskError(f"{record.LABEL}: this belongs to no case.")
            referral_id = self._found(Episode, episode_id).referral_id
        return self._found(Referral, referral_id)

    def _found(self, record_type: type[R], row_id: str) -> R:
        coming = self._coming.get(row_id)
        if isinstance(coming, record_type):
            return coming
        return get(self._rows, record_type, row_id)

    def _sealed(
        self, record: Record, typed: Mapping[str, Value], held: Mapping[str, Value]
    ) -> dict[str, Value]:
        case = self.case_of(record)
        found: dict[str, Value] = {}
        for name, value in typed.items():
            if value == held.get(name):
                continue
            # Nothing that is typed or brought in is taken for sealed words.
            words = str(value).lstrip("\x1f") if is_sealed(value) else str(value)
            if case.sealed or is_sealed(held.get(name)):
                about = about_field(record.id, case.person, record.TABLE, name)
                words = self.seal(words, about)
            found[name] = words
        return found


def really_new(
    desk: Desk, rows: Rows, before: Record, values: Mapping[str, Value]
) -> dict[str, Value]:
    """Those values that are not what a record holds, sealed words looked into.

    A clinical field that is left empty by somebody who can't read what is in it keeps
    it.
    """
    held = before.values()
    kept = {name: value for name, value in values.items() if held.get(name) != value}
    sealed = [name for name in kept if is_sealed(held.get(name))]
    if not sealed:
        return kept
    opener = PersonOpener(desk)
    person = Sealing(desk, rows).case_of(before).person
    for name in sealed:
        about = about_field(before.id, person, before.TABLE, name)
        try:
            words = opener.open(str(held[name]), about)
        except DeskError:
            words = ""
        if kept[name] in (words, None):
            del kept[name]
    return kept


def _nobodys(record: Record) -> bool:
    """Whether it is a survey without a name, which leads to nobody."""
    return isinstance(record, SurveyAnswer) and not record.referral_id


def _person_alone(record: Record) -> str:
    """Whose record it is, where it hangs on the person and on no case.

    Risk, safeguarding and requests concern everybody who works with the person, so
    they are not sealed for a counselling team.
    """
    if isinstance(record, Referral):
        return ""
    return str(getattr(record, "client_id", ""))
