"""The scan of words before they leave finds what could give somebody away."""

import pytest

from provider_desk.returns.narrative.scan import Kind, Known, scan

#: Invented people.
KNOWN = Known(
    names=frozenset({"aaliyah", "mark", "osgathorpe", "rose", "young"}),
    codes=frozenset({"ro0042"}),
    allowed=frozenset({"rothacs"}),
)


def kinds(text: str) -> set[Kind]:
    return {found.kind for found in scan(text, KNOWN)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We helped aaliyah settle.", Kind.NAME),
        ("Later Aaliyah's confidence grew.", Kind.NAME),
        ("The worker said that Mark came back.", Kind.NAME),
        ("Rose began to sleep again.", Kind.NAME),
        ("Support by Ms Osgathorpe went on.", Kind.NAME),
        ("She told Zebediah about it.", Kind.CAPITAL),
        ("The home is in Maltby.", Kind.PLACE),
        ("She went to Oakfield School again.", Kind.INSTITUTION),
        ("It was part of Operation Larkspur.", Kind.INSTITUTION),
        ("Letters to S60 1AE came back.", Kind.POSTCODE),
        ("We rang 07700 900123 twice.", Kind.PHONE),
        ("Write to someone@example.org.", Kind.ADDRESS),
        ("It happened on 5 September.", Kind.DATE),
        ("It happened on 05/09/2017.", Kind.DATE),
        ("On September 5th things changed.", Kind.DATE),
        ("A person aged 23 came.", Kind.AGE),
        ("A 31-year-old came.", Kind.AGE),
        ("We met J.S. in spring.", Kind.INITIALS),
        ("See RO0042 for more.", Kind.CODE),
        ("After the verdict things were hard.", Kind.EVENT),
        ("About three people said it got worse.", Kind.SMALL),
        ("We saw 2 new clients.", Kind.SMALL),
        ("A Pakistani mother of twins came to us.", Kind.TOGETHER),
        ("One said “I have got my life back at last”.", Kind.QUOTE),
    ],
)
def test_what_could_give_somebody_away_is_pointed_out(text: str, kind: Kind) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Referrals rose in September 2017, as every year.",
        "Rothacs and the Trauma and Resilience Service meet every month.",
        "Staff trained in the PHQ-9. Waits fell from {B2_median@2017-08} days.",
        "More people came than last year: {A1} in the month.",
        "We will mark the day. Young people came more often.",
        "Around 15 people waited, 40% of them under four weeks.",
        "- New groups begin in October\n- Supervision is monthly",
    ],
)
def test_what_gives_nobody_away_is_left_alone(text: str) -> None:
    assert scan(text, KNOWN) == ()


def test_each_place_is_named_once_and_exactly() -> None:
    text = "We rang 07700 900123 for Aaliyah."
    found = scan(text, KNOWN)

    assert [text[each.start : each.end] for each in found] == [
        "07700 900123",
        "Aaliyah",
    ]
    assert all(each.text == text[each.start : each.end] for each in found)


def test_every_kind_says_what_to_do() -> None:
    texts = ["Aaliyah", "On 5 May 2 women aged 20 rang 01709 555 0123"]
    for text in texts:
        assert all(each.advice.endswith(".") for each in scan(text, KNOWN))


def test_a_desk_that_knows_nobody_is_scanned_all_the_same() -> None:
    assert {each.kind for each in scan("We met Zebediah at S60 1AE.")} == {
        Kind.CAPITAL,
        Kind.POSTCODE,
    }
