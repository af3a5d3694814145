"""The open episodes of a person, to choose from."""

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, shown
from provider_desk.model.views import EpisodeCard, PersonPage

_DAY = Day(label="")


def open_episodes(page: PersonPage) -> list[EpisodeCard]:
    """Those that are not closed, newest first."""
    return [card for card in page.episodes if card.closed_on is None]


def options(page: PersonPage) -> list[tuple[str, str]]:
    """Id and words of each."""
    return [(card.episode_id, episode_words(card)) for card in open_episodes(page)]


def episode_words(card: EpisodeCard) -> str:
    """“Counselling, since Tue 3 Oct 2017”."""
    area = choices("service_area").label(card.area)
    return f"{area}, since {shown(_DAY, card.started_on)}"


def referral_of(page: PersonPage, episode_id: str) -> str:
    """The referral that an episode came of."""
    return next(
        (c.referral_id for c in page.episodes if c.episode_id == episode_id), ""
    )
