"""`located_in`: where a body, an event or a program is, stated or in its own name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.gazetteer import gazetteer
from kg.lexicon import lexicon
from kg.model import EVENT, ORGANIZATION, PLACE, PROGRAM, Mention, Modality
from kg.view import Link, View

RELATION = "located_in"
NEEDS = ("place", "organization", "event", "program")

TOWN = re.compile(r"(?:街道|镇|乡|社区|村|街)$")
ORDINAL = re.compile(r"第?[一二三四五六七八九十]{1,3}师")


def own_name(view: View) -> Iterator[Link]:
    """The place a body's own name begins with: 佛山市民政局; the most specific one of a chain."""
    for body in view.of(ORGANIZATION, PROGRAM):
        if _is_section(view, body):
            continue
        chain = _leading_chain(view, body) or _branch_place(view, body)
        while chain and TOWN.search(chain[-1].text) and not _lies_in_town(view, chain[-1], body):
            chain = chain[:-1]
        if chain:
            yield Link(body, chain[-1], body.start, modality=Modality.DONE)


def _lies_in_town(view: View, place: Mention, body: Mention) -> bool:
    """某街道办事处 lies in the 街道; another body only in the district."""
    return lexicon("town_bodies").longest_prefix(view.text, place.stop, body.stop) is not None


def _is_section(view: View, body: Mention) -> bool:
    """A section is where its body is: 某市民政局儿童福利科."""
    return any(b.start == body.start and b.stop < body.stop for b in view.of(ORGANIZATION) if body.kind == ORGANIZATION)


def _inside(view: View, body: Mention) -> list[Mention]:
    return [p for p in view.of(PLACE) if body.start <= p.start < p.stop < body.stop]


def _leading_chain(view: View, body: Mention) -> list[Mention]:
    """Places written side by side at the beginning of a name, each in the one before: 福州市长乐区."""
    chain: list[Mention] = []
    offset = body.start
    for place in _inside(view, body):
        if chain and (place.start != offset or not _contains(chain[-1], place)):
            break
        if chain or place.start == offset or _only_scopes(view.text[body.start : place.start]):
            chain.append(place)
            offset = place.stop
    return chain


def _only_scopes(words: str) -> bool:
    """What may stand before the place: 共青团某市委, 政协某省委员会, 八师某市."""
    scopes, at = lexicon("domestic_prefixes"), 0
    while at < len(words):
        if division := ORDINAL.match(words, at):
            at = division.end()
            continue
        scope = scopes.longest_prefix(words, at, len(words))
        if scope is None:
            return False
        at += len(scope)
    return True


def _contains(outer: Mention, inner: Mention) -> bool:
    """Whether a division of the one name lies in one of the other; unknown names may."""
    places = gazetteer()
    outers, inners = places.named(outer.text), places.named(inner.text)
    if not outers or not inners:
        return True
    return any(places.within(one.code, other.code) for one in inners for other in outers)


def _branch_place(view: View, body: Mention) -> list[Mention]:
    """A branch is named after its own place: 某银行武汉分行."""
    branch = lexicon("branch_tails").longest_suffix(view.text, body.start, body.stop)
    return [p for p in _inside(view, body) if branch and p.stop == body.stop - len(branch)]


def before_program(view: View) -> Iterator[Link]:
    """A place directly before a program's name: 某区“晨曦计划”项目."""
    for program in view.of(PROGRAM):
        for place in view.of(PLACE):
            if place.stop == program.start or (place.start == program.start and place.stop < program.stop):
                yield Link(program, place, program.start, modality=Modality.DONE)


def held_by_place(view: View) -> Iterator[Link]:
    """A place that is said to hold an event: 大足区召开…推进会."""
    for event in view.of(EVENT):
        for place in view.of(PLACE):
            if place.stop <= event.start and HOLDS.fullmatch(view.text, place.stop, event.start):
                yield Link(event, place, place.stop, modality=Modality.DONE)


HOLDS = re.compile(r"(?:日前|近日|今天|昨天)?(?:成功|隆重|组织)?(?:召开|举行|举办|启动)(?:了)?[“「]?")


def place_in_place(view: View) -> Iterator[Link]:
    """Two places written side by side, the larger first: 福州市长乐区."""
    places = view.of(PLACE)
    for outer in places:
        for inner in places:
            if inner.start == outer.stop and inner.stop > inner.start:
                yield Link(inner, outer, inner.start, modality=Modality.DONE)


def held_at(view: View) -> Iterator[Link]:
    """An event takes place somewhere: 在佛山举行, 在某地召开."""
    for verb in view.hits("held_verbs"):
        for place in _places_before(view, verb.start):
            for event in view.of(EVENT):
                if view.start <= event.start and not (event.start < place.start < event.stop):
                    yield Link(event, place, verb.start)
                    break
            else:
                continue
            break


def _places_before(view: View, offset: int) -> list[Mention]:
    """The most specific place in 在X before the verb."""
    found = []
    wholes = view.of(ORGANIZATION, PLACE)
    for place in reversed(view.of(PLACE)):
        if any(
            w.start <= place.start and place.stop < w.stop
            for w in wholes
            if w.stop - w.start > place.stop - place.start
        ):
            continue  # the place in the name of a hotel is not where it stands
        gap = view.text[place.stop : offset]
        if place.stop <= offset and re.fullmatch(r"[^，。；,]{0,6}", gap):
            head = view.text[max(view.start, place.start - 30) : place.start]
            if re.search(r"(?:在|于|至|来到|走进|赴|抵)[^，。；,]{0,20}$", head):
                found.append(place)
                break
    return found


RULES = (own_name, before_program, place_in_place, held_at, held_by_place)
