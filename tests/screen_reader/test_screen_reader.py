"""Every control has a name for a screen reader, asked through the accessibility bus."""

from typing import Any

from tests.screen_reader.conftest import Read

Heard = list[dict[str, Any]]

#: Deeds that end the session, hide names, go elsewhere, or open a menu.
_ASIDE = {
    "Lock",
    "Let somebody else sign in",
    "Hide or show names and notes",
    "Keys",
    "More for this person",
}
_PERSON = "With a person open"
_ANYWHERE = "Anywhere"
_AS_LIST = "The week as a list"


def is_nameless(each: dict[str, Any]) -> bool:
    """Whether nothing is said of a control; a list to choose from says its choice."""
    named = each["label"] if each["role"] == "combo box" else each["name"]
    return not (named or each["label"]).strip()


def nameless(read: Read, within: str = "") -> list[str]:
    """Roles of the controls that nothing is said of."""
    found = read.listener.ask(f"controls {within}")
    return [each["role"] for each in found if is_nameless(each)]


def shown(read: Read) -> Heard:
    """All that takes keys and is shown."""
    found: Heard = read.listener.ask("controls")
    return found


def unheard(went: dict[str, Any], heard: Heard) -> list[str]:
    """What is wrong with a round by Tab: a trap, what was missed, what is nameless."""
    found = [f"misses {words}" for words in went["missed"]]
    found += [f"stays in {went['trap']}"] if went["trap"] else []
    stops = [each for each in heard if "role" in each]
    found += [f"nameless {each['role']}" for each in stops if is_nameless(each)]
    return found if stops else [*found, "nothing is heard"]


def looked_round(read: Read, within: str = "") -> list[str]:
    """What is wrong with all that is shown now."""
    went, heard = read.heard_while("tab")
    return unheard(went, heard) + nameless(read, within)


def opened(read: Read, deed: str) -> list[str]:
    """What is wrong with the panel of a deed."""
    answer, heard = read.heard_while(f"deed {deed}")
    assert "missing" not in answer, deed
    start = last_stop(heard)
    if answer["panel"] and is_nameless(start):
        return [f"begins on a nameless {start['role']}"]
    return looked_round(read, answer["panel"])


def aloud(heard: Heard) -> str:
    """What was said wherever the cursor is."""
    return " ".join(each["aloud"] for each in heard if "aloud" in each)


def last_stop(heard: Heard) -> dict[str, Any]:
    """Where the cursor came to in the end."""
    stops = [each for each in heard if each.get("focused")]
    return stops[-1] if stops else {"role": "", "name": "", "description": ""}


def test_every_place_is_heard_and_tab_goes_round_it(read: Read) -> None:
    found = {}

    for place in read.places:
        read.do(f"place {place}")
        found[place] = looked_round(read)
    read.do("person")
    found["person"] = looked_round(read)
    for page in ("keys", "people"):
        read.do(f"help {page}")
        found[f"help {page}"] = looked_round(read)

    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_every_section_of_settings_and_office_is_heard_and_tab_goes_round_it(
    read: Read,
) -> None:
    found, sections = {}, 0

    for place in ("settings", "office"):
        read.do(f"place {place}")
        for section in read.do("sections")["sections"]:
            sections += 1
            read.do(f"section {place} {section}")
            found[section] = looked_round(read)

    assert sections > 12
    assert {section: wrong for section, wrong in found.items() if wrong} == {}


def test_every_deed_for_a_person_is_heard_and_tab_goes_round_it(read: Read) -> None:
    read.do("person")
    deeds = [words for words, where in read.deeds() if where == _PERSON]
    assert len(deeds) > 40

    found = {deed: opened(read, deed) for deed in deeds if deed not in _ASIDE}

    read.do("close")
    assert {deed: wrong for deed, wrong in found.items() if wrong} == {}


def test_every_deed_of_a_place_is_heard_and_tab_goes_round_it(read: Read) -> None:
    found = {}

    for place in read.places:
        read.do(f"place {place}")
        aside = {_PERSON, "" if place == "today" else _ANYWHERE}
        for deed, where in read.deeds():
            if where not in aside and deed not in _ASIDE:
                found[f"{place}: {deed}"] = opened(read, deed)
                read.do("close")
        if place == "diary":
            # It stays a list until it is asked for again.
            read.do(f"deed {_AS_LIST}")

    assert len(found) > 25
    assert {deed: wrong for deed, wrong in found.items() if wrong} == {}


def test_a_goal_is_set_by_what_is_said_alone(read: Read) -> None:
    read.do("person")
    read.do("deed Set a goal")

    assert read.listener.ask("write Goal, in their words|To sleep through the night")
    assert read.listener.ask("press Save goal")
    read.do("deeds")

    said = read.listener.ask("said")
    assert [words for words in said if "Goal saved" in words] != [], "|".join(said)


def test_a_problem_is_heard_with_its_field_and_again_where_the_cursor_stays(
    read: Read,
) -> None:
    read.do("person")
    read.do("deed Pause")

    _, first = read.heard_while("key Ctrl+Return")
    _, again = read.heard_while("key Ctrl+Return")
    read.do("close")

    at = last_stop(first)
    assert (at["name"], at["label"]) == ("Reason", "Reason")
    assert "Reason is needed." in at["description"]
    assert "Reason is needed." in aloud(again)


def test_an_odd_day_is_heard_once_the_cursor_has_left_it(read: Read) -> None:
    read.do("person")
    read.do("deed Pause")

    read.do("key Ctrl+A")
    read.do("type 1/5/2038")
    _, heard = read.heard_while("key Tab")
    read.do("close")

    assert "Paused from: " in aloud(heard)


def test_what_is_saved_taken_back_and_not_possible_is_said_aloud(read: Read) -> None:
    read.do("person")
    read.do("deed Set a goal")
    read.do("key Tab")
    read.do("type Sleep better")

    _, saved = read.heard_while("key Ctrl+Return")
    _, undone = read.heard_while("key Ctrl+Z")
    read.do("place today")
    _, nobody = read.heard_while("key Ctrl+Shift+E")

    assert "Goal saved." in aloud(saved)
    assert last_stop(saved)["name"].startswith("Person ")
    assert "Goal taken back." in aloud(undone)
    assert "Exit strategy: open a person first." in aloud(nobody)


def test_what_is_only_seen_to_change_is_said_aloud(read: Read) -> None:
    read.do("place today")

    _, person = read.heard_while("person")
    _, two_keys = read.heard_while("key Ctrl+G")
    read.do("key Esc")
    _, hidden = read.heard_while("key F12")
    _, shown = read.heard_while("key F12")

    assert last_stop(person)["name"] in ("Person", "Person I-0001")
    assert "Person I-0001" in f"{aloud(person)} {last_stop(person)['name']}"
    assert "now a letter" in aloud(two_keys)
    assert aloud(hidden) == "Names and notes are hidden."
    assert aloud(shown) == "Names and notes are shown."


def test_tables_say_the_cell_at_the_cursor_and_what_stands_over_it(read: Read) -> None:
    read.do("place people")
    (people,) = read.listener.ask("tables")
    read.do("key Tab")
    read.do("key Tab")
    _, below = read.heard_while("key Down")
    read.do("place waiting")
    (waiting,) = read.listener.ask("tables")
    read.do("key Tab")
    _, back = read.heard_while("key Shift+Tab")

    assert people["headings"][:2] == ["Code", "Known as"]
    assert last_stop(below)["role"] == "table cell"
    assert all(waiting["headings"])
    # What has no room in its column, and is short there, is said in full.
    assert waiting["headings"][1].startswith("Days since the referral was received")
    assert "days since it was received on" in waiting["cells"][1]
    assert last_stop(back)["name"] == "Morgan Marsh"


def test_the_diary_and_a_register_say_each_line_and_what_became_of_it(
    read: Read,
) -> None:
    _, diary = read.heard_while("place diary")
    _, free = read.heard_while("key Down")
    read.do("place groups")
    _, register = read.heard_while("deed Take the register")
    _, marked = read.heard_while("key 1")
    read.do("close")

    assert "10:00 to 10:50, Morgan Marsh" in last_stop(diary)["name"]
    assert last_stop(diary)["description"] == "Enter opens it"
    assert "free" in last_stop(free)["name"]
    assert last_stop(register)["name"] == "A-0001: not marked"
    assert {"renamed": "A-0001: Came"} in marked


def test_every_chart_says_its_figures(read: Read) -> None:
    read.do("person")
    (scores,) = [each for each in shown(read) if each["name"] == "PHQ-9"]
    read.do("place capacity")
    read.do("deed Capacity: thirteen months")
    months = [each for each in shown(read) if "13 months" in each["description"]]
    read.do("deed Capacity: what if")
    (waiting,) = [each for each in shown(read) if each["name"] == "People waiting"]

    assert "17" in scores["description"]
    assert "9, mild" in scores["description"]
    assert len(months) >= 5
    assert all("April 2018: " in each["description"] for each in months)
    assert "In 18 months: " in waiting["description"]


def test_every_way_in_is_heard_and_tab_goes_round_it(read: Read) -> None:
    found = {}

    for kind in ("first", "known", "locked"):
        read.do(f"way_in {kind}")
        found[kind] = looked_round(read)
    locked = {each["name"]: each["description"] for each in shown(read)}
    read.do("way_in")

    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}
    assert locked["Name"].startswith("Locked")


def test_a_wrong_password_is_heard(read: Read) -> None:
    read.do("way_in known")
    read.do("type First Manager")
    read.do("key Return")
    read.do("type not the right words")

    _, heard = read.heard_while("key Return")
    read.do("way_in")

    assert "do not open the desk" in aloud(heard)


def test_the_time_line_says_the_line_that_one_comes_back_to(read: Read) -> None:
    read.do("person")
    line: dict[str, Any] = {}

    for _ in range(20):
        _, heard = read.heard_while("key Tab")
        line = last_stop(heard)
        if any(each.get("name") == "Time line" for each in heard):
            break
    read.do("key Down")
    read.do("key Shift+Tab")
    _, back = read.heard_while("key Tab")

    assert line["role"] == "list item"
    assert last_stop(back)["role"] == "list item"
    assert last_stop(back)["name"]


def test_a_button_says_its_words_once_and_then_its_key(read: Read) -> None:
    read.do("place today")

    said = {each["name"]: each["description"] for each in shown(read)}

    assert said["Log session"] == "Ctrl+J"
    assert said["People"] == "Alt+2"
