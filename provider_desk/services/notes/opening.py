"""Opening sealed words, also those of somebody who had two records.

Words are sealed with the id of whom they are about, so that they open nowhere else.
Where two records of one person were put together, what was sealed before keeps the id
of the row that is gone: it is not sealed anew, because who puts records together need
not be able to read them. So words that do not open under a person's id are tried under
the ids that were put together with it, and under no others.
"""

from collections.abc import Sequence
from dataclasses import replace

from provider_desk.keys.sealing import About, Opener
from provider_desk.model.errors import Damaged
from provider_desk.services.desk import Desk
from provider_desk.store.queries.merged import also_known


class PersonOpener:
    """Opens sealed words for the person at the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._opener = Opener(desk.keys)
        self._known: dict[str, Sequence[str]] = {}

    def open(self, words: str, about: About) -> str:
        """The words.

        Raises:
            NotAllowed: they are sealed for others.
            Damaged: they are not as they were written, or about somebody else.
        """
        try:
            return self._opener.open(words, about)
        except Damaged:
            for person in self._others(about.person):
                try:
                    return self._opener.open(words, replace(about, person=person))
                except Damaged:
                    continue
            raise

    def _others(self, person: str) -> Sequence[str]:
        found = self._known.get(person)
        if found is None:
            with self._desk.store.reading() as rows:
                found = [e for e in also_known(rows, person) if e != person]
            self._known[person] = found
        return found
