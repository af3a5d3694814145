"""Which panel each deed of the last step opens."""

from collections.abc import Callable, Mapping

from provider_desk.model.months import Month
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.again_panel import AgainPanel
from provider_desk.ui.pages.returning.agreement_panel import AgreementPanel
from provider_desk.ui.pages.returning.file_panels import (
    FilePanel,
    MergePanel,
    WorkbookPanel,
)
from provider_desk.ui.pages.returning.issue_panel import ChainPanel
from provider_desk.ui.pages.returning.sent_panel import SentPanel
from provider_desk.ui.parts.panel import Panel

#: Words of the deed → its panel, of a contract and month.
_PANELS: Mapping[str, Callable[[Frame, str, Month], Panel]] = {
    deeds.SENT.words: SentPanel,
    deeds.WORKBOOK.words: WorkbookPanel,
    deeds.RETURN_FILE.words: lambda frame, _contract, _month: FilePanel(frame),
    deeds.MERGE.words: lambda frame, _contract, _month: MergePanel(frame),
    deeds.EXACT_TOTALS.words: lambda frame, contract, _month: AgreementPanel(
        frame, contract
    ),
    deeds.ATTACK.words: lambda frame, contract, _month: ChainPanel(frame, contract),
    deeds.AGAIN.words: AgainPanel,
}


def panel_for(deed: str, frame: Frame, contract_id: str, month: Month) -> Panel:
    """The panel of a deed.

    Raises:
        KeyError: there is no such deed.
    """
    return _PANELS[deed](frame, contract_id, month)
