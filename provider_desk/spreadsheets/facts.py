"""Sessions, contacts and scores: planned row by row."""

from dataclasses import replace
from datetime import date

from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    Episode,
    Referral,
    Score,
    Session,
    WaitingContact,
)
from provider_desk.spreadsheets.batch import Remark
from provider_desk.spreadsheets.compare import compare, difference
from provider_desk.spreadsheets.kept import Kept
from provider_desk.spreadsheets.making import Maker
from provider_desk.spreadsheets.plan_row import Fact, PlanRow, heading_of, values_of
from provider_desk.spreadsheets.referring import Referring
from provider_desk.spreadsheets.rows import Draft

#: What tells a fact from its neighbours; how it went is not part of it, because that
#: may be filled in later.
_IDENTITY: dict[type[Record], tuple[str, ...]] = {
    Session: ("held_on", "starts_at", "type", "worker"),
    WaitingContact: ("held_on", "method", "worker"),
    Score: ("scored_on", "instrument"),
}


class FactPlanner:
    """Plans facts; the desk is asked for all of them at the end."""

    def __init__(self, maker: Maker, referring: Referring, kept: Kept) -> None:
        self._maker = maker
        self._referring = referring
        self._kept = kept

    def plan(self, planned: PlanRow, draft: Draft) -> None:
        """A session, contact or score."""
        referral = self._referring.referral(planned, draft)
        if referral is None:
            return
        record_type = draft.layout.record_type
        values = values_of(draft, referral_id=referral.id)
        parents = self._maker.above_referral(planned, referral)
        if record_type is Session:
            episode = self._episode(planned, values, referral)
            if episode is not None:
                values["episode_id"] = episode.id
                parents = {**parents, Episode.TABLE: episode}
        words = [values.get(name) for name in _IDENTITY[record_type]]
        identity = (
            record_type.TABLE,
            referral.id,
            *["" if word is None else str(word) for word in words],
        )
        untold = self._kept.untold(identity, planned) if self._kept.repeats else []
        if untold:
            self._again(planned, draft, untold, values)
            return
        number = len(self._kept.alike.get(identity, ()))
        number += sum(own == identity for own, _ in planned.identities)
        row_id = self._maker.new_id(*identity, str(number))
        record = self._maker.made(planned, draft, record_type, values, row_id, parents)
        if record is not None:
            planned.identities.append((identity, row_id))
            planned.facts.append(
                Fact(
                    record, draft.given, planned.table, planned.row.number, referral.id
                )
            )

    @staticmethod
    def _again(
        planned: PlanRow, draft: Draft, untold: list[Fact], values: dict[str, Value]
    ) -> None:
        """A fact that an earlier sheet of the same shape holds as well.

        Of several the first that says nothing else is meant.
        """
        compared = [(f, compare(f.record, values, draft.given)) for f in untold]
        agreeing = (each for each in compared if not each[1].differs)
        fact, result = next(agreeing, compared[0])
        planned.told.append(fact.record.id)
        planned.seen.append(fact.record.id)
        for name, (held, said) in result.differs.items():
            heading = heading_of(draft, name)
            text = difference(fact.record, name, held, said, "an earlier row says")
            planned.differs.append(Remark(planned.place(heading), text))
            planned.conflicts.append((heading, text))
        if result.new:
            newer = replace(fact.record, **result.new)  # type: ignore[arg-type]
            given = {**fact.given, **draft.given}
            planned.facts.append(replace(fact, record=newer, given=given))

    def _episode(
        self, planned: PlanRow, values: dict[str, Value], referral: Referral
    ) -> Episode | None:
        """A session's; assessments and what came before the start have none."""
        there = planned.own_episode(referral.id)
        there = there or self._kept.shelf.child(Episode, referral.id)
        day = values.get("held_on")
        if there is None or not isinstance(day, date) or values.get("type") == "ASSESS":
            return None
        return there if day >= there.started_on else None
