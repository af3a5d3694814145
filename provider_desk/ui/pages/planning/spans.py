"""Months and areas in a few words."""

from collections.abc import Sequence

from provider_desk.model.choices import choices
from provider_desk.model.months import Month


def months_words(months: Sequence[Month]) -> str:
    """Months in a few words: "Jul 2016 to Sep 2017 (15 months)"; gaps are said."""
    runs: list[list[Month]] = []
    for month in sorted(months):
        if runs and runs[-1][-1].plus(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    said = ", ".join(
        run[0].short_name
        if len(run) == 1
        else f"{run[0].short_name} to {run[-1].short_name}"
        for run in runs
    )
    return said if len(months) == 1 else f"{said} ({len(months)} months)"


def area_words(code: str) -> str:
    """A service area by its short name."""
    return choices("service_area").short(code)
