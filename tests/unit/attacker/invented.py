"""Invented providers that live on from month to month; nobody in here exists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

AREAS = ("PES_YP", "PES_AD", "THER")
ALL = "ALL"
SOURCES = (
    "Self or family", "Health", "Trauma and Resilience Service", "Police and courts",
    "Advisers and voluntary organisations", "Social care", "Education and housing",
    "Own service", "Other or not known",
)  # fmt: skip
AGES = ("under 18", "18-24", "25+")
DECLINED = (
    "Does not meet the contract's eligibility (signposted)", "Not a Rotherham resident",
    "Under the age the contract serves", "Duplicate of an open referral",
    "Not enough information", "Person did not consent to the referral",
    "List closed / no capacity", "Risk cannot be managed here", "Other",
)  # fmt: skip
BANDS = ("0-28", "29-56", "57-91", "92-126", "127-182", "183-364", "365+")
REMOVED = (
    "Person declined the offer", "Could not be reached after agreed attempts",
    "No safe way to make contact", "Moved out of area", "No longer wants support",
    "Died",
)  # fmt: skip
METHODS = ("Telephone", "Video", "Text message", "Email", "Letter", "In person")
MODES = ("face to face", "outreach", "phone", "video", "text", "other")

Figures = dict[str, int]


@dataclass
class Provider:
    """An invented provider that lives on from month to month.

    Attributes:
        rate: referrals a month over all areas.
        seed: of the dice.
    """

    rate: float
    seed: int
    areas: Sequence[str] = AREAS
    state: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = np.random.default_rng(self.seed)
        share = self.rate / len(self.areas)
        for area in self.areas:
            self.state[area] = {
                "A5": int(self.dice.poisson(share / 3)),
                "B1": int(self.dice.poisson(share * 2)),
                "core": int(self.dice.poisson(share * 3)),
                "down": int(self.dice.poisson(share / 2)),
                "P1": 0,
            }

    def month(self, month: str) -> Figures:
        """The exact figures of the next month: flows as counted, stocks at its end."""
        found: Figures = {}
        for area in self.areas:
            found |= self._area(area, month)
        if len(self.areas) > 1:
            for key in list(found):
                rest = key.partition("|")[2]
                total = sum(found.get(f"{area}|{rest}", 0) for area in self.areas)
                found[f"{ALL}|{rest}"] = total
        return found

    def _split(self, many: int, names: Sequence[str]) -> dict[str, int]:
        weights = self.dice.dirichlet([0.8] * len(names))
        return dict(
            zip(names, map(int, self.dice.multinomial(many, weights)), strict=True)
        )

    def _some(self, many: int, share: float) -> int:
        return int(self.dice.binomial(many, share))

    def _area(self, area: str, month: str) -> Figures:
        found: Figures = {}

        def put(indicator: str, many: int, split: str = "", part: str = "value") -> int:
            found[f"{area}|{indicator}|{split}|{part}"] = many
            return many

        def table(indicator: str, many: int, names: Sequence[str]) -> dict[str, int]:
            parts = self._split(many, names)
            for name, one in parts.items():
                put(indicator, one, name)
            return parts

        def ratio(indicator: str, above: int, below: int) -> None:
            put(indicator, above, part="numerator")
            put(indicator, below, part="denominator")

        self._referrals(area, put, table)
        self._waiting(area, put, table, ratio)
        self._episodes(area, put, ratio)
        self._sessions(area, month, put, table, ratio)
        return found

    def _referrals(self, area: str, put: Any, table: Any) -> None:
        state = self.state[area]
        received = put("A1", int(self.dice.poisson(self.rate / len(self.areas))))
        own = table("A7", received, SOURCES)["Own service"]
        table("A8", received, AGES)
        again = put("A9", max(own, self._some(received, 0.2)))
        put("A9b", self._some(again, 0.6))
        put("A9c", self._some(own, 0.7))
        put("A10", int(self.dice.poisson(0.3)))
        decided = self._some(state["A5"] + received, 0.8)
        parts = self._split(decided, ("A2", "A3", "A4"))
        for indicator, many in parts.items():
            put(indicator, many)
        table("A3b", parts["A3"], DECLINED)
        state["A5"] = put("A5", state["A5"] + received - decided)
        state["A2"] = parts["A2"]

    def _waiting(self, area: str, put: Any, table: Any, ratio: Any) -> None:
        state = self.state[area]
        state["C1"] = put("C1", self._some(state["B1"] + state["A2"], 0.3))
        removed = put("B4", self._some(state["B1"] + state["A2"] - state["C1"], 0.08))
        waiting = put("B1", state["B1"] + state["A2"] - state["C1"] - removed)
        state["B1"] = waiting
        table("B2", waiting, BANDS)
        table("B3", state["C1"], BANDS)
        table("B4b", removed, REMOVED)
        contacts = put("B5", int(self.dice.poisson(waiting * 0.7)))
        table("B5c", contacts, METHODS)
        put("B5b", int(self.dice.poisson(waiting * 0.3)))
        ratio("B6", self._some(waiting, 0.5), waiting)
        put("B7", self._some(waiting, 0.1))
        put("B8", int(self.dice.poisson(state["C1"])))
        put("B8b", int(self.dice.poisson(0.5)))

    def _episodes(self, area: str, put: Any, ratio: Any) -> None:
        state, started = self.state[area], self.state[area]["C1"]
        moved = put("D8", self._some(state["core"], 0.05))
        planned = self._some(state["core"] + state["down"], 0.06)
        unplanned = self._some(state["core"] + state["down"] - planned, 0.04)
        closed = put("D1", planned + unplanned)
        put("D1", planned, "planned")
        put("D1", unplanned, "unplanned")
        ratio("D1b", planned, closed)
        put("D3b", self._some(closed, 0.1))
        down = state["down"] + moved
        leave = min(down, self._some(closed, 0.3))
        leave = max(leave, closed - (state["core"] + started - moved))
        state["down"] = down - leave
        state["core"] += started - moved - (closed - leave)
        put("C2", state["core"] + state["down"])
        put("C2", state["core"], "core")
        put("C2", state["down"], "step down")
        put("D8b", state["down"])
        long = put("D5", self._some(state["core"], 0.2))
        for name, many in self._split(long, ("with reason", "without reason")).items():
            put("D5", many, name)
        put("D11", self._some(long, 0.2))
        live = state["core"] + state["down"]
        ratio("D6", self._some(live, 0.7), live)
        ratio("D7", self._some(started, 0.6), started)
        put("D9", self._some(started, 0.1))

    def _sessions(
        self, area: str, month: str, put: Any, table: Any, ratio: Any
    ) -> None:
        state = self.state[area]
        live = state["core"] + state["down"]
        attended = put("C4", int(self.dice.poisson(live * 2)))
        missed = put("C5", self._some(attended, 0.1))
        cancelled = put("C6", self._some(attended, 0.08))
        put("C6", self._some(cancelled, 0.3), "late")
        offered = put("C3", attended + missed + cancelled)
        by = [
            table(code, many, MODES)
            for code, many in (("C8", attended), ("C8c", missed), ("C8d", cancelled))
        ]
        for mode in MODES:
            put("C8b", sum(one[mode] for one in by), mode)
        table("C8e", put("C7", int(self.dice.poisson(1))), MODES)
        ratio("C9", attended, offered)
        ratio("C10", missed, attended + missed)
        groups = put("C11", int(self.dice.poisson(2)))
        put("C11b", self._some(groups, 0.5))
        assessed = put("C14", int(self.dice.poisson(2)))
        people = put("P1", self._some(attended + groups + assessed, 0.5))
        before = 0 if month.endswith("-04") else state["P1"]
        year = max(before, people) + self._some(min(before, people), 0.3)
        state["P1"] = min(year, before + people)
        put("P1", state["P1"], part="value@ytd")
