"""Every fact, by the name that the indicators use."""

from collections.abc import Mapping
from types import MappingProxyType

from provider_desk.returns.facts import (
    caring,
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
            caring,
        )
        for fact in module.FACTS
    }
)
