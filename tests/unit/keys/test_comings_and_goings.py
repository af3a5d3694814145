"""Any deeds by anybody in any order: what always holds of who opens what."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from provider_desk.keys import desk_keys, ring, roster
from provider_desk.keys.compartments import is_counsel
from provider_desk.keys.desk_keys import ADMIN, ALL_COUNSEL, CORE, FIRST_TEAM, DeskKeys
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.model.errors import DeskError
from tests.builders.keys import RealDesk

PEOPLE = st.sampled_from(("manager", "lead", "counsellor", "worker"))
TEAMS = st.sampled_from((FIRST_TEAM, "counsel:young", ALL_COUNSEL, CORE, ADMIN))


class ComingsAndGoings(RuleBasedStateMachine):
    """A staffed desk; whatever is not allowed is refused and changes nothing."""

    template: RealDesk

    @initialize()
    def begin(self) -> None:
        """Start from a fresh copy."""
        self.home = Path(tempfile.mkdtemp())
        self.desk = self.template.copied(self.home / "desk")
        self.codes = {"A": self.desk.new.sheet_a, "B": self.desk.new.sheet_b}
        self.gone: dict[str, DeskKeys] = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.home, ignore_errors=True)

    def _tried(self, by: str, deed: Callable[[Path, DeskKeys], object]) -> bool:
        path = self.desk.folder / roster.NAME
        if by in self.gone:
            return False
        keys = self.desk.signed_in(by)
        before = path.read_bytes()
        try:
            deed(self.desk.folder, keys)
        except DeskError:
            assert path.read_bytes() == before
            return False
        assert keys.roster_revision == roster.read(self.desk.folder).now.revision
        return True

    @rule(by=PEOPLE, team=TEAMS, user=PEOPLE)
    def give(self, by: str, team: str, user: str) -> None:
        """Give a key."""
        self._tried(by, lambda at, keys: desk_keys.grant(at, keys, team, user))

    @rule(by=PEOPLE, team=TEAMS, user=PEOPLE)
    def take_away(self, by: str, team: str, user: str) -> None:
        """Take a key away."""
        self._tried(by, lambda at, keys: desk_keys.revoke_grant(at, keys, team, user))

    @rule(by=PEOPLE, user=PEOPLE, admin=st.booleans())
    def manage(self, by: str, user: str, admin: bool) -> None:  # noqa: FBT001
        """Make a manager, or no longer one."""
        self._tried(
            by, lambda at, keys: desk_keys.set_admin(at, keys, user, admin=admin)
        )

    @rule(by=PEOPLE, user=PEOPLE)
    def leave(self, by: str, user: str) -> None:
        """Somebody leaves; what they hold is kept, as they could."""
        kept = None if user in self.gone else self.desk.signed_in(user)
        if self._tried(by, lambda at, keys: desk_keys.disable_user(at, keys, user)):
            assert kept is not None
            self.gone[user] = kept

    @rule(by=PEOPLE, which=st.sampled_from(("A", "B")))
    def renew(self, by: str, which: str) -> None:
        """Renew a sheet."""
        code = desk_keys.new_code()
        if self._tried(
            by, lambda at, keys: desk_keys.renew_sheet(at, keys, which, code)
        ):
            self.codes[which] = code

    @rule(by=PEOPLE)
    def take_up(self, by: str) -> None:
        """Become a clinical lead with sheet B."""
        code = self.codes["B"]
        self._tried(by, lambda at, keys: desk_keys.take_up(at, keys, code))

    @rule(by=PEOPLE)
    def add_team(self, by: str) -> None:
        """One more team."""
        self._tried(by, lambda at, keys: desk_keys.add_team(at, keys, "young"))

    @rule(by=PEOPLE)
    def rotate(self, by: str) -> None:
        """What is due and theirs is not due afterwards."""
        if self._tried(by, desk_keys.rotate_due):
            keys = self.desk.signed_in(by)
            due = desk_keys.due(self.desk.folder, keys)
            assert not (keys.is_admin and {CORE, ADMIN} & set(due))
            assert not (keys.is_lead and any(is_counsel(name) for name in due))

    @invariant()
    def everybody_opens_what_is_theirs_and_nothing_else(self) -> None:
        """Members core, managers admin and no counsel, each sheet its own."""
        listed = roster.read(self.desk.folder)
        for user, member in listed.now.active():
            held = set(self.desk.signed_in(user).compartments())
            assert CORE in held
            assert (ADMIN in held) == member.admin
            assert not (member.admin and any(map(is_counsel, held)))
            if member.lead:
                assert held >= set(filter(is_counsel, listed.now.compartments))
        for which, code in self.codes.items():
            opened = ring.opened_ring(listed, which, KeyPair.of_sheet(which, code))
            assert set(opened.epochs) == {
                name
                for name in listed.now.compartments
                if is_counsel(name) == (which == "B")
            }

    @invariant()
    def who_left_opens_nothing_that_is_not_due(self) -> None:
        """And holds no grant."""
        listed = roster.read(self.desk.folder)
        for user, kept in self.gone.items():
            assert user not in listed.slots
            for name, each in listed.now.compartments.items():
                assert user not in each.grants
                known = kept.ring().epochs.get(name, {})
                assert each.due or len(each.epochs) not in known


def test_whatever_happens_everybody_opens_what_is_theirs(
    staffed_once: RealDesk,
) -> None:
    class Staffed(ComingsAndGoings):
        template = staffed_once

    run_state_machine_as_test(
        Staffed,
        settings=settings(max_examples=12, stateful_step_count=12, deadline=None),
    )
