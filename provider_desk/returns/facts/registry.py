"""Every fact, by the name that the indicators use."""

from collections.abc import Mapping
from types import MappingProxyType

from provider_desk.returns.facts import (
    episodes,
    equality,
    outcomes,
    referrals,
    sessions,
    support,
    waiting,
)
from provider_desk.returns.facts.fact import Fact

FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        fact.name: fact
        for module in (
            referrals,
            waiting,
            sessions,
            episodes,
            outcomes,
            support,
            equality,
        )
        for fact in module.FACTS
    }
)
