"""`located_in`: where a body, an event or a program is, stated or in its own name."""
from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import EVENT, ORGANIZATION, PLACE, PROGRAM, Mention, Modality
from kg.view import Link, View

RELATION = "located_in"
NEEDS = ("place", "organization", "event", "program")

TOWN = re.compile(r"(?:街道|镇|乡|社区|村|街)$")
TOWN_BODIES = re.compile(r"^(?:人民政府|政府|办事处|党工委|党委|社工站|社会工作|综合|党群|纪工委|人大|总工会|敬老院|卫生院|民政|便民|退役|新时代)")
HELD = re.compile(r"(?:举行|召开|举办|开幕|启动|开班|揭牌|落幕|闭幕|成立|发布|举办了)")


def own_name(view: View) -> Iterator[Link]:
    """The place a body's own name begins with: 佛山市民政局; the most specific one of a chain."""
    for body in view.of(ORGANIZATION, PROGRAM):
        inside = [p for p in view.of(PLACE) if body.start <= p.start and p.stop <= body.stop and p.stop - p.start < body.stop - body.start]
        chain = _leading_chain(view, body, inside)
        while chain and TOWN.search(chain[-1].text) and not TOWN_BODIES.match(view.text[chain[-1].stop : body.stop]):
            chain = chain[:-1]
        if chain:
            yield Link(body, chain[-1], body.start, modality=Modality.DONE)


def _leading_chain(view: View, body: Mention, inside: list[Mention]) -> list[Mention]:
    """Places written side by side at the beginning of a name: 福州市长乐区."""
    chain: list[Mention] = []
    offset = body.start
    for place in sorted(inside, key=lambda p: (p.start, p.stop)):
        if place.start == offset or (not chain and re.fullmatch("[“中国共产党共青团国家]*", view.text[body.start : place.start])):
            chain.append(place)
            offset = place.stop
    return chain


def place_in_place(view: View) -> Iterator[Link]:
    """Two places written side by side, the larger first: 福州市长乐区."""
    places = view.of(PLACE)
    for outer in places:
        for inner in places:
            if inner.start == outer.stop and inner.stop > inner.start:
                yield Link(inner, outer, inner.start, modality=Modality.DONE)


def held_at(view: View) -> Iterator[Link]:
    """An event takes place somewhere: 在佛山举行, 在某地召开."""
    for match in view.find(HELD):
        for place in _places_before(view, match.start()):
            for event in view.of(EVENT):
                if view.start <= event.start and not (event.start < place.start < event.stop):
                    yield Link(event, place, match.start())
                    break
            else:
                continue
            break


def _places_before(view: View, offset: int) -> list[Mention]:
    """The most specific place in 在X before the verb."""
    found = []
    for place in reversed(view.of(PLACE)):
        gap = view.text[place.stop : offset]
        if place.stop <= offset and re.fullmatch(r"[^，。；,]{0,6}", gap):
            head = view.text[max(view.start, place.start - 30) : place.start]
            if re.search(r"(?:在|于|至|来到|走进|赴|抵)[^，。；,]{0,20}$", head):
                found.append(place)
                break
    return found


RULES = (own_name, place_in_place, held_at)
