"""Which mentions of a document speak of the same body, and its fullest name there.

A mention is taken apart into the division its name begins with and the rest; two
mentions with the same division and the same rest (after known equivalences: 人社局 =
人力资源和社会保障局) are one body. Sections and references (宣传部, 学院) take their
body from the discourse: what was spoken of last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.gazetteer import Division
from kg.lexicon import lexicon
from kg.model import ORGANIZATION, Document, Mention
from kg.recognisers.short_forms import declarations
from kg.resolve.body import Body, part_of
from kg.resolve.bodynames import QUOTES, SESSION, canonical, full_name, is_independent, without_province
from kg.resolve.sections import is_bureau, of_places, section_of, spoken_of, stands_alone
from kg.resolve.shortened import shortened
from kg.resolve.subclass import subclass_of

LEAGUE = re.compile(r"^团(?P<level>[省市区县州])委")
LEAGUE_NAME, LEAGUE_SHORT, PARTY_NAME = "共青团", "团", "中共"
LEAGUE_REST = "团委"  # 共青团某市委 and 某团市委 are one
LEANING = ("short_form", "organization.reference", "organization.section")  # rules whose bodies the discourse names
SHORTEST_TAIL = 4  # characters of a shorter form that may be merged into a longer name by its ending
SHORTEST_SCHOOL = 5  # of a college that is named without its university before it is with it
SHORTEST_PLACED = 8  # the same for a form that begins with a place of its own
OFFICE = re.compile(r"(?:办公室|秘书处|辦公室|秘書處)$")


class Bodies:
    """The bodies of one document; `of` maps every mention that could be resolved."""

    def __init__(self, document: Document, divisions: Mapping[Mention, Division | None]) -> None:
        self.document = document
        self.divisions = divisions
        self.all: list[Body] = []
        self.of: dict[Mention, Body] = {}
        # No division of the mainland is named: bodies go by their bare names, as in Hong Kong and Macau.
        self._placeless = not any(d and d.code[:2] not in ("71", "81", "82") for d in divisions.values())
        self._places: dict[int, list[Mention]] = {}
        self._parents: dict[Mention, Body] = {}
        for place in divisions:
            self._places.setdefault(place.start, []).append(place)

    def gather(self, mentions: Sequence[Mention]) -> None:
        """Fully named bodies first, then what leans on them."""
        bodies = [m for m in mentions if m.kind == ORGANIZATION and not m.is_ellipsis]
        declared = declarations(self.document, mentions)
        leaning = []
        for mention in bodies:
            full = declared.get(mention.name)
            if (full is not None and mention.stop != full.stop) or mention.rule in LEANING:
                leaning.append(mention)
            else:
                self._place_named(mention)
        self._merge_tails()
        for mention in sorted(leaning, key=lambda m: m.start):
            full = declared.get(mention.name)
            if full is not None and full in self.of:
                self._join(mention, self.of[full])
            elif mention.name in lexicon("relative_bodies"):
                self._refer(mention, tuple(lexicon("relative_bodies").entries[mention.name]["hosts"].split("|")))
            elif mention.rule == "organization.section":
                self._place_section(mention)
            else:
                self._refer(mention)
        self._merge_tails()

    def of_publisher(self) -> Body | None:
        """The body that publishes the document, which 我局 and a bare 局长 may mean."""
        name = self.document.publisher or ""
        if not lexicon("organization_suffixes").longest_suffix(name, 0, len(name)):
            return None
        known = next((b for b in self.all if name.endswith(b.name) or b.name.endswith(name)), None)
        return known or Body(name, None, canonical(name))

    def _place_named(self, mention: Mention) -> None:
        division, name, rest = self._parts(mention)
        for body in self.all:
            same = body.rest == rest and _same_division(body.division, division)
            if same or name in (body.name, *(m.text for m in body.mentions)):
                self._join(mention, body)
                body.name = _fuller(body.name, name)
                body.division = body.division or division
                return
        body = Body(name, division, rest, parent=self._parents.get(mention))
        body.vague = division is None and bool(self._leading_places(mention))
        self._found(mention, body)

    def _found(self, mention: Mention, body: Body) -> None:
        self.all.append(body)
        self._join(mention, body)

    def _join(self, mention: Mention, body: Body) -> None:
        body.add(mention)
        self.of[mention] = body

    def _parts(self, mention: Mention) -> tuple[Division | None, str, str]:
        """Division, full name and canonical rest of a named body."""
        text = (
            SESSION.sub("", mention.name.translate(QUOTES))
            if mention.name.count("“") != mention.name.count("”")
            else SESSION.sub("", mention.name)
        )
        if LEAGUE.match(text):
            division = self._relative_at(mention.start + 1)
            name = f"{division.short}{text}" if division else text
            return division, name, LEAGUE_REST
        for scope, rest in ((LEAGUE_NAME, LEAGUE_REST), (LEAGUE_SHORT, LEAGUE_REST), (PARTY_NAME, "委")):
            place = self._place_after(mention, len(scope)) if text.startswith(scope) else None
            if place is not None and text[place.stop - mention.start :] in lexicon("league_committees"):
                return self.divisions.get(place), text, rest
        if text.startswith("兵团"):
            text = f"新疆生产建设{text}"  # 兵团 alone is this one
        if word := lexicon("relative_bodies").longest_prefix(text, 0, len(text) - 1):
            host = self._host_of(word, mention.start)
            if host is not None:
                self._parents[mention] = host
                return host.division, f"{host.name}{text[len(word) :]}", canonical(f"{host.name}{text[len(word) :]}")
        chain = self._leading_places(mention)
        if not chain:
            central = lexicon("central_bodies").entries.get(text)
            return None, text, canonical(central["full"] if central else text)
        last = chain[-1]
        division = self.divisions.get(last)
        rest = text[last.stop - mention.start :]
        if division is None:  # whose 市民政局, or which 鼓楼区's, the text does not tell
            return None, text, canonical(text)
        if last.rule == "place.relative":
            return division, f"{full_name(division)}{rest}", canonical(rest)
        return division, without_province(text, chain, self.divisions), canonical(rest)

    def _host_of(self, word: str, offset: int) -> Body | None:
        """The body that 学校 or 我院 means here."""
        for tail in lexicon("relative_bodies").entries[word]["hosts"].split("|"):
            fits = [b for b in self.all if b.name.endswith(tail) and b.first_before(offset)]
            if fits:
                return max(fits, key=lambda b: b.last_before(offset))
        return None

    def _whole_of(self, tail: str, offset: int) -> Body | None:
        """某大学 of 某大学某学院, where only the longer name stands in the text."""
        for body in reversed(self.all):
            at = body.name.find(tail)
            if 0 < at < len(body.name) - len(tail) and body.first_before(offset):
                name = body.name[: at + len(tail)]
                known = next((b for b in self.all if b.name == name), None)
                if known is None:
                    known = Body(name, body.division, canonical(name))
                    self.all.append(known)
                return known
        return None

    def _leading_places(self, mention: Mention) -> list[Mention]:
        """Places written side by side from the beginning of the name on."""
        chain: list[Mention] = []
        offset = mention.start
        stop = mention.start + len(mention.name)  # beyond the span where the head is shared: 甲区、乙区政府
        while found := [p for p in self._places.get(offset, ()) if offset < p.stop < stop]:
            chain.append(max(found, key=lambda p: p.stop))
            offset = chain[-1].stop
        return chain

    def _place_after(self, mention: Mention, length: int) -> Mention | None:
        """The place that goes on after the first `length` characters of a name."""
        found = [p for p in self._places.get(mention.start + length, ()) if p.stop < mention.stop]
        return max(found, key=lambda p: p.stop, default=None)

    def _relative_at(self, offset: int) -> Division | None:
        for place in self._places.get(offset, ()):
            return self.divisions.get(place)
        return None

    def _merge_tails(self) -> None:
        """A shorter form that ends exactly one longer name is that body."""
        for body in sorted(self.all, key=lambda b: len(b.name)):
            if len(body.name) < (SHORTEST_TAIL if body.division is None else SHORTEST_PLACED):
                continue
            longer = [b for b in self.all if b is not body and b.name.endswith(body.name)]
            if len(longer) == 1:
                self._absorb(longer[0], body)
        for body, full in tuple(shortened(self.all)):
            if body in self.all and full in self.all:
                self._absorb(full, body)

    def _absorb(self, into: Body, body: Body) -> None:
        for mention in body.mentions:
            self._join(mention, into)
        self.all.remove(body)

    def _place_section(self, mention: Mention) -> None:
        """宣传部 after 市委组织部、 is 市委宣传部; 教务处 is the school's spoken of."""
        text = mention.name
        if lexicon("relative_bodies").longest_prefix(text, 0, len(text) - 1):
            self._place_named(mention)
            return
        before = spoken_of(self.all, mention.start)
        if (named := self._named_before(mention, before)) is not None:
            self._join(mention, named)
            return
        if (whole := self._named_whole(text)) is not None:
            self._found(mention, whole) if whole not in self.all else self._join(mention, whole)
            return
        if self._placeless and stands_alone(text):
            self._found(mention, Body(text, None, canonical(text)))
            return
        section = section_of(self.all, before, mention) if before is not None else None
        if section is not None:
            self._found(mention, section)

    def _named_before(self, mention: Mention, before: Body | None) -> Body | None:
        """A body whose name ends so; not another place's than the one `before` is of, nor another school's."""
        text, here, school = mention.name, None, ""
        if before is not None and (is_independent(text) or of_places(text)):
            here = before.division
        if before is not None and subclass_of(before.name) == "School" and subclass_of(text) == "PartyBody":
            school = before.name
        for body in self.all if len(text) >= 2 else ():
            elsewhere = here is not None and body.division is not None and not _same_division(here, body.division)
            named = body.name.startswith(school) and body.name.endswith(text) and body.first_before(mention.start)
            if named and not elsewhere:
                return body
        return None

    def _named_whole(self, text: str) -> Body | None:
        """慈善总会募捐部 names its body; 社会工作学院 may be named in full further on."""
        for head in reversed(lexicon("organization_suffixes").find(text)):
            host = next((b for b in self.all if b.name.endswith(text[: head.stop])), None)
            if 2 < head.stop < len(text) - 1 and host is not None:
                return part_of(host, text[head.stop :])
        later = [b for b in self.all if b.name.endswith(text) and len(text) >= SHORTEST_SCHOOL]
        return later[0] if len(later) == 1 and text.endswith("学院") else None

    def _refer(self, mention: Mention, tails: tuple[str, ...] = ()) -> None:
        """联席会议, 学院, 该中心: the last body before whose name ends so, or the next one after."""
        fits = [b for b in self.all if b.name.endswith(tails or re.sub("^[该本此]", "", mention.name))]
        if tails and (whole := self._whole_of(tails[0], mention.start)) is not None:
            self._join(mention, whole)
            return
        before = [b for b in fits if b.first_before(mention.start)]
        for tail in tails[:1]:  # the usual one before all others: 校 is a 大学 rather than a 学院
            before = [b for b in before if b.name.endswith(tail)] or before
        if before:
            self._join(mention, max(before, key=lambda b: b.last_before(mention.start)))
        elif len(fits) == 1:
            self._join(mention, fits[0])
        elif self._placeless and is_bureau(mention.name):
            self._found(mention, Body(mention.name, None, canonical(mention.name)))
        else:
            self._office_of_known(mention)

    def _office_of_known(self, mention: Mention) -> None:
        """联席会议办公室, where the text names the 联席会议 alone: the office is a part of it."""
        office = OFFICE.search(mention.name)
        if office is None or not office.start():
            return
        stem = mention.name[: office.start()]
        hosts = [b for b in self.all if b.name.endswith(stem)]
        if hosts:
            host = hosts[0]
            name = f"{host.name}{office[0]}"
            self._found(mention, Body(name, host.division, canonical(f"{host.rest}{office[0]}"), parent=host))


def _same_division(one: Division | None, other: Division | None) -> bool:
    return (one.code if one else None) == (other.code if other else None)


def _fuller(one: str, other: str) -> str:
    return max(one, other, key=lambda name: (len(name), name))
