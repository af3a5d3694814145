"""What care adds to a person's page: the card, the time line, what can be done on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from textwrap import shorten

from provider_desk.model.choices import choices
from provider_desk.model.records import (
    Consent,
    CourtDate,
    DisclosureRequest,
    FollowUp,
    JusticeStep,
    RiskFlag,
    SafeguardingReferral,
    SupportedBy,
    TrialAgreement,
)
from provider_desk.model.rows import Rows
from provider_desk.model.views import CardLine, Item, Part
from provider_desk.services.casework.caring.agreements import words_of
from provider_desk.services.casework.caring.asks import COURT_DAYS
from provider_desk.services.casework.caring.consents import answer_of
from provider_desk.services.casework.caring.equality import offer_words
from provider_desk.services.casework.caring.helping import helping_now
from provider_desk.services.casework.caring.lines import Cared, events_of, joined
from provider_desk.services.casework.caring.risk import standing
from provider_desk.services.casework.known import Known
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import day, label
from provider_desk.store.records import find

#: Headings on the card.
CONSENT, HELPERS = "Consent", "Also supported by"

#: Before the person's id where a safeguarding referral is for no work of ours.
NO_WORK = "person "

#: How many letters of free words stand in a list to choose from.
_BEGINS = 60

_TONES: Mapping[str, str] = {"URGENT": "bad", "ACTIVE": "bad", "WATCH": "warn"}


def of_person(desk: Desk, rows: Rows, known: Known) -> Part:
    """Everything of care about a person, as the person at the desk may read it."""
    client_id = known.client.id
    shown = known.reading.shown
    requests = find(rows, DisclosureRequest, client_id=client_id)
    handles = may(desk, Permission.HANDLE_REQUESTS)
    cared = Cared(
        shown(find(rows, RiskFlag, client_id=client_id), client_id),
        shown(find(rows, SafeguardingReferral, client_id=client_id), client_id),
        find(rows, Consent, client_id=client_id),
        find(rows, SupportedBy, client_id=client_id),
        find(rows, JusticeStep, client_id=client_id),
        shown(find(rows, CourtDate, client_id=client_id), client_id),
        shown(find(rows, FollowUp, client_id=client_id), client_id),
        find(rows, TrialAgreement, client_id=client_id),
        requests if handles else [],
    )
    first = min((c.referral.received_on for c in known.referrals), default=known.today)
    card = (*_grave(cared, known), *_request(requests), *_rest(cared, known))
    return Part(
        # Of one day, what ended comes above its beginning.
        events=tuple(reversed(list(events_of(cared, first)))),
        items=_items(cared, known),
        card=card,
    )


def _begin(words: str) -> str:
    """The first words, and a sign where more follow."""
    return shorten(words, _BEGINS, placeholder=" …")


def _grave(cared: Cared, known: Known) -> Iterator[CardLine]:
    """What must be seen at once: flags, safeguarding, a day in court that is near."""
    for flag in standing(cared.flags):
        words = f"{label('risk_level', flag.level)}"
        if flag.review_on is not None:
            late = flag.review_on < known.today
            since = "review was due" if late else "review"
            words = f"{words} · {since} {day(flag.review_on)}"
        yield CardLine(
            words, _TONES.get(flag.level, "warn"), table=RiskFlag.TABLE, row_id=flag.id
        )
    for made in cared.safeguarding:
        if made.ended_on is None:
            to = label("safeguarding_to", made.made_to)
            yield CardLine(
                f"Safeguarding open: {to}",
                "warn",
                table=SafeguardingReferral.TABLE,
                row_id=made.id,
            )
    near = known.today + timedelta(COURT_DAYS)
    for court in sorted(cared.courts, key=lambda each: each.on):
        if known.today <= court.on <= near and not court.verdict:
            words = f"{label('court_event', court.kind)} {day(court.on)}"
            yield CardLine(words, "warn", table=CourtDate.TABLE, row_id=court.id)


def _request(requests: Sequence[DisclosureRequest]) -> Iterator[CardLine]:
    """That a request is open is seen by all, and no more of it."""
    still_open = choices("request_decision").codes_where("open")
    if any(each.decision in still_open for each in requests):
        yield CardLine("A request for records is open", "warn")


def _rest(cared: Cared, known: Known) -> Iterator[CardLine]:
    if offer := offer_words(known):
        yield CardLine(offer)
    yes: list[str] = []
    no: list[str] = []
    for purpose in choices("consent_purpose").values:
        held = [each for each in cared.consents if each.purpose == purpose.code]
        # As ``may_share`` asks: capitals tell nobody apart.
        names = {each.with_whom.strip().casefold(): each.with_whom for each in held}
        for folded, whom in names.items():
            same = [e for e in held if e.with_whom.strip().casefold() == folded]
            short = whom.strip() or str(purpose.flags.get("short", purpose.label))
            allowed = answer_of(same, purpose.code, known.today).yes
            (yes if allowed else no).append(short)
    if yes:
        yield CardLine(f"Yes: {', '.join(yes)}", "good", heading=CONSENT)
    if no:
        yield CardLine(f"No: {', '.join(no)}", "bad", heading=CONSENT)
    rest = "Anything else: not asked" if yes or no else "Nothing was asked yet"
    yield CardLine(f"{rest} (counts as no)", heading=CONSENT)
    for each in helping_now(cared.helpers, known.today):
        who = label("supporter_kind", each.kind)
        words = f"{who}: {each.name}" if each.name else who
        yield CardLine(
            words,
            table=SupportedBy.TABLE,
            row_id=each.id,
            heading=HELPERS,
        )


def _items(cared: Cared, known: Known) -> Mapping[str, tuple[Item, ...]]:
    """What deeds can be done on; what is nearest or gravest comes first."""
    referrals = tuple(
        Item(
            card.referral.id,
            f"{label('service_area', card.referral.area)}, received "
            f"{day(card.referral.received_on)}, {card.status}",
        )
        for card in known.referrals
    )
    alone = (Item(NO_WORK + known.client.id, known.client.code),)
    return {
        "risk_flag_id": tuple(
            Item(
                flag.id,
                joined(label("risk_level", flag.level), _begin(flag.reason)),
            )
            for flag in standing(cared.flags)
        ),
        "risk_words": tuple(
            Item(flag.id, flag.reason) for flag in standing(cared.flags)
        ),
        "safeguarding_for": referrals or alone,
        "safeguarding_id": tuple(
            Item(
                made.id,
                f"{label('safeguarding_to', made.made_to)}, made {day(made.made_on)}",
            )
            for made in cared.safeguarding
            if made.ended_on is None
        ),
        "consent_id": tuple(_consent_items(cared, known)),
        "court_date_id": tuple(
            Item(court.id, f"{label('court_event', court.kind)}, {day(court.on)}")
            for court in sorted(cared.courts, key=lambda c: c.on, reverse=True)
            if court.verdict is None
            and court.kind in choices("court_event").codes_where("trial")
        ),
        "follow_up_id": tuple(
            Item(each.id, joined(_begin(each.what), f"due {day(each.due_on)}"))
            for each in sorted(cared.follow_ups, key=lambda each: each.due_on)
            if each.done_on is None
        ),
        "agreement_said": (Item(known.client.id, words_of(cared.agreements)),),
    }


def _consent_items(cared: Cared, known: Known) -> Iterator[Item]:
    """Every yes that stands today, and that no later answer has taken the place of."""
    newest = {
        (each.purpose, each.with_whom.strip().casefold()): each.id
        for each in sorted(cared.consents, key=lambda each: each.asked_on)
    }
    for each in cared.consents:
        stands = each.id in newest.values()
        if stands and answer_of([each], each.purpose, known.today).yes:
            words = label("consent_purpose", each.purpose)
            whom = f" ({each.with_whom})" if each.with_whom else ""
            again = {"purpose": each.purpose, "with_whom": each.with_whom}
            yield Item(each.id, f"{words}{whom}, asked {day(each.asked_on)}", again)
