"""Every control has a name for a screen reader, asked through the accessibility bus."""

from tests.screen_reader.conftest import Read


def nameless(read: Read) -> list[str]:
    """Roles of the controls that nothing is said of."""
    return [
        each["role"]
        for each in read.listener.ask("controls")
        if not (each["name"] or each["label"]).strip()
        or (each["role"] == "combo box" and not each["label"].strip())
    ]


def test_every_place_says_what_each_control_is(read: Read) -> None:
    found = {}

    for place in read.places:
        read.window.ask(f"place {place}")
        found[place] = nameless(read)

    assert {place: roles for place, roles in found.items() if roles} == {}


def test_every_deed_for_a_person_says_what_each_control_is(read: Read) -> None:
    read.window.ask("person")
    assert len(read.deeds) > 20
    found = {}

    for deed in read.deeds:
        answer = read.window.ask(f"deed {deed}")
        assert "missing" not in answer
        found[deed] = nameless(read)
        read.window.ask("person")

    assert {deed: roles for deed, roles in found.items() if roles} == {}


def test_a_goal_is_set_by_what_is_said_alone(read: Read) -> None:
    read.window.ask("person")
    read.window.ask("deed Set a goal")

    assert read.listener.ask("write Goal, in their words|To sleep through the night")
    assert read.listener.ask("press Save goal")
    read.window.ask("deeds")

    said = read.listener.ask("said")
    assert [words for words in said if "Goal saved" in words] != [], "|".join(said)
