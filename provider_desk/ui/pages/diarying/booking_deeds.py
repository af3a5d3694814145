"""Deeds for a person that the diary and the groups offer, declared."""

from provider_desk.model.records import GroupMember, Session
from provider_desk.model.views import Standing
from provider_desk.services.casework.booking import groups
from provider_desk.services.rights.permissions import Permission
from provider_desk.ui import deeds
from provider_desk.ui.pages.deed import Deed
from provider_desk.ui.pages.diarying.book_panel import book_referral, for_person
from provider_desk.ui.pages.grouping.join_panel import JoinPanel

_WITH_US = (Standing.LIVE, Standing.WAITING, Standing.AWAITING)

DEEDS = (
    Deed(
        deeds.BOOK,
        deeds.BOOK.words,
        Session,
        ("held_on",),
        "referral_id",
        book_referral,
        Permission.RECORD_SESSIONS,
        standings=_WITH_US,
        panel=for_person,
    ),
    Deed(
        deeds.JOIN_GROUP,
        deeds.JOIN_GROUP.words,
        GroupMember,
        ("group_id", "joined_on"),
        "referral_id",
        groups.join,
        Permission.RECORD_SESSIONS,
        standings=(*_WITH_US, Standing.CLOSED),
        panel=JoinPanel,
    ),
)
