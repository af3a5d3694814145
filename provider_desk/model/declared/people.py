"""People who use, wait for or were referred to the service.

Source: domain reference, B1, B11, B12.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from provider_desk.model.fields import (
    Count,
    Day,
    OneOf,
    Record,
    Reference,
    Text,
)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Client(Record):
    """A person who uses, waits for or was referred to the service."""

    TABLE: ClassVar[str] = "client"
    LABEL: ClassVar[str] = "Person"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("code",),
        ("born_on",),
        (
            "id",
            "born_on",
            "birth_year",
            "age_band",
            "gender",
            "ethnic_group",
            "disability",
            "disability_effect",
            "orientation",
            "religion",
        ),
        ("created_by",),
        ("email",),
    )

    code: Annotated[
        str,
        Text(
            label="Code",
            help="Given by the program where none is typed; never made from the name.",
            longest=30,
        ),
    ]
    known_as: Annotated[str, Text(label="Known as", personal=True)] = ""
    given_names: Annotated[str, Text(label="First names", personal=True)] = ""
    family_name: Annotated[str, Text(label="Family name", personal=True)] = ""
    previous_names: Annotated[
        str,
        Text(label="Previous names", help="Used only to find someone.", personal=True),
    ] = ""
    born_on: Annotated[date | None, Day(label="Date of birth", personal=True)] = None
    birth_year: Annotated[
        int | None,
        Count(
            label="Year of birth",
            help="Where the day is not known.",
            low=1900,
            high=2100,
            personal=True,
        ),
    ] = None
    age_band: Annotated[
        str | None,
        OneOf(
            label="Age band",
            choices="age_band",
            help="Where neither day nor year is known.",
            personal=True,
        ),
    ] = None
    address: Annotated[str, Text(label="Address", lines=3, personal=True)] = ""
    postcode: Annotated[str, Text(label="Postcode", longest=12, personal=True)] = ""
    mobile: Annotated[str, Text(label="Mobile", longest=40, personal=True)] = ""
    landline: Annotated[str, Text(label="Landline", longest=40, personal=True)] = ""
    email: Annotated[str, Text(label="Email", longest=200, personal=True)] = ""
    gender: Annotated[
        str | None, OneOf(label="Gender", choices="sex_gender", personal=True)
    ] = None
    gender_same_as_birth: Annotated[
        str | None,
        OneOf(
            label="Same as registered at birth",
            choices="gender_same_as_birth",
            personal=True,
        ),
    ] = None
    ethnic_group: Annotated[
        str | None, OneOf(label="Ethnic group", choices="ethnic_group", personal=True)
    ] = None
    disability: Annotated[
        str | None,
        OneOf(
            label="Condition lasting 12 months or more",
            choices="disability_q1",
            personal=True,
        ),
    ] = None
    disability_effect: Annotated[
        str | None,
        OneOf(
            label="Does it reduce day-to-day activity",
            choices="disability_q2",
            personal=True,
        ),
    ] = None
    disability_type: Annotated[
        str | None,
        OneOf(label="Kind of condition", choices="disability_type", personal=True),
    ] = None
    orientation: Annotated[
        str | None,
        OneOf(label="Sexual orientation", choices="sexual_orientation", personal=True),
    ] = None
    religion: Annotated[
        str | None, OneOf(label="Religion", choices="religion", personal=True)
    ] = None
    access_needs: Annotated[
        str,
        Text(label="Language, interpreter, access needs", lines=2, personal=True),
    ] = ""
    justice_status: Annotated[
        str | None,
        OneOf(
            label="Criminal justice status",
            choices="criminal_justice_status",
            personal=True,
        ),
    ] = None
    stovewood: Annotated[
        str | None,
        OneOf(
            label="Part of Operation Stovewood",
            choices="yes_no_pns_nk",
            personal=True,
        ),
    ] = None
    equality_offered_on: Annotated[
        date | None,
        Day(
            label="Equality questions offered on",
            help="Filled in when an answer is recorded; offered again after a year.",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class SafeContact(Record):
    """Whether and how one channel may be used. Not asked means no."""

    TABLE: ClassVar[str] = "safe_contact"
    LABEL: ClassVar[str] = "Safe contact"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("client_id", "permission"),)

    client_id: Annotated[str, Reference(label="Person", to="client")]
    channel: Annotated[str, OneOf(label="Channel", choices="contact_channel")]
    permission: Annotated[
        str, OneOf(label="Is it safe", choices="safe_contact_permission")
    ]
    rules: Annotated[
        str,
        Text(
            label="Rules",
            help="Days and hours, who may answer, what we say we are, code word.",
            lines=3,
            personal=True,
        ),
    ] = ""
    checked_on: Annotated[date | None, Day(label="Last checked on")] = None
    hours: Annotated[
        str, Text(label="Safe days and hours", longest=120, personal=True)
    ] = ""
    answered_by: Annotated[
        str, Text(label="Who may answer", longest=120, personal=True)
    ] = ""
    we_say: Annotated[
        str, Text(label="What we say we are", longest=120, personal=True)
    ] = ""
    code_word: Annotated[str, Text(label="Code word", longest=60, personal=True)] = ""
    message: Annotated[
        str,
        Text(
            label="Message that may be left",
            help="Its exact words; empty means none.",
            longest=200,
            personal=True,
        ),
    ] = ""
    if_other: Annotated[
        str, Text(label="If somebody else answers", longest=200, personal=True)
    ] = ""
    must_not_know: Annotated[
        str, Text(label="Who must not know", longest=200, personal=True)
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class PersonMerge(Record):
    """Two rows that were the same person, put together; can be taken apart again."""

    TABLE: ClassVar[str] = "person_merge"
    LABEL: ClassVar[str] = "Two records put together"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "merged_on"),
        ("gone_id",),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    gone_id: Annotated[str, Text(label="Row that was taken off", longest=32)]
    merged_on: Annotated[date, Day(label="Put together on")]
    moved: Annotated[
        str,
        Text(label="What was moved", help="Table and row of each.", longest=400_000),
    ] = ""
    undone_on: Annotated[date | None, Day(label="Taken apart on")] = None
