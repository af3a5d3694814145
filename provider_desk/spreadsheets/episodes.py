"""Episodes, and what hangs on them or is listed beside them."""

from datetime import date

from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    Closure,
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    Referral,
    WaitingOffer,
)
from provider_desk.spreadsheets.hints import Hints
from provider_desk.spreadsheets.kept import Kept
from provider_desk.spreadsheets.making import Maker
from provider_desk.spreadsheets.plan_row import PlanRow, values_of
from provider_desk.spreadsheets.referring import Referring
from provider_desk.spreadsheets.rows import Draft

#: The day by which a row of a list is recognised.
_DAY_OF: dict[type[Record], str] = {
    ExitStrategy: "made_on",
    Exceptional: "approved_on",
    WaitingOffer: "offered_on",
}


class EpisodePlanner:
    """Plans starts, phases, closings, exit strategies, extensions and offers."""

    def __init__(
        self, maker: Maker, referring: Referring, hints: Hints, kept: Kept
    ) -> None:
        self._maker = maker
        self._referring = referring
        self._hints = hints
        self._kept = kept
        self._shelf = kept.shelf

    def episode(self, planned: PlanRow, draft: Draft) -> None:
        """The start of support."""
        referral = self._referring.referral(planned, draft)
        if referral is None:
            return
        values = values_of(draft, referral_id=referral.id)
        if "started_on" not in values:
            first = self._first_attended(planned, referral)
            if first is None and not draft.given:
                return
            values["started_on"] = first
        self._start(planned, draft, referral, values)

    def phase(self, planned: PlanRow, draft: Draft) -> None:
        """Core or step-down support from a day on, each once in an episode."""
        episode = self._episode_of(planned, draft)
        if episode is None:
            return
        values = values_of(draft, episode_id=episode.id)
        phase = values.get("phase")
        there = self._shelf.children(Phase, episode.id)
        row_id = next((p.id for p in there if p.phase == phase), None)
        row_id = row_id or self._maker.new_id("phase", episode.id, str(phase))
        self._maker.keyed(planned, draft, Phase, row_id, values, episode.id)

    def closure(self, planned: PlanRow, draft: Draft) -> None:
        """The end of an episode."""
        episode = self._episode_of(planned, draft)
        if episode is None:
            return
        values = values_of(draft, episode_id=episode.id)
        there = self._shelf.child(Closure, episode.id)
        row_id = there.id if there else self._maker.new_id("closure", episode.id)
        self._maker.keyed(planned, draft, Closure, row_id, values, episode.id)

    def listed(self, planned: PlanRow, draft: Draft) -> None:
        """What there can be several times.

        In a row that is the referral's own, the column stands for one of them, and a
        corrected day is a difference; in a list of their own each day is another one.
        """
        record_type = draft.layout.record_type
        parent: Record | None
        if record_type is WaitingOffer:
            parent = self._referring.referral(planned, draft)
            link = "referral_id"
        else:
            parent = self._episode_of(planned, draft)
            link = "episode_id"
        if parent is None:
            return
        values = values_of(draft, **{link: parent.id})
        row_id = self._listed_id(planned, draft, parent.id, values)
        self._maker.keyed(planned, draft, record_type, row_id, values, parent.id)

    def _listed_id(
        self, planned: PlanRow, draft: Draft, parent: str, values: dict[str, Value]
    ) -> str:
        record_type = draft.layout.record_type
        name = _DAY_OF[record_type]
        own_row = planned.row.has(Referral) or planned.row.has(Episode)
        slot = f"column {draft.layout.number}" if own_row else str(values.get(name))
        row_id = self._maker.new_id(record_type.TABLE, parent, slot)
        if self._shelf.find(record_type, row_id, parent) is not None:
            return row_id
        there = self._shelf.children(record_type, parent)
        for record in there:
            if getattr(record, name) == values.get(name):
                return record.id
        on_desk = [record.id for record in there if self._shelf.on_desk(record.id)]
        return on_desk[-1] if on_desk and own_row else row_id

    def _episode_of(self, planned: PlanRow, draft: Draft) -> Episode | None:
        referral = self._referring.referral(planned, draft)
        if referral is None:
            return None
        there = planned.own_episode(referral.id)
        there = there or self._shelf.child(Episode, referral.id)
        if there is not None:
            return there
        first = self._first_attended(planned, referral)
        if first is not None:
            values: dict[str, Value] = {"referral_id": referral.id, "started_on": first}
            return self._start(planned, draft, referral, values)
        if not planned.problems:
            planned.wrong(
                next(iter(draft.given.values()), ""),
                f"{draft.layout.record_type.LABEL}: support has not started, so there "
                "is nothing it could belong to. Give the day of the first session.",
            )
        return None

    def _start(
        self,
        planned: PlanRow,
        draft: Draft,
        referral: Referral,
        values: dict[str, Value],
    ) -> Episode | None:
        there = self._shelf.child(Episode, referral.id)
        row_id = there.id if there else self._maker.new_id("episode", referral.id)
        return self._maker.keyed(planned, draft, Episode, row_id, values, referral.id)

    def _first_attended(self, planned: PlanRow, referral: Referral) -> date | None:
        """The start, where no column says it. Source: domain reference, B3."""
        if self._kept.starts_are_given:
            return None
        person = planned.person or planned.client_key(self._shelf, referral)
        return self._kept.first_attended(self._hints, referral, person)
