"""The month's return, as pages and commands ask for it; see ``services.returning``."""

from provider_desk.services.returning.choosing import (
    COUNCIL,
    INTERNAL,
    PUBLIC,
    contract_of,
    contracts,
)
from provider_desk.services.returning.exporting import UNSIGNED, Exported, export
from provider_desk.services.returning.issuing import issue, reissue
from provider_desk.services.returning.meaning import what_issuing_means
from provider_desk.services.returning.preparing import (
    NOT_ISSUED,
    PROVISIONAL,
    prepare,
    rows_at_fault,
    rows_behind,
    side_by_side,
)
from provider_desk.services.returning.writing import FORMATS

__all__ = [
    "COUNCIL",
    "FORMATS",
    "INTERNAL",
    "NOT_ISSUED",
    "PROVISIONAL",
    "PUBLIC",
    "UNSIGNED",
    "Exported",
    "contract_of",
    "contracts",
    "export",
    "issue",
    "prepare",
    "reissue",
    "rows_at_fault",
    "rows_behind",
    "side_by_side",
    "what_issuing_means",
]
