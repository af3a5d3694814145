"""What is known of a person when each part of casework is asked about them."""

from dataclasses import dataclass
from datetime import date

from provider_desk.model.records import Client
from provider_desk.model.views import EpisodeCard, ReferralCard
from provider_desk.services.casework.events import Reading


@dataclass(frozen=True, slots=True)
class Known:
    """A person with their referrals and episodes; see ``person_parts``.

    Attributes:
        client: the person.
        referrals: newest first.
        episodes: newest first.
        reading: opens sealed words and leaves clinical ones out:
            ``known.reading.shown(records, known.client.id)``.
        today: the civil date.
    """

    client: Client
    referrals: tuple[ReferralCard, ...]
    episodes: tuple[EpisodeCard, ...]
    reading: Reading
    today: date
