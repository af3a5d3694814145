"""The answers to the equality questions, in plain Python."""

from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.records import Closure, Episode, Referral
from tests.builders.oracle_records import Found, Held, Part, more
from tests.builders.oracle_referrals import age_group


class Equality(Part):
    """F1 to F3 for one month; the return shows quarters."""

    def tell(
        self,
        received: list[Referral],
        live: list[Episode],
        closed: list[tuple[Episode, Closure]],
        found: Found,
    ) -> None:
        """Add the figures."""
        of_episode = {each.id: self.within[each.referral_id] for each in live}
        of_episode |= {each.id: self.within[each.referral_id] for each, _ in closed}
        for code, cases in {
            "F1": [(each, each.received_on) for each in received],
            "F2": [(of_episode[each.id], self.end) for each in live],
            "F3": [(of_episode[each.id], end.closed_on) for each, end in closed],
        }.items():
            _answers(self.all, code, cases, found)


def _answers(
    held: Held, code: str, cases: list[tuple[Referral, date]], found: Found
) -> None:
    people = [(held._clients[each.client_id], day) for each, day in cases]
    groups = choices("ethnic_group").by_code
    lists = {
        "b": ("gender", "sex_gender"),
        "d": ("orientation", "sexual_orientation"),
        "e": ("religion", "religion"),
    }
    for name in {str(each.flags["group"]) for each in groups.values()}:
        found[f"{code}a", name] = 0
    for letter, (_, listed) in lists.items():
        for choice in choices(listed).values:
            found[code + letter, choice.label] = 0
    answers = ("disabled", "not disabled", "prefers not to say", "does not know")
    for name in (*answers, "not asked"):
        found[f"{code}c", name] = 0
    for name in ("under 18", "18-24", "25+", "not known"):
        found[f"{code}f", name] = 0
    complete = 0
    for client, day in people:
        of_ethnic = groups[client.ethnic_group or "NA"].flags["group"]
        keys = [(f"{code}a", str(of_ethnic))]
        for letter, (field, listed) in lists.items():
            answer = getattr(client, field) or "NA"
            keys.append((code + letter, choices(listed).by_code[answer].label))
        disability = _disability(client.disability, client.disability_effect)
        keys.append((f"{code}c", disability))
        keys.append((f"{code}f", age_group(client, day)))
        for key in keys:
            found[key] = more(found[key])
        silent = {"Not asked", "not asked", "Not known", "does not know"}
        complete += not any(name in silent for letter, name in keys[:-1])
    found[code, ""] = (complete, len(people))


def _disability(condition: str | None, effect: str | None) -> str:
    if condition == "Y" and effect in ("LOT", "LITTLE"):
        return "disabled"
    if condition == "N" or effect == "NOT":
        return "not disabled"
    if "PNS" in (condition, effect):
        return "prefers not to say"
    return "does not know" if condition == "DK" else "not asked"
