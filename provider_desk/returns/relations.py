"""How the figures hang together, read from resources/indicators/relations.toml.

The one home of sums, flows, parts of wholes and shares: the checks before sign-off and
the rounding of what leaves both take them from here. Every figure that is named must be
declared, so that a catalogue that lost an indicator is noticed.

Source: monthly return, §1.8, §2; disclosure, §2.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType
from typing import Any

from provider_desk.model import resources
from provider_desk.model.errors import Damaged
from provider_desk.model.outcome_measures import measures
from provider_desk.returns.catalogue import RELATIONS, Catalogue, catalogue
from provider_desk.returns.relation import (
    RATIOS,
    Flow,
    Grows,
    People,
    Ref,
    Relations,
    Share,
    Sum,
    Within,
    part_of,
)
from provider_desk.returns.scores import TO, movement, steps

#: For each part in turn; anything else with a star is the sum of what reads so.
EACH = "*"


@cache
def relations() -> Relations:
    """The relations that ship with the program.

    Raises:
        Damaged: the file is not right; the message says where.
    """
    return read_relations(resources.read_text(RELATIONS), catalogue())


def read_relations(text: str, figures: Catalogue) -> Relations:
    """Read and check relations.

    Raises:
        Damaged: as ``relations``.
    """
    try:
        read = tomllib.loads(text)
        return _Reader(read, figures).relations(
            hashlib.sha256(text.encode()).hexdigest()
        )
    except tomllib.TOMLDecodeError as error:
        raise _wrong(str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise _wrong(f"{error} is missing or of the wrong kind") from error


def _wrong(what: str) -> Damaged:
    return Damaged(
        f"The declaration of how the figures hang together is not right: {what}.",
        "No record is affected. Install the program again or put the file right.",
    )


#: Each table of the file with the keys that it may have.
_KEYS = {
    "council": {"sum_block"},
    "flow": {"code", "title", "stock", "in", "out", "table", "what"},
    "grows": {"stock", "by"},
    "sum": {"whole", "parts", "split", "check", "title"},
    "matrix": {"of", "measure"},
    "within": {"part", "whole"},
    "same": {"cell", "as"},
    "share": {"ratio", "numerator", "denominator", "parts"},
    "people": {"cell", "sessions"},
    "band": {"median", "of"},
}


class _Reader:
    """Turns the file into relations between figures that there are."""

    def __init__(self, read: Mapping[str, Any], figures: Catalogue) -> None:
        self._read = read
        self._figures = figures.figures
        self._known = {(each.code, each.split): each for each in figures.figures}
        for table, held in read.items():
            for each in held if isinstance(held, list) else [held]:
                strange = sorted(set(each) - _KEYS.get(table, set()))
                if strange or table not in _KEYS:
                    raise _wrong(f"there is no {' '.join([table, *strange[:1]])}")

    def relations(self, sha256: str) -> Relations:
        """Everything, checked."""
        same = dict(self._same())
        shares = {ref: _renamed(share, same) for ref, share in self._shares().items()}
        within = [*self._within(), *_numerators(shares)]
        return Relations(
            sums=(*self._sums(), *self._matrices()),
            within=tuple(within),
            flows=tuple(self._flow(each) for each in self._listed("flow")),
            grows=tuple(
                Grows(self._ref(each["stock"]), self._refs(each["by"]))
                for each in self._listed("grows")
            ),
            people=tuple(
                People(self._ref(each["cell"]), self._refs(each["sessions"]))
                for each in self._listed("people")
            ),
            shares=MappingProxyType(shares),
            same=MappingProxyType(same),
            bands=MappingProxyType(
                {
                    self._ref(each["median"]): self._parts(each["of"])
                    for each in self._listed("band")
                }
            ),
            sum_block=frozenset(self._read["council"]["sum_block"]),
            sha256=sha256,
        )

    def _listed(self, table: str) -> list[dict[str, Any]]:
        return list(self._read.get(table, []))

    def _ref(self, said: str) -> Ref:
        code, _, split = said.partition("|")
        if (code, split) not in self._known:
            raise _wrong(f"no indicator declares “{said}”")
        return Ref(code, split)

    def _refs(self, said: list[str]) -> tuple[Ref, ...]:
        """The figures that are named, or that read so."""
        found: list[Ref] = []
        for each in said:
            code, _, split = each.partition("|")
            if EACH not in split:
                found.append(self._ref(each))
                continue
            fits = [ref for ref in self._parts(code) if fnmatchcase(ref.split, split)]
            if not fits:
                raise _wrong(f"no indicator declares “{each}”")
            found += fits
        return tuple(found)

    def _parts(self, code: str) -> tuple[Ref, ...]:
        """The parts of a split, of an indicator without one its parts by name."""
        parts = [each for each in self._figures if each.code == code and each.split]
        split = [each for each in parts if not each.of_which]
        if not parts:
            raise _wrong(f"“{code}” has no parts")
        return tuple(Ref(code, each.split) for each in split or parts)

    def _each(
        self, said: Mapping[str, Any], *keys: str
    ) -> Iterator[Callable[[str], tuple[Ref, ...]]]:
        """What the keys name, once or for each part of the first star."""
        lists = {key: _as_list(said[key]) for key in keys}
        starred = [
            each for key in keys for each in lists[key] if each.endswith(f"|{EACH}")
        ]
        names = self._parts(starred[0].partition("|")[0]) if starred else (Ref(""),)
        for name in names:
            yield (
                lambda key, name=name: self._refs(  # type: ignore[misc]
                    [
                        each[:-1] + name.split if each.endswith(f"|{EACH}") else each
                        for each in lists[key]
                    ]
                )
            )

    def _sums(self) -> Iterator[Sum]:
        for code in dict.fromkeys(each.code for each in self._figures):
            split = [x for x in self._figures if x.code == code and not x.of_which]
            if len(split) > 1 and not split[0].split and not split[0].later:
                yield Sum(Ref(code), tuple(Ref(code, x.split) for x in split[1:]))
        for each in self._listed("sum"):
            check, title = each.get("check", ""), each.get("title", "")
            if "split" in each:
                whole = self._ref(each["whole"])
                yield Sum(whole, self._lying_in(whole, each["split"]), check, title)
                continue
            for named in self._each(each, "whole", "parts"):
                (whole,) = named("whole")
                yield Sum(whole, named("parts"), check, title)

    def _matrices(self) -> Iterator[Sum]:
        """Each movement is the sum of the cells of the matrix that move so."""
        for said in self._listed("matrix"):
            code, measure = said["of"], measures()[said["measure"]]
            by_movement: dict[str, list[Ref]] = {}
            for step in steps(said["measure"]):
                first, _, last = step.partition(TO)
                cells = by_movement.setdefault(movement(measure, first, last), [])
                cells.append(self._ref(f"{code}|{step}"))
            for name, cells in by_movement.items():
                yield Sum(self._ref(f"{code}|{name}"), tuple(cells))

    def _lying_in(self, whole: Ref, code: str) -> tuple[Ref, ...]:
        """The parts of a split that lie in a figure; all of them in most."""
        figure = self._known[whole.code, whole.split]
        parts = self._parts(code)
        if figure.split:
            parts = tuple(
                ref
                for ref in parts
                if part_of(self._known[ref.code, ref.split], figure)
            )
        if not parts:
            raise _wrong(f"no part of “{code}” lies in “{whole}”")
        return parts

    def _within(self) -> Iterator[Within]:
        for each in self._listed("within"):
            for named in self._each(each, "part", "whole"):
                yield Within(named("part"), named("whole"))

    def _flow(self, said: Mapping[str, Any]) -> Flow:
        return Flow(
            code=said["code"],
            title=said["title"],
            stock=self._ref(said["stock"]),
            arriving=self._refs(said["in"]),
            leaving=self._refs(said["out"]),
            table=said["table"],
            what=said["what"],
        )

    def _same(self) -> Iterator[tuple[Ref, Ref]]:
        for each in self._listed("same"):
            for named in self._each(each, "cell", "as"):
                yield named("cell")[0], named("as")[0]

    def _shares(self) -> dict[Ref, Share]:
        """Every ratio: what is said of it, its own numbers where nothing is."""
        found = {}
        for each in self._figures:
            if each.measure in RATIOS:
                ref = Ref(each.code, each.split)
                own = Ref(each.code, each.split, denominator=True)
                found[ref] = Share((ref,), (own,))
        for said in self._listed("share"):
            named = self._ref(said["ratio"])
            parts = self._parts(named.code) if said.get("parts") else ()
            for ref in (named, *parts):
                if ref not in found:
                    raise _wrong(f"“{ref}” is no ratio")
                own_part = said.get("numerator")
                found[ref] = Share(
                    self._refs(own_part) if own_part else (ref,),
                    self._refs(said["denominator"]),
                )
        return found


def _as_list(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said


def _renamed(share: Share, same: Mapping[Ref, Ref]) -> Share:
    return Share(
        tuple(same.get(ref, ref) for ref in share.numerator),
        tuple(same.get(ref, ref) for ref in share.denominator),
    )


def _numerators(shares: Mapping[Ref, Share]) -> Iterator[Within]:
    """A numerator of its own is at most its denominator."""
    for ref, share in shares.items():
        if share.numerator == (ref,):
            yield Within((ref,), share.denominator)
