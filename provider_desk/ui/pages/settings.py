"""Settings: the service, its contracts and staff, keys, backups, this PC."""

from provider_desk.services.rights.permissions import Permission
from provider_desk.ui.pages.setting.about import AboutSection
from provider_desk.ui.pages.setting.backups import BackupsSection
from provider_desk.ui.pages.setting.by_contract import (
    AreaLifeSection,
    CapacitySection,
    OpeningSection,
)
from provider_desk.ui.pages.setting.contracts import ContractsSection
from provider_desk.ui.pages.setting.counsel_key import CounselKeySection
from provider_desk.ui.pages.setting.look import LookSection
from provider_desk.ui.pages.setting.password import PasswordSection
from provider_desk.ui.pages.setting.sections_page import SectionPart, SectionsPage
from provider_desk.ui.pages.setting.service import ServiceSection
from provider_desk.ui.pages.setting.sheets import SheetsSection
from provider_desk.ui.pages.setting.staff import StaffSection

_CHANGES = (Permission.CHANGE_SETTINGS,)
_OF_THE_KEYS = (Permission.MANAGE_PEOPLE, Permission.GIVE_COUNSEL_KEY)


class SettingsPage(SectionsPage):
    """What a role may not change is not shown to it."""

    TITLE = "Settings"
    HELP = "settings"
    CONCERNS = (
        "provider",
        "user",
        "contract",
        "contract_area",
        "opening_balance",
        "capacity",
    )
    PARTS = (
        SectionPart("service", ServiceSection, _CHANGES),
        SectionPart("contracts", ContractsSection, _CHANGES),
        SectionPart("areas", AreaLifeSection, _CHANGES),
        SectionPart("opening", OpeningSection, _CHANGES),
        SectionPart("capacity", CapacitySection, _CHANGES),
        SectionPart("staff", StaffSection, (Permission.MANAGE_PEOPLE,)),
        SectionPart("counsel_key", CounselKeySection, _OF_THE_KEYS),
        SectionPart("sheets", SheetsSection, _OF_THE_KEYS),
        SectionPart("backups", BackupsSection, (Permission.BACK_UP,)),
        SectionPart("password", PasswordSection),
        SectionPart("look", LookSection),
        SectionPart("about", AboutSection),
    )
