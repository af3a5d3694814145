"""The office: feedback, the staff register, contracts that end, accounts."""

from provider_desk.services.rights.permissions import Permission
from provider_desk.ui.pages.officing.accounts import AccountsSection
from provider_desk.ui.pages.officing.contracts_left import ContractsLeftSection
from provider_desk.ui.pages.officing.feedback import FeedbackSection
from provider_desk.ui.pages.officing.register import RegisterSection
from provider_desk.ui.pages.setting.sections_page import SectionPart, SectionsPage


class OfficePage(SectionsPage):
    """Each sees what their role has to do with."""

    TITLE = "Office"
    HELP = "office"
    CONCERNS = ("feedback", "training", "supervision", "contract", "user")
    PARTS = (
        SectionPart("feedback", FeedbackSection, (Permission.RECORD_FEEDBACK,)),
        SectionPart("register", RegisterSection),
        SectionPart("contracts", ContractsLeftSection, (Permission.PLAN,)),
        SectionPart("accounts", AccountsSection, (Permission.MANAGE_PEOPLE,)),
    )
