"""The places of the window, in the order of the list on the left.

A page's module is imported when somebody first goes there.
"""

from dataclasses import dataclass
from importlib import import_module

from provider_desk.services.rights.permissions import Permission
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go.

    Attributes:
        name: what ``frame.go`` calls it.
        words: in the list on the left.
        icon: file in resources/icons, without ending.
        module: below ``provider_desk.ui.pages``.
        page: class in that module.
        key: shortcut, "" where the place is not in the list.
        needs: without this permission the place is not shown.
        beside: modules below it that are large, to be brought in beforehand.
    """

    name: str
    words: str
    icon: str
    module: str
    page: str
    key: str = ""
    needs: Permission = Permission.READ
    beside: tuple[str, ...] = ()

    def made(self, frame: Frame) -> Page:
        """Import and make the page."""
        module = import_module(f"provider_desk.ui.pages.{self.module}")
        page: Page = getattr(module, self.page)(frame)
        return page


PLACES = (
    Place(
        "today",
        "Today",
        "today",
        "today",
        "TodayPage",
        "Alt+1",
    ),
    Place(
        "people",
        "People",
        "people",
        "people",
        "PeoplePage",
        "Alt+2",
        Permission.SEE_OWN,
    ),
    Place(
        "waiting",
        "Waiting list",
        "waiting",
        "waiting_list",
        "WaitingListPage",
        "Alt+3",
        Permission.SEE_OWN,
    ),
    Place(
        "diary",
        "Diary",
        "diary",
        "diary",
        "DiaryPage",
        "Alt+4",
        Permission.RECORD_SESSIONS,
    ),
    Place(
        "groups",
        "Groups",
        "groups",
        "groups",
        "GroupsPage",
        "Alt+5",
        Permission.RECORD_SESSIONS,
    ),
    Place(
        "notes",
        "My notes",
        "notes",
        "my_notes",
        "MyNotesPage",
        "Alt+N",
        Permission.WRITE_SEALED,
    ),
    Place(
        "return",
        "Return",
        "return",
        "monthly_return",
        "MonthlyReturnPage",
        "Alt+6",
        Permission.SEE_FIGURES,
        ("provider_desk.services.returning.preparing",),
    ),
    Place(
        "capacity",
        "Capacity",
        "capacity",
        "capacity",
        "CapacityPage",
        "Alt+7",
        Permission.PLAN,
        ("provider_desk.services.planning.overview",),
    ),
    Place(
        "office",
        "Office",
        "office",
        "office",
        "OfficePage",
        "Alt+8",
        Permission.RECORD_FEEDBACK,
        ("provider_desk.services.office.register_export",),
    ),
    Place(
        "bring_in",
        "Bring in",
        "bring_in",
        "bringing_in",
        "BringingInPage",
        "Alt+B",
        Permission.BRING_IN,
        ("provider_desk.services.bring_in",),
    ),
    Place(
        "who_looked",
        "Who looked",
        "who_looked",
        "who_looked",
        "WhoLookedPage",
        "Alt+W",
        Permission.READ_LOG,
    ),
    Place(
        "settings",
        "Settings",
        "settings",
        "settings",
        "SettingsPage",
        "Alt+9",
    ),
    Place(
        "leaver",
        "Leaver",
        "people",
        "leaver",
        "LeaverPage",
        needs=Permission.MANAGE_PEOPLE,
    ),
    Place(
        "person",
        "Person",
        "people",
        "person",
        "PersonPageView",
        needs=Permission.SEE_OWN,
    ),
    Place("help", "Help", "help", "help", "HelpPage", "F1"),
)

BY_NAME = {place.name: place for place in PLACES}
LISTED = tuple(place for place in PLACES if place.key.startswith("Alt"))
