"""Reasons that the program gives itself; they tell nothing of a person.

They are told to everybody, also where a reason that somebody typed is kept back or
sealed.
"""

from provider_desk.services.saying import UNDONE

AFTERWARDS = "recorded afterwards"
SPREADSHEET = "the spreadsheet says more now"
MOVED = "booking moved"
CANCELLED = "booking cancelled"
TOOK_PLACE = "recorded as it took place"
REGISTER = "register put right"
CLOSED = "the episode was closed"
GOES_ON = "goes on under the new referral"
PUT_TOGETHER = "put together with another record of the same person"
APART = "taken apart again"
VERDICT = "the verdict was put right"

#: All of them.
OWN_REASONS = frozenset(
    {
        AFTERWARDS,
        UNDONE,
        SPREADSHEET,
        MOVED,
        CANCELLED,
        TOOK_PLACE,
        REGISTER,
        CLOSED,
        GOES_ON,
        PUT_TOGETHER,
        APART,
        VERDICT,
    }
)
