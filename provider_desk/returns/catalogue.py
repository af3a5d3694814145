"""The indicators, read from resources/indicators/*.toml and checked.

Each file has a ``group``, a ``source`` and ``[[indicator]]`` tables with::

    code      "A1"                    label, unit   in words
    fact      what is counted (returns/facts)
    measure   how ("count" where it is left out; returns/measures)
    where     { column = [codes] } or { column = { flag = "offered" } }: the codes of
              the column's value list with that flag; is = false for those without
    of        for a ratio: what its denominator takes, everything where left out
    value     the number or column that a median, mean or distinct count works with
    polarity  "+" higher is better, "-" lower, "o" neither
    tier      1 attribute-free, 2 carries a reason or attribute
    min_n     fewer cases are withheld in every copy
    every     how often the council gets it: "month" where it is left out, "quarter"
              (June, September, December, March) or "year" (March)
    inside    how often the service's own copy shows it, as ``every`` where it is left
              out; a quarter's figure is that of its three months
    tolerance { percent = 10, least = 1 }
    split     { by = column }: one part per code of its value list, or of ``parts``,
              or of another value ``list``; words = "group" takes a flag for the name
              and joins what shares it; matrix = a measure's code takes the bands of
              its first and last score, "mild to minimal";
              other = name of a part for everything else, shown where there is any
    whole     false where another indicator is the whole
    when_any  true shows the indicator, or the part, only where there is any
    part      [[indicator.part]]: a part that says itself what it takes, with name,
              words and any key of an indicator; without a fact of its own it counts
              within the indicator's ``where``
    later     why there is no figure yet
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from provider_desk.model import resources
from provider_desk.model.choices import choices
from provider_desk.model.errors import Damaged
from provider_desk.model.waits import BANDS
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import SPANS, Choose, Code, Figure, Tolerance
from provider_desk.returns.scores import steps

FOLDER = "indicators"

#: Says how the indicators hang together, and declares none: returns/relations.py.
RELATIONS = f"{FOLDER}/relations.toml"

#: The groups in the order in which a return shows them.
GROUPS = (
    "Referrals",
    "Waiting",
    "Activity",
    "Episodes",
    "Outcomes",
    "Impact",
    "Equality",
)

MEASURES = (
    "count",
    "distinct",
    "ratio",
    "mean",
    "median",
    "longest",
    "smallest",
    "capacity",
    "use",
)

_FILE_KEYS = {"group", "source", "indicator"}
_PLAIN_KEYS = {
    "label", "unit", "measure", "fact", "where", "of", "value", "per", "polarity",
    "tier", "min_n", "tolerance", "note", "later", "every", "inside", "when_any",
}  # fmt: skip
_INDICATOR_KEYS = _PLAIN_KEYS | {"code", "whole", "split", "part"}
_PART_KEYS = _PLAIN_KEYS | {"name", "words"}
_SPLIT_KEYS = {"by", "parts", "bands", "list", "matrix", "words", "leave_out", "other"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every figure of the return, in order.

    Attributes:
        figures: wholes before their parts.
        definitions: SHA-256 of the files, so that a return says how it was counted.
    """

    figures: tuple[Figure, ...]
    definitions: str
    _by_key: Mapping[tuple[str, str], Figure]

    def figure(self, code: str, split: str = "") -> Figure:
        """A figure by its indicator and part.

        Raises:
            KeyError: nothing is declared so.
        """
        return self._by_key[code, split]


@cache
def catalogue() -> Catalogue:
    """The indicators that ship with the program.

    Raises:
        Damaged: a file is not right; the message names the file and the indicator.
    """
    names = [n for n in resources.names_in(FOLDER, ".toml") if n != RELATIONS]
    return read_catalogue({name: resources.read_text(name) for name in names})


def read_catalogue(files: Mapping[str, str]) -> Catalogue:
    """Read and check indicators.

    Args:
        files: name → text of each file.

    Raises:
        Damaged: as ``catalogue``.
    """
    figures: list[Figure] = []
    for name, text in files.items():
        try:
            read = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise _wrong(name, str(error)) from error
        figures.extend(_figures_of_file(name, read))
    by_key: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        if (figure.code, figure.split) in by_key:
            raise _wrong(figure.code, f"“{figure.split}” is declared twice")
        by_key[figure.code, figure.split] = figure
    figures.sort(key=lambda figure: GROUPS.index(figure.group))
    return Catalogue(tuple(figures), _hash(files), MappingProxyType(by_key))


def _hash(files: Mapping[str, str]) -> str:
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\n{files[name]}\n".encode())
    return total.hexdigest()


def _wrong(where: str, what: str) -> Damaged:
    return Damaged(
        f"The declaration of the indicators is not right: {where}: {what}.",
        "No record is affected. Install the program again or put the file right.",
    )


def _figures_of_file(name: str, read: Mapping[str, Any]) -> Iterator[Figure]:
    _check_keys(name, read, _FILE_KEYS)
    if read.get("group") not in GROUPS:
        raise _wrong(name, f"group must be one of {', '.join(GROUPS)}")
    for declared in read.get("indicator", []):
        if not declared.get("code"):
            raise _wrong(name, "an indicator has no code")
        where = f"{name}, {declared['code']}"
        _check_keys(where, declared, _INDICATOR_KEYS)
        shared = {"group": read["group"], "source": read.get("source", ""), **declared}
        try:
            yield from _Indicator(where, shared).figures()
        except (KeyError, TypeError, AttributeError) as error:
            raise _wrong(where, f"{error} is missing or of the wrong kind") from error


def _check_keys(where: str, read: Mapping[str, Any], known: set[str]) -> None:
    strange = sorted(set(read) - known)
    if strange:
        raise _wrong(where, f"there is no key “{strange[0]}”")


class _Indicator:
    """Turns one [[indicator]] into figures."""

    def __init__(self, where: str, declared: Mapping[str, Any]) -> None:
        self._at = where
        self._declared = declared

    def figures(self) -> Iterator[Figure]:
        """The whole, then the parts of the split, then the parts by name."""
        declared = self._declared
        if declared.get("whole", True):
            yield self._figure(declared, split="", label=declared["label"])
        if "split" in declared:
            yield from self._split(declared["split"])
        for part in declared.get("part", []):
            _check_keys(self._at, part, _PART_KEYS)
            yield self._part(part)

    def _part(self, part: Mapping[str, Any]) -> Figure:
        within = {} if "fact" in part else self._declared.get("where", {})
        own = {"when_any": False, **part, "where": {}}
        return self._figure(
            {**self._declared, **own},
            split=part["name"],
            label=f"{self._declared['label']}: {part['words']}",
            chosen=(
                *self._chosen(self._fact(self._declared), within),
                *self._chosen(
                    self._fact({**self._declared, **part}), part.get("where", {})
                ),
            ),
            of_which=True,
        )

    def _split(self, split: Mapping[str, Any]) -> Iterator[Figure]:
        _check_keys(f"{self._at}, split", split, _SPLIT_KEYS)
        column = split["by"]
        fact = self._fact(self._declared)
        if fact is None or column not in fact.columns:
            raise _wrong(self._at, f"the fact has no column “{column}” to split by")
        known: list[Code] = []
        for name, codes in self._parts(fact, split):
            known += codes
            yield self._of_split(name, Choose(column, codes))
        if "other" in split:
            rest = Choose(column, tuple(known), others=True)
            yield self._of_split(split["other"], rest, when_any=True)

    def _of_split(self, name: str, choose: Choose, *, when_any: bool = False) -> Figure:
        within = self._chosen(
            self._fact(self._declared), self._declared.get("where", {})
        )
        days = " days" if self._declared["split"].get("bands") else ""
        return self._figure(
            self._declared,
            split=name,
            label=f"{self._declared['label']}: {name}{days}",
            chosen=(*within, choose),
            when_any=when_any,
        )

    def _parts(
        self, fact: Fact, split: Mapping[str, Any]
    ) -> Iterator[tuple[str, tuple[Code, ...]]]:
        """Name and codes of each part of a split, in the order of the list."""
        if split.get("bands"):
            yield from ((band, (band,)) for band in BANDS)
            return
        if split.get("matrix"):
            yield from ((step, (step,)) for step in steps(split["matrix"]))
            return
        parts = split.get("parts")
        if isinstance(parts, list):
            yield from ((part, (part,)) for part in parts)
            return
        if isinstance(parts, dict):
            self._check_codes(fact, split["by"], tuple(parts))
            yield from ((name, (code,)) for code, name in parts.items())
            return
        listed = split.get("list") or fact.columns[split["by"]]
        if not listed:
            raise _wrong(self._at, f"“{split['by']}” has no value list; name the parts")
        named: dict[str, tuple[Code, ...]] = {}
        for choice in choices(listed).values:
            if choice.code in split.get("leave_out", []):
                continue
            flag = split.get("words")
            name = str(choice.flags[flag]) if flag else choice.label
            named[name] = (*named.get(name, ()), choice.code)
        yield from named.items()

    def _figure(
        self,
        read: Mapping[str, Any],
        *,
        split: str,
        label: str,
        chosen: tuple[Choose, ...] | None = None,
        when_any: bool = False,
        of_which: bool = False,
    ) -> Figure:
        fact = self._fact(read)
        if chosen is None:
            chosen = self._chosen(fact, read.get("where", {}))
        figure = Figure(
            code=read["code"],
            split=split,
            group=read["group"],
            label=label,
            unit=read["unit"],
            measure=read.get("measure", "count"),
            fact=read.get("fact", ""),
            where=chosen,
            of=self._chosen(fact, read.get("of", {})),
            value=read.get("value", ""),
            per=read.get("per", 1),
            polarity=read["polarity"],
            tolerance=Tolerance(**read.get("tolerance", {})),
            tier=read["tier"],
            min_n=read.get("min_n", 0),
            every=read.get("every", "month"),
            inside=read.get("inside", read.get("every", "month")),
            when_any=when_any or (of_which and read.get("when_any", False)),
            with_whole=self._declared.get("when_any", False),
            of_which=of_which,
            note=read.get("note", ""),
            later=read.get("later", ""),
            source=read.get("source", ""),
        )
        self._check(figure, fact)
        return figure

    def _fact(self, read: Mapping[str, Any]) -> Fact | None:
        if read.get("later"):
            return None
        name = read.get("fact", "")
        if name not in FACTS:
            raise _wrong(self._at, f"there is no fact “{name}”")
        return FACTS[name]

    def _chosen(
        self, fact: Fact | None, where: Mapping[str, Any]
    ) -> tuple[Choose, ...]:
        if fact is None:
            return ()
        return tuple(self._choose(fact, column, said) for column, said in where.items())

    def _choose(self, fact: Fact, column: str, said: Any) -> Choose:
        if column not in fact.columns:
            raise _wrong(self._at, f"“{fact.name}” has no column “{column}”")
        if isinstance(said, dict):
            codes = self._flagged(fact, column, said)
        else:
            codes = tuple(said)
            self._check_codes(fact, column, codes)
        if not codes:
            raise _wrong(self._at, f"nothing fits the condition on “{column}”")
        return Choose(column, codes)

    def _flagged(
        self, fact: Fact, column: str, said: Mapping[str, Any]
    ) -> tuple[Code, ...]:
        _check_keys(self._at, said, {"flag", "is"})
        if not fact.columns[column]:
            raise _wrong(self._at, f"“{column}” has no value list with flags")
        return choices(fact.columns[column]).codes_where(
            said["flag"], said.get("is", True)
        )

    def _check_codes(self, fact: Fact, column: str, codes: tuple[Code, ...]) -> None:
        listed = fact.columns[column]
        if not listed:
            return
        for code in codes:
            if code not in choices(listed).by_code:
                raise _wrong(self._at, f"“{code}” is not in the list “{listed}”")

    def _check(self, figure: Figure, fact: Fact | None) -> None:
        if figure.measure not in MEASURES:
            raise _wrong(self._at, f"there is no measure “{figure.measure}”")
        if figure.polarity not in ("+", "-", "o"):
            raise _wrong(self._at, "polarity is “+”, “-” or “o”")
        if figure.tier not in (1, 2):
            raise _wrong(self._at, "tier is 1 or 2")
        if not {figure.every, figure.inside} <= set(SPANS):
            raise _wrong(self._at, f"every and inside are {', '.join(SPANS)}")
        if fact is None:
            return
        if figure.measure in ("mean", "median", "longest", "smallest", "capacity"):
            known: tuple[str, ...] = fact.values
        elif figure.measure == "distinct":
            known = (*fact.who, *fact.labels)
        else:
            return
        if figure.value not in known:
            raise _wrong(self._at, f"“{fact.name}” has no value “{figure.value}”")
