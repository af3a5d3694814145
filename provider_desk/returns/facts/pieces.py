"""Pieces of SQL that several facts share, each said once."""

from provider_desk.model.choices import choices
from provider_desk.model.waits import BANDS, EDGES

#: Age in whole years, in the groups of the commissioner. Source: domain, A2, B11.
AGE_GROUPS: tuple[tuple[str, int], ...] = (("under 18", 18), ("18-24", 25))
AGE_OLDEST = "25+"
AGE_NOT_KNOWN = "not known"


def days_between(later: str, earlier: str) -> str:
    """Whole days from one date column to another."""
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


def band_of(days: str) -> str:
    """The label of the band that a wait of so many days belongs to."""
    steps = (
        f"WHEN {days} <= {edge} THEN '{band}'"
        for edge, band in zip(EDGES, BANDS, strict=False)
    )
    return f"CASE {' '.join(steps)} ELSE '{BANDS[-1]}' END"


def is_row(id_column: str, wanted: str) -> str:
    """Whether a row is the one with an id.

    Said as a range, so that SQLite takes the index that holds every column asked for
    and not the unique one, behind which each row must be fetched by itself.
    """
    return f"{id_column} BETWEEN {wanted} AND {wanted}"


def in_error(referral_id: str) -> str:
    """Whether a referral was entered in error, as its place on the list says.

    The few that were are read once for all rows that are asked about.
    """
    return (
        f"{referral_id} IN (SELECT wrong.referral_id FROM waiting_entry AS wrong "
        "WHERE wrong.removal_reason IN :entry_error AND wrong.deleted IS NULL "
        "AND wrong.referral_id IS NOT NULL)"
    )


def closed_in_error(episode_id: str) -> str:
    """Whether an episode was entered in error, as its closing says."""
    return (
        f"{episode_id} IN (SELECT wrong.episode_id FROM closure AS wrong "
        "WHERE wrong.reason IN :closing_error AND wrong.deleted IS NULL "
        "AND wrong.episode_id IS NOT NULL)"
    )


def first_start(referral_id: str) -> str:
    """The day on which a referral's first episode started, "9999" before that."""
    return (
        "coalesce((SELECT min(begun.started_on) FROM episode AS begun "
        f"WHERE begun.referral_id = {referral_id} AND begun.deleted IS NULL "
        f"AND NOT {closed_in_error('begun.id')}), '9999')"
    )


def closed_on(episode_id: str) -> str:
    """The last day of an episode, "9999" while it is live."""
    return (
        "coalesce((SELECT min(ending.closed_on) FROM closure AS ending "
        f"WHERE ending.episode_id = {episode_id} AND ending.deleted IS NULL), '9999')"
    )


def earlier_referral(referral: str) -> str:
    """Whether the same person was referred before, to any area. Source: A9."""
    return (
        "EXISTS (SELECT 1 FROM referral AS before "
        f"WHERE before.client_id = {referral}.client_id "
        f"AND before.received_on < {referral}.received_on "
        f"AND before.deleted IS NULL AND NOT {in_error('before.id')})"
    )


def back_within_a_year(referral: str) -> str:
    """Whether support had ended at most 12 months before, the day itself in.

    A year is added to the year's digits: "2025-02-29" sorts behind 28 February, so
    that 29 February plus 12 months reaches to the 28th and no further.
    """
    return (
        "EXISTS (SELECT 1 FROM referral AS before "
        "CROSS JOIN episode AS ended ON ended.referral_id = before.id "
        "AND ended.deleted IS NULL "
        "CROSS JOIN closure AS ending ON ending.episode_id = ended.id "
        "AND ending.deleted IS NULL AND ending.reason NOT IN :closing_error "
        f"WHERE before.client_id = {referral}.client_id "
        f"AND before.id <> {referral}.id AND before.deleted IS NULL "
        f"AND ending.closed_on <= {referral}.received_on "
        f"AND {referral}.received_on <= printf('%04d', "
        "substr(ending.closed_on, 1, 4) + 1) || substr(ending.closed_on, 5))"
    )


def duplicate_of_open(referral: str) -> str:
    """Whether an earlier referral to the same area was still open that day."""
    return (
        "EXISTS (SELECT 1 FROM referral AS open "
        f"WHERE open.client_id = {referral}.client_id "
        f"AND open.contract_id = {referral}.contract_id "
        f"AND open.area = {referral}.area AND open.deleted IS NULL "
        f"AND (open.received_on, open.id) < ({referral}.received_on, {referral}.id) "
        "AND NOT (open.decision IN ('DECLINED', 'WITHDRAWN') "
        f"AND open.decided_on <= {referral}.received_on) "
        "AND NOT EXISTS (SELECT 1 FROM waiting_entry AS left_list "
        "WHERE left_list.referral_id = open.id AND left_list.deleted IS NULL "
        f"AND left_list.removed_on <= {referral}.received_on) "
        "AND NOT EXISTS (SELECT 1 FROM episode AS ended "
        "JOIN closure AS ending ON ending.episode_id = ended.id "
        "WHERE ended.referral_id = open.id AND ended.deleted IS NULL "
        "AND ending.deleted IS NULL "
        f"AND ending.closed_on <= {referral}.received_on))"
    )


def age_group(client: str, day: str) -> str:
    """The age group of a person on a day; a birthday counts from the day itself.

    Where only the year of birth is known the birthday is taken for past.
    """
    age = (
        f"CASE WHEN {client}.born_on IS NOT NULL THEN "
        f"substr({day}, 1, 4) - substr({client}.born_on, 1, 4) "
        f"- (substr({day}, 6) < substr({client}.born_on, 6)) "
        f"ELSE substr({day}, 1, 4) - {client}.birth_year END"
    )
    steps = " ".join(
        f"WHEN {age} < {limit} THEN '{group}'" for group, limit in AGE_GROUPS
    )
    bands = " ".join(
        f"WHEN {client}.age_band = '{code}' THEN '{group}'"
        for code, group in _groups_of_bands()
    )
    return (
        f"CASE WHEN {client}.born_on IS NULL AND {client}.birth_year IS NULL "
        f"THEN CASE {bands} ELSE '{AGE_NOT_KNOWN}' END "
        f"{steps} WHEN {age} >= {AGE_GROUPS[-1][1]} THEN '{AGE_OLDEST}' "
        f"ELSE '{AGE_NOT_KNOWN}' END"
    )


def _groups_of_bands() -> list[tuple[str, str]]:
    """Each code of the finer age bands and the group that it lies in."""
    found = []
    for band in choices("age_band").values:
        oldest = band.flags.get("hi", band.flags.get("lo"))
        if oldest is None:
            continue
        group = next((g for g, limit in AGE_GROUPS if oldest < limit), AGE_OLDEST)
        found.append((band.code, group))
    return found
