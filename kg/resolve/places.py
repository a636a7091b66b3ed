"""Which division each place mention of a document means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.gazetteer import Division, gazetteer
from kg.lexicon import lexicon
from kg.model import ORGANIZATION, PLACE, Document, Mention, Role

RELATIVE = "place.relative"
ABBREVIATION = "place.abbreviation"
NAMES = frozenset(["place.division", "place.short_name", "place.township", ABBREVIATION])


def place_divisions(document: Document, mentions: Sequence[Mention]) -> dict[Mention, Division | None]:
    """For each place mention its division; None where it is none, or the text does not tell which.

    Certain names are settled first and tell the others: the nearest place before
    (in a chain the part before), then title and publisher, then what follows.
    Words such as 市 mean the division of that class in the title, else the last
    one named in their paragraph, else the publisher's, else the text's first.
    """
    places = sorted({m for m in mentions if m.kind == PLACE}, key=lambda m: (m.start, -m.stop))
    bodies = [m for m in mentions if m.kind == ORGANIZATION]
    nested = frozenset(p for p in places if any(b.start <= p.start and p.stop < b.stop for b in bodies))
    return _Reader(document, places, nested).divisions()


class _Reader:
    """The places of one document, settled step by step; places are known by their position in the list."""

    def __init__(self, document: Document, places: Sequence[Mention], nested: frozenset[Mention]) -> None:
        self._document = document
        self._places = places
        self._found: list[Division | None] = [None] * len(places)
        self._names = [i for i, place in enumerate(places) if place.rule in NAMES]
        self._title = [i for i in self._names if places[i].sentence.role is Role.TITLE]
        self._nested = nested
        self._publisher = tuple(_places_of(document.publisher or ""))

    def divisions(self) -> dict[Mention, Division | None]:
        for i in self._names:
            self._found[i] = _certain(self._places[i])
        for i in self._names:
            self._found[i] = self._found[i] or self._by_context(i)
        for i in self._names:
            if self._is_stray(i):
                self._found[i] = None
        for i, place in enumerate(self._places):
            if place.rule == RELATIVE:
                self._found[i] = self._spoken_of(i)
        return dict(zip(self._places, self._found, strict=True))

    def _is_stray(self, i: int) -> bool:
        """The short name of a county that is no more than a word in a body's name: 龙安 of 龙安敬老院.

        It counts where another place of the text lies in its province.
        """
        place, division = self._places[i], self._found[i]
        if place.rule != "place.short_name" or division is None or division.level != "county":
            return False
        others = [found for k in self._names if k != i and (found := self._found[k]) and found.code != division.code]
        return place in self._nested and not any(other.code[:2] == division.code[:2] for other in others)

    def _by_context(self, i: int) -> Division | None:
        """Tells by what stands before in the chain, then before in the text, then title and publisher, then after."""
        place = self._places[i]
        before = [k for k in reversed(self._names) if self._places[k].stop <= place.start]
        after = [k for k in self._names if self._places[k].start >= place.stop]
        context = (*self._codes([*before, *self._title]), *self._publisher, *self._codes(after))
        named = _named(place)
        if place.rule == ABBREVIATION:
            return _nearest(named, context)
        if named and named[0].level == "province" and not any(self._places[k].stop == place.start for k in before[:1]):
            return named[0]  # 海南 is the province, in a text of 青海 too, unless 青海 stands right before it
        return gazetteer().choose(named, context)

    def _spoken_of(self, i: int) -> Division | None:
        """The division that 市, 省 … mean here.

        A place of that very class written out earlier in the sentence tells first (福州市民政局与市…),
        then the title, then the paragraph so far, the publisher, the text.
        """
        place = self._places[i]
        paragraph = self._document.text.rfind("\n", 0, place.start)
        before = [k for k in self._names if self._places[k].stop <= place.start]
        near = [k for k in reversed(before) if self._places[k].start > paragraph]
        same = [
            k for k in near if self._places[k].sentence == place.sentence and self._places[k].text.endswith(place.text)
        ]
        after = [k for k in self._names if self._places[k].start >= place.stop]
        told = (*self._codes([*same, *self._title, *near]), *self._publisher, *self._codes([*before, *after]))
        for code in told:
            if division := _of_class(code, place.text):
                return division
        return None

    def _codes(self, positions: Iterable[int]) -> Iterator[str]:
        """Codes of the settled places, each once."""
        seen = {division.code: None for i in positions if (division := self._found[i])}
        yield from seen


def _places_of(publisher: str) -> list[str]:
    """Codes of the places in a publisher's name, the smaller first."""
    codes: list[str] = []
    for hit in gazetteer().find(publisher):
        division = gazetteer().resolve(hit.form, tuple(reversed(codes)))
        if division is not None and division.level != "township":
            codes.append(division.code)
    return codes[::-1]


def _named(mention: Mention) -> tuple[Division, ...]:
    """What the words can mean; 街 stands for 街道 too."""
    if mention.rule == ABBREVIATION:
        return gazetteer().abbreviated(mention.text)
    named = gazetteer().named(mention.text)
    return named or (gazetteer().named(f"{mention.text}道") if mention.text.endswith("街") else ())


def _certain(mention: Mention) -> Division | None:
    """A name that means one division wherever it stands."""
    named = _named(mention)
    today = [division for division in named if not division.former] or list(named)
    return today[0] if len(today) == 1 and today[0].level != "township" else None


def _nearest(candidates: Sequence[Division], context: Sequence[str]) -> Division | None:
    """The candidate in the province of the nearest place that tells; else the first, the larger."""
    places = gazetteer()
    for code in context:
        for division in reversed(candidates):  # a city before its namesake province
            if places.within(code, division.code) or places.within(division.code, places.chain(code)[-1].code):
                return division
    return candidates[0] if candidates else None


def _of_class(code: str, word: str) -> Division | None:
    """The division of this class in the chain of `code`, from the smaller to the larger."""
    meaning: Mapping[str, str] = lexicon("place_relative_levels").entries[word]
    for division in gazetteer().chain(code):
        ends = division.name.endswith(meaning["ending"])
        if ends and meaning["level"] in ("any", division.level) and not (word == "市" and division.level == "township"):
            return division
    return None
