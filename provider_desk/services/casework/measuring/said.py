"""A score as the time line says it."""

from provider_desk.model.item_scores import exact_total, total_words
from provider_desk.model.outcome_measures import measures
from provider_desk.model.records import Score
from provider_desk.services.saying import label, some


def score_words(score: Score) -> tuple[str, str]:
    """Its title, which stays while names are hidden, and all that it says."""
    title = score.scale_name or label("outcome_measure", score.instrument)
    total = total_words(score.instrument, score.total, score.tenths)
    measure = measures().get(score.instrument)
    exact = exact_total(score.total, score.tenths)
    band = measure.band_of(exact) if measure else ""
    missing = score.missing or 0
    parts = (
        f"{total}, {band}" if band else total,
        label("score_occasion", score.occasion),
        label("administered", score.administered),
        f"{some(missing, 'question')} without an answer" if missing else "",
    )
    return title, " · ".join(part for part in parts if part)
