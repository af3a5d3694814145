"""A counselling case, and the people who may and may not read its notes."""

import pytest

from provider_desk.services.desk import Desk
from tests.builders.casework import (
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)
from tests.builders.counselling import DAY, NOTE


@pytest.fixture
def counsellor(desk: Desk) -> Desk:
    """Somebody of the counselling team."""
    return signed_in_as(desk, "COUNSELLOR", "CO")


@pytest.fixture
def colleague(desk: Desk) -> Desk:
    """Somebody else of the counselling team."""
    return signed_in_as(desk, "COUNSELLOR", "CC")


@pytest.fixture
def lead(desk: Desk) -> Desk:
    """The clinical lead."""
    return signed_in_as(desk, "CLINICAL_LEAD", "CL")


@pytest.fixture
def case(counsellor: Desk) -> tuple[str, str, str]:
    """A counselling episode: ids of person, referral and a session with a note."""
    client_id = make_client(counsellor)
    referral_id, _ = make_episode(counsellor, client_id)
    session_id = make_session(counsellor, referral_id, DAY, note=NOTE, worker="CO")
    return client_id, referral_id, session_id
