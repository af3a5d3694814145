"""Case studies and quotes: the riskiest thing that leaves in a return.

One leaves only with recorded consent to this use, every point of the checklist, and a
second reader. Source: monthly return, §5; disclosure, §14; practice P45.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import DeskError
from provider_desk.model.fields import Value
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.model.records import CaseStudy, Client
from provider_desk.model.rows import Rows
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import Told
from provider_desk.services import saving
from provider_desk.services.casework.caring.consents import may_share
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.history import writers
from provider_desk.store.queries.people import id_of_code
from provider_desk.store.records import find, get

#: Purpose of consent.
_CONSENT = "CASE_STUDY"


@dataclass(frozen=True, slots=True)
class Study:
    """A case study or quote and what keeps it from leaving.

    Attributes:
        id: the row.
        kind: code of case_study_kind.
        label: the kind in words.
        words: as they will be printed.
        missing: sentences on what is missing; where there are none, it leaves.
        record: everything that was typed.
        person: code of whom it is about, "" where it is linked to nobody.
    """

    id: str
    kind: str
    label: str
    words: str
    missing: tuple[str, ...]
    record: CaseStudy
    person: str = ""


@needs(Permission.MAKE_RETURN, Permission.SEE_ALL)
def studies(desk: Desk, contract_id: str, month: Month) -> list[Study]:
    """The case studies and quotes of a quarter, in the order they were written."""
    with desk.store.reading() as rows:
        found = find(rows, CaseStudy, contract_id=contract_id, month=str(month))
        return [_study(rows, each, desk.today()) for each in found]


def _study(rows: Rows, record: CaseStudy, today: date) -> Study:
    label = choices("case_study_kind").label(record.kind)
    missing, code = list(_missing(record)), ""
    if record.client_id:
        code = get(rows, Client, record.client_id).code
        answer = may_share(rows, record.client_id, _CONSENT, today)
        if not answer.yes:
            missing.append(f"Consent of {code} is missing. {answer.words}")
    kind, words = record.kind, record.words
    return Study(record.id, kind, label, words, tuple(missing), record, code)


def _missing(study: CaseStudy) -> tuple[str, ...]:
    found = []
    if not study.words.strip():
        found.append("There are no words yet.")
    if study.consent_on is None or not study.consent_evidence.strip():
        found.append(
            "Consent to this use is not recorded: when it was given and where the "
            "paper is kept."
        )
    ticked = set(study.blurred.split())
    left = [c.label for c in choices("case_study_check").values if c.code not in ticked]
    if left:
        found.append(f"Not ticked yet: {'; '.join(left)}.")
    if study.read_by is None:
        found.append("A second person has not read it.")
    return tuple(found)


@needs(Permission.MAKE_RETURN, Permission.SEE_ALL)
def write_study(
    desk: Desk,
    values: Mapping[str, Value],
    study_id: str | None = None,
    *,
    person: str | None = None,
) -> Changed:
    """Keep a case study or quote; changed words need to be read again.

    Where it is about one person, it leaves only while their consent to this use is on
    record. Source: practices, P5, P45.

    Args:
        desk: the open desk.
        values: by field name of CaseStudy; who read it is not among them.
        study_id: the one that is changed, None for a new one.
        person: the exact code of whom it is about; "" for nobody, None leaves it.

    Raises:
        NotValid: a value stops it, or nobody has that code.
        NotFound: there is no such case study.
    """
    given = {k: v for k, v in values.items() if k not in ("read_by", "read_on")}
    with desk.store.writing("write a case study", by=desk.user.id) as deed:
        if person is not None:
            given["client_id"] = _id_of(deed, person)
        if study_id is None:
            study, warnings = saving.add(desk, deed, CaseStudy, given)
        else:
            before = get(deed, CaseStudy, study_id)
            if given.get("words", before.words) != before.words:
                given |= {"read_by": None, "read_on": None}
            study, warnings = saving.change(desk, deed, CaseStudy, study_id, given)
        label = choices("case_study_kind").label(study.kind)
        return saving.done(deed, f"{label} kept.", warnings)


def _id_of(rows: Rows, code: str) -> str | None:
    if not code.strip():
        return None
    found = id_of_code(rows, code.strip())
    if not found:
        raise saving.stop("client_id", "Nobody on this desk has this code.")
    return found


@needs(Permission.MAKE_RETURN, Permission.SEE_ALL)
def read_study(desk: Desk, study_id: str) -> Changed:
    """Confirm as a second reader that nobody can be known by it.

    Raises:
        DeskError: whoever wrote it may not be its second reader.
        NotFound: there is no such case study.
    """
    looks.note(desk, LookKind.OPENED, table=CaseStudy.TABLE, row_id=study_id)
    with desk.store.writing("read a case study", by=desk.user.id) as deed:
        study = get(deed, CaseStudy, study_id)
        if desk.user.id in writers(deed, CaseStudy.TABLE, study.id, "words"):
            raise DeskError(
                "You wrote these words, so somebody else has to read them.",
                "Nothing was changed. Ask a colleague who may make returns.",
            )
        saving.change(
            desk, deed, CaseStudy, study_id,
            {"read_by": desk.user.id, "read_on": desk.today()},
        )  # fmt: skip
        return saving.done(deed, "Read by a second person.")


@needs(Permission.MAKE_RETURN, Permission.SEE_ALL)
def drop_study(desk: Desk, study_id: str) -> Changed:
    """Take a case study out of the return; its history stays.

    Raises:
        NotFound: there is no such case study.
    """
    with desk.store.writing("take out a case study", by=desk.user.id) as deed:
        get(deed, CaseStudy, study_id)
        deed.retire(CaseStudy, study_id, "taken out of the return")
        return saving.done(deed, "Taken out of the return.")


def told_in(found: list[Study]) -> tuple[Told, ...]:
    """Those that may leave, ready to print."""
    return tuple(
        Told(SUM, each.kind, _heading(each), each.words.strip())
        for each in found
        if not each.missing
    )


def _heading(study: Study) -> str:
    composite = study.record.composite == "Y"
    return f"{study.label} (made of several)" if composite else study.label
