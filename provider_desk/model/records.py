"""Every record type, declared once.

Field names are for ever: a field is added, never renamed or given another meaning,
because changes made by older versions name it. Ids refer softly: a row may arrive
before the row it refers to. Source: domain reference, section B.
"""

from provider_desk.model.declared.episodes import (
    Closure,
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    Score,
    Session,
)
from provider_desk.model.declared.notes import CaseAccess, ProcessNote
from provider_desk.model.declared.office import (
    Capacity,
    Contract,
    ContractArea,
    OpeningBalance,
    Provider,
    ReturnMade,
    User,
)
from provider_desk.model.declared.outcomes import (
    Goal,
    GoalRating,
    SupportTag,
    SurveyAnswer,
)
from provider_desk.model.declared.people import (
    Client,
    SafeContact,
)
from provider_desk.model.declared.referrals import (
    Referral,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.model.declared.returning import (
    CaseStudy,
    IssuedReturn,
    Narrative,
    NilChecked,
    NotSubmitted,
    ReturnAgreement,
    ReturnChecked,
    ReturnKey,
    ReturnSent,
    ReturnSigned,
)
from provider_desk.model.fields import Record

__all__ = [
    "BY_TABLE",
    "RECORDS",
    "Capacity",
    "CaseAccess",
    "CaseStudy",
    "Client",
    "Closure",
    "Contract",
    "ContractArea",
    "Episode",
    "Exceptional",
    "ExitStrategy",
    "Goal",
    "GoalRating",
    "IssuedReturn",
    "Narrative",
    "NilChecked",
    "NotSubmitted",
    "OpeningBalance",
    "Phase",
    "ProcessNote",
    "Provider",
    "Referral",
    "ReturnAgreement",
    "ReturnChecked",
    "ReturnKey",
    "ReturnMade",
    "ReturnSent",
    "ReturnSigned",
    "SafeContact",
    "Score",
    "Session",
    "SupportTag",
    "SurveyAnswer",
    "User",
    "WaitingContact",
    "WaitingEntry",
    "WaitingOffer",
]

#: Every record type, in the order in which rows may refer to rows.
RECORDS: tuple[type[Record], ...] = (
    Provider,
    User,
    Contract,
    ContractArea,
    Capacity,
    OpeningBalance,
    Client,
    SafeContact,
    Referral,
    WaitingEntry,
    WaitingContact,
    WaitingOffer,
    Episode,
    Phase,
    Session,
    Score,
    ExitStrategy,
    Exceptional,
    Closure,
    ProcessNote,
    CaseAccess,
    ReturnMade,
    Goal,
    GoalRating,
    SurveyAnswer,
    SupportTag,
    ReturnKey,
    IssuedReturn,
    ReturnAgreement,
    ReturnSigned,
    ReturnSent,
    NilChecked,
    NotSubmitted,
    Narrative,
    CaseStudy,
    ReturnChecked,
)

BY_TABLE: dict[str, type[Record]] = {each.TABLE: each for each in RECORDS}
