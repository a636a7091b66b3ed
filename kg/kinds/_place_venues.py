"""Named places that are no divisions: zones, venues, communities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._place_names import Place, place_names
from kg.lexicon import lexicon
from kg.view import Span, View

CHARACTER = r"[\u3400-\u9fffA-Za-z0-9·“”\"-]"
INNER = re.compile(rf"{CHARACTER}{{3,32}}")
IN = re.compile("(?<![存所实潜内外好自旨健意])在(?!线)")
LABEL = re.compile(r"地\s*点[：:]\s*|地址[：:]\s*")
ZONE_NAME = re.compile(r"[\u3400-\u9fff]{0,16}")
COMMUNITY = re.compile(r"([\u3400-\u9fff]{2,4}?)(社区|村)")
ADDRESS = re.compile(r".*\d号(?!楼)")
ROOM = re.compile(r"[一二三四五六七八九十0-9号]楼")
STOPPERS = re.compile(r"[的了和与及等在由将被为各]")


def zones(view: View) -> Iterator[Span]:
    """Named zones, and a division's name, up to sixteen characters, and the class of a zone."""
    classes = lexicon("place_zones")
    yield from (Span(hit.start, hit.stop) for hit in view.hits("place_named_zones"))
    for place in _outermost(place_names(view)):
        reach = ZONE_NAME.match(view.text, place.stop, view.stop)
        stops = [
            hit.stop for hit in view.hits(classes.name) if reach and place.stop <= hit.start and hit.stop <= reach.end()
        ]
        if stops and not STOPPERS.search(view.text, place.stop, stops[0]) and not _is_verb(view, place.stop):
            yield Span(place.start, stops[0])


def _outermost(places: tuple[Place, ...]) -> Iterator[Place]:
    """The last place of each chain: 新区 after 江苏省苏州市 begins with 苏州市."""
    starts = {place.start for place in places}
    for place in places:
        if place.stop not in starts and place.how != "township":
            yield place


def communities(view: View) -> Iterator[Span]:
    """X社区 or X村 right after its township or county, where something is held (one that is visited tells nothing)."""
    held = {hit.start for hit in view.hits("place_held_verbs")}
    for place in place_names(view):
        match = COMMUNITY.match(view.text, place.stop, view.stop)
        if (
            match
            and match.end() in held
            and _in(view, place.start)
            and not STOPPERS.search(match[1])
            and _nouns(view, match.start(), match.end(1))
        ):
            yield Span(match.start(), match.end())


def _in(view: View, start: int) -> bool:
    """在 before it, with nothing between but the places that contain it."""
    at = start
    for place in reversed(place_names(view)):
        at = place.start if place.stop == at else at
    return view.text[at - 1 : at] in ("在", "于")


def venues(view: View) -> Iterator[Span]:
    """Venues after 在 with a verb of holding, after a verb of going, or after a label 地点."""
    found: dict[Span, None] = {}
    if not view.hits("place_venues"):
        return
    for start, stop in _frames(view):
        if span := _venue_in(view, start, stop):
            found[span] = None
    yield from found


def _frames(view: View) -> Iterator[tuple[int, int]]:
    """Where a venue must begin, and how far it may reach."""
    for at in _words(view, "place_visit_verbs"):
        if match := INNER.match(view.text, at, view.stop):
            yield at, match.end()
    for label in view.find(LABEL):
        if match := INNER.match(view.text, label.end(), view.stop):
            yield label.end(), match.end()
    held = view.hits("place_held_verbs")
    for word in view.find(IN):
        match = INNER.match(view.text, word.end(), view.stop)
        ends = [hit.start for hit in held if match and word.end() < hit.start <= match.end()]
        if ends:
            yield word.end(), ends[0]


def _words(view: View, name: str) -> Iterator[int]:
    for hit in view.hits(name):
        if hit.start in view.token_starts:
            yield hit.stop


def _venue_in(view: View, start: int, stop: int) -> Span | None:
    """The venue that begins at `start`, past the divisions that contain it."""
    for place in place_names(view):
        if place.start == start and place.how != "short_name":
            start = place.stop
    if number := ADDRESS.match(view.text, start, stop):
        start = number.end()
    start = _past_community(view, _past_relative(view, start), stop)
    for hit in reversed(view.hits("place_venues")):
        head = view.text[start : hit.start]
        if hit.stop <= stop and _is_proper(head) and not ROOM.fullmatch(view.text[hit.start - 1 : hit.stop]):
            return Span(start, hit.stop)
    return None


def _is_proper(head: str) -> bool:
    """Enough of a name before the class."""
    return 2 <= len(head) <= 14 and head not in lexicon("place_venue_generic") and not STOPPERS.search(head)


def _past_relative(view: View, start: int) -> int:
    """在市星河大酒店: the venue begins after 市, but 市民中心 does not."""
    if view.text[start : start + 1] in ("我", "本", "该"):
        start += 1  # 在我市星河体育馆
    if lexicon("place_longer_words").longest_prefix(view.text, start, view.stop):
        return start
    return start + len(lexicon("place_relative_levels").longest_prefix(view.text, start, view.stop) or "")


def _past_community(view: View, start: int, stop: int) -> int:
    """在荷花社区星河花园: the venue is in the community."""
    match = re.compile(r"[\u3400-\u9fff]{2,4}?社区(?=.{4})").match(view.text, start, stop)
    return match.end() if match else start


def _is_verb(view: View, start: int) -> bool:
    """苏州推进…园区: the zone's name does not begin with a verb."""
    return any(token.start == start and token.tag in ("v", "d", "p", "c", "r", "m") for token in view.tokens)


def _nouns(view: View, start: int, stop: int) -> bool:
    """No verb or function word among the words of the name."""
    words = [token for token in view.tokens if token.start < stop and token.stop > start]
    return all(not token.tag.startswith(("v", "p", "c", "r", "d", "u")) or token.tag == "vn" for token in words)
