"""A process that is killed loses at most three seconds of typing."""

import time
from contextlib import closing
from pathlib import Path

from provider_desk.services.safety import drafts
from provider_desk.ui.drafts import EVERY_MS
from tests.builders.driven import NOTE, desk_with_a_case, driven, opened


def test_what_was_typed_three_seconds_before_a_crash_is_there_again(
    tmp_path: Path,
) -> None:
    folder, secret = tmp_path / "desk", tmp_path / "secret"
    desk_with_a_case(folder, secret)

    with driven(folder, secret, tmp_path / "config") as window:
        window.said("typed")
        # Three seconds, and what a busy machine takes to write.
        time.sleep(EVERY_MS / 1000 + 1)
        window.process.kill()
        window.process.wait()

    with closing(opened(folder, secret)) as desk:
        (kept,) = drafts.kept(desk).drafts
    assert EVERY_MS == 3_000
    assert NOTE * 40 in kept.text
    assert '"kind": "session"' in kept.text
