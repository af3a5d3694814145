"""Sessions, episodes and outcomes in plain Python."""

from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    Session,
)
from tests.builders.oracle_equality import Equality
from tests.builders.oracle_outcomes import Outcomes
from tests.builders.oracle_records import (
    ATTENDED,
    CANCELLED,
    MISSED,
    NOT_INDIVIDUAL,
    UNFUNDED,
    Found,
    Part,
)
from tests.builders.oracle_referrals import bands, was_here_before


class Sessions(Part):
    """C3 to C14, D10 and P1."""

    def fill(self, found: Found) -> None:
        """Add the figures."""
        held = [
            each
            for each in self.all._all(Session)
            if each.referral_id in self.within
            and self.now(each.held_on)
            and each.type != UNFUNDED
        ]
        single = [each for each in held if each.type not in NOT_INDIVIDUAL]
        came = [each for each in held if each.attendance in ATTENDED]
        offered = (*ATTENDED, *MISSED, *CANCELLED)
        for code, by_mode, outcomes in (
            ("C3", "C8b", offered),
            ("C4", "C8", ATTENDED),
            ("C5", "C8c", MISSED),
            ("C6", "C8d", CANCELLED),
            ("C7", "C8e", ("CX_PROV",)),
        ):
            those = [each for each in single if each.attendance in outcomes]
            found[code, ""] = len(those)
            for choice in choices("session_mode").values:
                found[by_mode, str(choice.flags["short"])] = sum(
                    each.mode == choice.code for each in those
                )
        found["C6", "late"] = sum(
            each.attendance == "CX_CLIENT_LATE" for each in single
        )
        attended, missed = (
            sum(each.attendance in outcomes for each in single)
            for outcomes in (ATTENDED, MISSED)
        )
        found["C9", ""] = (
            attended,
            sum(each.attendance in offered for each in single),
        )
        found["C10", ""] = (missed, attended + missed)
        groups = [each for each in came if each.type == "GROUP"]
        found["C11", ""] = len(groups)
        found["C11b", ""] = len(
            {
                (self.within[each.referral_id].area, each.held_on, each.group_code)
                for each in groups
            }
        )
        found["C13", ""] = sum(
            each.attendance in ("UNREC", "BOOKED") and each.held_on < self.all._today
            for each in held
        )
        found["C14", ""] = sum(each.type == "ASSESS" for each in came)
        found["P1", ""] = len(
            {self.within[each.referral_id].client_id for each in came}
        )
        self._trial(came, found)

    def _trial(self, came: list[Session], found: Found) -> None:
        trial = [each for each in came if each.trial]
        found["D10", ""] = len(trial)
        found["D10", "Before trial"] = sum(each.trial == "PRE" for each in trial)
        found["D10", "After trial"] = sum(each.trial == "POST" for each in trial)
        past = 0
        for each in trial:
            used = sorted(
                (other.held_on, other.id)
                for other in self.all._all(Session)
                if other.referral_id == each.referral_id
                and other.trial == each.trial
                and other.attendance in ATTENDED
                and other.type != UNFUNDED
            )
            past += used.index((each.held_on, each.id)) >= 8
        found["D10", "over 8"] = past


class Episodes(Part):
    """B3, C1, C2, D1 to D11, E1 to E4 and F1 to F3."""

    def fill(self, found: Found) -> None:
        """Add the figures."""
        mine = [each for each in self.all._episodes if each.referral_id in self.within]
        self._starts(mine, found)
        live = [each for each in mine if self._live(each)]
        found["C2", ""] = len(live)
        core = [each for each in live if self._phase(each) == "CORE"]
        found["C2", "core"] = len(core)
        found["C2", "step down"] = len(live) - len(core)
        found["D8b", ""] = len(live) - len(core)
        over = [each for each in core if add_months(each.started_on, 12) <= self.end]
        found["D5", ""] = len(over)
        excused = sum(self._excused(each) for each in over)
        found["D5", "with reason"] = excused
        found["D5", "without reason"] = len(over) - excused
        found["D6", ""] = (
            sum(self._has_exit(each, self.end) for each in live),
            len(live),
        )
        found["D11", ""] = sum(
            add_months(each.started_on, 24) <= self.end for each in live
        )
        ids = {each.id for each in mine}
        found["D8", ""] = sum(
            phase.phase == "STEP_DOWN"
            and phase.episode_id in ids
            and self.now(phase.started_on)
            for phase in self.all._all(Phase)
        )
        self._closed(mine, found)

    def _starts(self, mine: list[Episode], found: Found) -> None:
        starts = [each for each in mine if self.now(each.started_on)]
        waits = [
            (each.started_on - self.within[each.referral_id].received_on).days
            for each in starts
        ]
        found["C1", ""] = len(starts)
        bands("B3", waits, found)
        found["D7", ""] = (
            sum(self._has_exit(each, each.started_on) for each in starts),
            len(starts),
        )
        found["D9", ""] = sum(
            self.within[each.referral_id].source == "STEPUP"
            and was_here_before(self.all, self.within[each.referral_id])
            for each in starts
        )

    def _live(self, episode: Episode) -> bool:
        closure = self.all._closures.get(episode.id)
        return episode.started_on <= self.end and (
            closure is None or closure.closed_on > self.end
        )

    def _phase(self, episode: Episode) -> str:
        begun = [
            phase
            for phase in self.all._all(Phase)
            if phase.episode_id == episode.id and phase.started_on <= self.end
        ]
        # Of two phases from the same day the one recorded later holds.
        begun.sort(key=lambda phase: phase.started_on)
        return begun[-1].phase if begun else "CORE"

    def _excused(self, episode: Episode) -> bool:
        return any(
            each.episode_id == episode.id
            and each.approved_on <= self.end
            and (each.review_by is None or each.review_by >= self.end)
            for each in self.all._all(Exceptional)
        )

    def _has_exit(self, episode: Episode, day: date) -> bool:
        return any(
            each.episode_id == episode.id and each.made_on <= day
            for each in self.all._all(ExitStrategy)
        )

    def _closed(self, mine: list[Episode], found: Found) -> None:
        closed = [
            (each, self.all._closures[each.id])
            for each in mine
            if each.id in self.all._closures
            and self.now(self.all._closures[each.id].closed_on)
        ]
        listed = choices("closure_reason")
        planned = sum(
            bool(listed.by_code[closure.reason].flags.get("planned"))
            for _, closure in closed
        )
        found["D1", ""] = len(closed)
        found["D1", "planned"] = planned
        found["D1", "unplanned"] = len(closed) - planned
        found["D1b", ""] = (planned, len(closed))
        for choice in listed.values:
            if choice.code != "ERROR":
                found["D2", choice.label] = sum(
                    closure.reason == choice.code for _, closure in closed
                )
        sessions = [
            self._came(each, closure.closed_on, individual=True)
            for each, closure in closed
        ]
        counts = [len(each) for each in sessions]
        found["D3", ""] = [count for count in counts if count]
        found["D3", "median"] = [count for count in counts if count]
        found["D3b", ""] = counts.count(0)
        found["D4", ""] = [
            (closure.closed_on - each.started_on).days for each, closure in closed
        ]
        Outcomes(self.all, self.within, self.month).tell(closed, found)
        received = [
            each
            for each in self.within.values()
            if self.now(each.received_on) and not self.all._entered_in_error(each)
        ]
        live = [each for each in mine if self._live(each)]
        equality = Equality(self.all, self.within, self.month)
        equality.tell(received, live, closed, found)

    def _came(self, episode: Episode, last: date, *, individual: bool) -> list[date]:
        return sorted(
            each.held_on
            for each in self.all._all(Session)
            if each.episode_id == episode.id
            and each.attendance in ATTENDED
            and each.held_on <= last
            and not (individual and each.type in NOT_INDIVIDUAL)
        )
