"""The gazetteer: divisions by code and name, containment, and names in texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property

import ahocorasick_rs

from kg.gazetteer.division import LEVELS, Division, How, PlaceHit
from kg.gazetteer.tables import Names, abbreviations, traditional


class Gazetteer:
    """Divisions of China down to townships, with former names since 1984."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._named: dict[str, tuple[Division, ...]] = {}  # what was looked up once: texts repeat names
        self._chains: dict[str, tuple[Division, ...]] = {}

    def get(self, code: str) -> Division | None:
        """The division with this code: six digits, nine for townships."""
        return self._names.divisions.get(code) or self._names.township(code)

    def named(self, form: str) -> tuple[Division, ...]:
        """Divisions with this full or short name, the larger first; then those that had it formerly.

        Divisions without a code (台北市) are found in texts, but not here.
        """
        found = self._named.get(form)
        if found is None:
            today = self._today(form)
            found = today + tuple(division for division in self.former(form) if division not in today)
            self._named[form] = found
        return found

    def _today(self, form: str) -> tuple[Division, ...]:
        names, form = self._names, form.translate(traditional())
        return self._of([*names.full.get(form, ()), *names.short.get(form, ()), *names.townships.get(form, "").split()])

    def former(self, form: str) -> tuple[Division, ...]:
        """Divisions that had this name: themselves where they were merged away, else what they are today."""
        return self._of(self._names.former.get(form.translate(traditional()), ()))

    def abbreviated(self, character: str) -> tuple[Division, ...]:
        """Divisions with this one-character name: 湘, 沪; 宁 has two."""
        return self._of(abbreviations().get(character, ()))

    def chain(self, code: str) -> tuple[Division, ...]:
        """The division itself, then what contains it, up to the province; empty for an unknown code."""
        found = self._chains.get(code)
        if found is None:
            division = self.get(code)
            above = self.chain(division.parent) if division and division.parent else ()
            found = (division, *above) if division else ()
            self._chains[code] = found
        return found

    def within(self, code: str, ancestor: str) -> bool:
        """Whether `code` is `ancestor` or lies in it."""
        return any(division.code == ancestor for division in self.chain(code))

    def children(self, code: str) -> tuple[Division, ...]:
        """Divisions of today directly within this one, by code."""
        return self._of(self._children.get(code, ()))

    def find(self, text: str) -> tuple[PlaceHit, ...]:
        """Leftmost-longest names in the text, not overlapping."""
        found: list[PlaceHit] = []
        for hit in self.find_all(text):  # by start, longest first
            if not found or hit.start >= found[-1].stop:
                found.append(hit)
        return tuple(found)

    def find_all(self, text: str) -> tuple[PlaceHit, ...]:
        """Every name in the text, overlapping ones too, by start, longest first."""
        table = traditional()
        if not self._traditional.isdisjoint(text):
            text = text.translate(table)
        forms, automaton = self._automaton
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        hits = [PlaceHit(start, stop, *forms[which]) for which, start, stop in found]
        return tuple(sorted(hits, key=lambda hit: (hit.start, -hit.stop)))

    def resolve(self, form: str, context: Sequence[str] = ()) -> Division | None:
        """The one division that the form means, with the places spoken of nearby, nearest first.

        A containing place decides; then a place that lies in the same prefecture
        or province; then a province or a prefecture without rival. None where
        the context does not tell.
        """
        return self.choose(self.named(form), context)

    def choose(self, named: Sequence[Division], context: Sequence[str] = ()) -> Division | None:
        """The one of these divisions that the context tells, as in `resolve`."""
        if len(named) < 2:
            return named[0] if named else None
        for code in context:
            for area in self.chain(code):
                inside = [division for division in named if self.within(division.code, area.code)]
                if inside:
                    if (one := self._foremost(inside)) is not None:
                        return one
                    break  # several: another place must tell
        return self._foremost([division for division in named if not division.former] or named)

    def _foremost(self, candidates: Sequence[Division]) -> Division | None:
        """The one that contains the others (恩施州, 恩施市), or the only province (吉林)."""
        first = min(candidates, key=lambda c: LEVELS.index(c.level))
        if first.level == "province" or all(self.within(c.code, first.code) for c in candidates):
            return first
        return None

    def _of(self, codes: Iterable[str]) -> tuple[Division, ...]:
        found = {code: division for code in codes if (division := self.get(code)) is not None}
        return tuple(sorted(found.values(), key=lambda d: (LEVELS.index(d.level), d.code)))

    @cached_property
    def _traditional(self) -> frozenset[str]:
        return frozenset(map(chr, traditional()))

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for division in self._names.divisions.values():
            if division.parent and not division.former:
                found.setdefault(division.parent, []).append(division.code)
        for code, (_, parent) in self._names.township_rows.items():
            found.setdefault(parent, []).append(code)
        return found

    @cached_property
    def _automaton(self) -> tuple[list[tuple[str, How]], ahocorasick_rs.AhoCorasick]:
        names = self._names
        kinds: tuple[tuple[How, Iterable[str]], ...] = (
            ("former", names.former),
            ("short", names.short),
            ("full", names.uncoded),
            ("full", names.townships),
            ("full", names.full),
        )
        forms: dict[str, How] = {form: how for how, group in kinds for form in group}
        return list(forms.items()), ahocorasick_rs.AhoCorasick(forms)


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, read once."""
    return Gazetteer(Names())
