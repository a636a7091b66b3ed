"""What a page ought to show, worked out in Python from the data that stands in it, without asking its script."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Link = tuple[int, int]  # two nodes, the lower first


def block(text: str, name: str) -> Any:
    """The data block of a page."""
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', text, re.DOTALL)
    assert found, name
    return json.loads(found.group(1))


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence behind a fact as the panel ought to tell it."""

    text: str
    marks: list[str]
    cited: tuple[str, ...]


class PageTold:
    """The graph of a page, and what is left of it by a choice."""

    def __init__(self, path: Path) -> None:
        self._text = path.read_text(encoding="utf-8")
        self.columns = block(self._text, "graph")
        self.names: list[str] = self.columns["name"]
        self.kinds = [self.columns["kinds"][kind] for kind in self.columns["kind"]]
        facts = self.columns["facts"]
        self.facts = list(zip(facts["s"], facts["o"], (self.columns["relations"][r] for r in facts["r"]), strict=True))
        self.links: dict[Link, list[int]] = {}
        for fact, (s, o, _) in enumerate(self.facts):
            self.links.setdefault((min(s, o), max(s, o)), []).append(fact)
        self.around: list[set[int]] = [set() for _ in self.names]
        for a, b in self.links:
            self.around[a].add(b)
            self.around[b].add(a)

    @cached_property
    def evidence(self) -> Any:
        return block(self._text, "evidence")

    @cached_property
    def readings(self) -> dict[str, str]:
        found: dict[str, str] = block(self._text, "readings")
        return found

    @property
    def dated(self) -> list[str]:
        """The dates of all facts that have one."""
        return [one for one in self.columns["facts"]["since"] if one]

    def rare(self, nodes: Iterable[int]) -> int:
        """The last of some nodes whose name no other bears, nor holds."""
        counts = Counter(self.names)
        whole = "\n".join(self.names)
        return next(
            one
            for one in sorted(nodes, reverse=True)
            if counts[self.names[one]] == 1 and whole.count(self.names[one]) == 1
        )

    def stands(self, fact: int) -> bool:
        facts = self.columns["facts"]
        return facts["modality"][fact] < 2 and facts["tenure"][fact] == 0

    def seen(
        self,
        *,
        without_kinds: Collection[str] = (),
        without_relations: Collection[str] = (),
        place: int | None = None,
        since: str = "",
        until: str = "",
        least: int = 0,
        others: bool = False,
        hidden: Collection[int] = (),
    ) -> tuple[set[int], set[Link]]:
        """Nodes and links that a choice of filters leaves."""
        inside = self.within(place) if place is not None else None
        nodes = {
            one
            for one, kind in enumerate(self.kinds)
            if kind not in without_kinds and one not in hidden and (inside is None or one in inside)
        }

        def kept(fact: int) -> bool:
            sure = self.columns["facts"]["confidence"][fact] >= 10 * least
            return (
                sure
                and (others or self.stands(fact))
                and self.facts[fact][2] not in without_relations
                and self._meets(fact, since, until)
            )

        links = {
            link
            for link, facts in self.links.items()
            if link[0] in nodes and link[1] in nodes and any(kept(fact) for fact in facts)
        }
        if without_relations or since or until or least:  # then what has no fact left goes too
            nodes &= {end for link in links for end in link}
        return nodes, links

    def _meets(self, fact: int, since: str, until: str) -> bool:
        if not since and not until:
            return True
        facts = self.columns["facts"]
        first, last = facts["since"][fact], facts["until"][fact]
        if not first:
            return False
        begins_in_time = _day(first, last=False) <= _day(until or "9999", last=True)
        return begins_in_time and _day(last, last=True) >= _day(since or "0000", last=False)

    @cached_property
    def _located(self) -> set[int]:
        return {s for s, _, relation in self.facts if relation == "located_in"}

    @cached_property
    def _parts(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for s, o, relation in self.facts:
            if relation == "located_in":
                found.setdefault(o, set()).add(s)
        return found

    def within(self, place: int) -> set[int]:
        """What lies in a place, however deep, and what is joined to that and lies nowhere itself."""
        found, edge = {place}, [place]
        while edge:
            edge = [one for above in edge for one in self._parts.get(above, ()) if one not in found]
            found.update(edge)
        joined = {one for node in found for one in self.around[node]}
        return found | {one for one in joined if self.kinds[one] != "place" and one not in self._located}

    def near(self, node: int, steps: int, links: Collection[Link]) -> dict[int, int]:
        """The nodes within so many steps along these links, with their distance."""
        distance, edge = {node: 0}, [node]
        for step in range(1, steps + 1):
            edge = sorted(
                {
                    other
                    for one in edge
                    for other in self.around[one]
                    if other not in distance and (min(one, other), max(one, other)) in links
                }
            )
            distance.update(dict.fromkeys(edge, step))
        return distance

    def facts_of(self, node: int) -> list[int]:
        return [fact for other in self.around[node] for fact in self.links[min(node, other), max(node, other)]]

    def sources(self, fact: int) -> list[Source]:
        tables, found = self.evidence, []
        for sentence, rule, s0, s1, o0, o1, *_ in tables["facts"][fact]:
            number, line, text = tables["sentences"][sentence]
            title, date, publisher, file, _id = tables["documents"][number]
            cited = (tables["rules"][rule], title, date or "日期不详", publisher or "", f"{file}:{line}")
            found.append(Source(text, _marked(text, [(s0, s1), (o0, o1)]), cited))
        return found


def _marked(text: str, ranges: list[tuple[int, int]]) -> list[str]:
    """The words of two ranges, in units of browsers; of two that overlap the second begins where the first ends."""
    units, found, at = text.encode("utf-16-le"), [], 0
    for start, stop in sorted(ranges, key=lambda one: (one[0], -one[1])):
        if stop > max(start, at):
            found.append(units[2 * max(start, at) : 2 * stop].decode("utf-16-le"))
            at = stop
    return found


def _day(date: str, *, last: bool) -> str:
    """The first or the last day that a date can mean."""
    year, month, day, *_ = [*date.split("-"), "", ""]
    return f"{year}-{month or ('12' if last else '01')}-{day or ('31' if last else '01')}"
