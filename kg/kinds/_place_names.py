"""Names of the gazetteer in a sentence: which of the hits are places.

A hit is weighed from left to right: a chain (湖南省常德市武陵区) supports its
parts, a full name in the text supports its short form, and the segmenter's
boundaries keep names out of longer words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from kg.gazetteer import Division, PlaceHit, gazetteer
from kg.lexicon import lexicon
from kg.view import Span, Token, View

TOWNSHIP = re.compile(r"((?:(?![各全所等该本县区])[\u3400-\u9fff]){2,5}?)(街道|镇|乡|苏木|街(?![道区头巷坊边心镇]))")


class Place(NamedTuple):
    """An accepted name; `how` is the rule that owns it: division, short_name, township."""

    start: int
    stop: int
    how: str
    candidates: tuple[Division, ...]


class _Known(NamedTuple):
    """What a whole text names without doubt, found once."""

    hits: tuple[PlaceHit, ...]
    starts: list[int]
    full: frozenset[str]  # short forms whose full form stands in the text
    areas: frozenset[str]  # codes of provinces, prefectures and counties that are named


@lru_cache(maxsize=4)
def _known(text: str) -> _Known:
    places = gazetteer()
    hits = places.find_all(text)
    forms = {(hit.form, hit.how) for hit in hits}
    full: set[str] = set()
    areas: set[str] = set()
    for form, how in forms:
        named = [division for division in places.named(form) if division.level != "township"]
        if how == "full":
            full.update(division.short for division in named if division.name == form)
        if named and (how == "full" or named[0].level in ("province", "prefecture")):
            areas.update(division.code for division in named)
    return _Known(hits, [hit.start for hit in hits], frozenset(full), frozenset(areas))


def place_names(view: View) -> tuple[Place, ...]:
    """Accepted names in the sentence, in order, without overlap; worked out once."""
    if "place_names" not in view.memo:
        view.memo["place_names"] = tuple(_accepted(view))
    found: tuple[Place, ...] = view.memo["place_names"]
    return found


def _accepted(view: View) -> list[Place]:
    known = _known(view.text)
    found: list[Place] = []
    hits = known.hits[bisect_left(known.starts, view.start) : bisect_left(known.starts, view.stop)]
    for hit in hits:
        before = found[-1] if found else None
        if hit.stop > view.stop or (before and hit.start < before.stop):
            continue
        if place := _judge(view, hit, before, known):
            found.append(place)
            if unlisted := _unlisted_township(view, place):
                found.append(unlisted)
    return found


def _unlisted_township(view: View, county: Place) -> Place | None:
    """A subdistrict or town right after its county that the gazetteer lacks, or has by another name (北京街)."""
    match = TOWNSHIP.match(view.text, county.stop, view.stop) if county.how == "division" else None
    if match is None or not (county.candidates and _has_townships(county.candidates[0])):
        return None
    if _longer_word(view, match.end()) or _within(gazetteer().named(match[0]), county):
        return None
    candidates = _within(gazetteer().named(match[0] + "道"), county)
    if candidates or (match[2] != "街" and _is_noun(view, match.start(), match.end(1))):
        return Place(match.start(), match.end(), "township", candidates)
    return None


def _has_townships(division: Division) -> bool:
    return division.level in ("prefecture", "county") and any(
        child.level == "township" for child in gazetteer().children(division.code)[:1]
    )


def _is_noun(view: View, start: int, stop: int) -> bool:
    """No verb, preposition, pronoun or number among the words: 推进城镇, 各乡镇 are no names."""
    words = [token for token in view.tokens if token.start < stop and token.stop > start]
    return all(token.tag.startswith(("n", "z", "j", "x")) for token in words)


def _judge(view: View, hit: PlaceHit, before: Place | None, known: _Known) -> Place | None:
    candidates = gazetteer().named(hit.form)
    inner = _within(candidates, before) if before and before.stop == hit.start else ()
    if hit.how == "short":
        ok = _is_short_name(view, hit, candidates, inner, before, known)
        return Place(hit.start, hit.stop, "short_name", inner or candidates) if ok else None
    if _longer_word(view, hit.stop):
        return None
    if candidates and all(division.level == "township" for division in candidates):
        near = inner or tuple(d for d in candidates if known.areas.intersection(_areas(d)))
        ok = bool(near) and (bool(inner) or _stands(view, hit))
        return Place(hit.start, hit.stop, "township", near) if ok else None
    if inner or _is_full_name(view, hit):
        return Place(hit.start, hit.stop, "division", inner or candidates)
    return None


def _areas(division: Division) -> list[str]:
    return [area.code for area in gazetteer().chain(division.code)[1:] if area.level != "province"]


def _within(candidates: tuple[Division, ...], before: Place) -> tuple[Division, ...]:
    """Those that lie in the place named right before."""
    places = gazetteer()
    return tuple(
        c for c in candidates if any(c.code != b.code and places.within(c.code, b.code) for b in before.candidates)
    )


def _longer_word(view: View, stop: int) -> bool:
    """Whether the class character begins another word: 常德市场, 平江区域."""
    words = lexicon("place_longer_words")
    word = words.longest_prefix(view.text, stop - 1, view.stop)
    return word is not None and words.entries[word]["verdict"] == "longer"


def _begins(view: View, start: int) -> bool:
    """A word begins here, for the segmenter or by punctuation."""
    return start in view.token_starts or start == view.start or not _is_han(view.text[start - 1])


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _is_full_name(view: View, hit: PlaceHit) -> bool:
    if hit.form in lexicon("place_generic_names"):
        return False
    return len(hit.form) > 3 or _stands(view, hit)


def _stands(view: View, hit: PlaceHit) -> bool:
    """A word begins here; a name of two characters must be a word: 历任县委书记 is not of 任县."""
    return _begins(view, hit.start) and (len(hit.form) > 2 or hit.stop in view.token_starts)


def _is_short_name(
    view: View,
    hit: PlaceHit,
    candidates: tuple[Division, ...],
    inner: tuple[Division, ...],
    before: Place | None,
    known: _Known,
) -> bool:
    if not candidates or (lexicon("place_not_before").longest_prefix(view.text, hit.stop, view.stop) is not None):
        return False
    county = candidates[0].level == "county"
    if county and view.text[hit.start - 1 : hit.start] in ("大", "小", "老") and hit.start - 1 in view.token_starts:
        return False  # 大云山: the hill, not the county that bears its name
    if _after_surname(view, hit.start) or not _bounded(view, hit, county=county):
        return False
    if inner:
        return True
    if county and before and before.stop == hit.start:  # 宝安区正定中心: a body's own name
        return False
    if not county and hit.form not in lexicon("place_common_words"):
        return True
    named = _is_name_token(view, hit)
    if _listed(view, hit, candidates, before, known) or (hit.form in known.full and named):
        return True
    if hit.form in lexicon("place_common_words"):
        return False
    near = any(known.areas.intersection(_areas(d)) or d.parent in known.areas for d in candidates)
    return hit.form in known.full or (near and named) or (len(candidates) == 1 and _stands_free(view, hit))


def _after_surname(view: View, start: int) -> bool:
    """王海南 is a person."""
    at = bisect_left(view.tokens, start, key=lambda token: token.start)
    before = view.tokens[at - 1] if at else None
    return before is not None and before.stop == start and before.stop - before.start == 1 and before.tag == "nr"


def _listed(view: View, hit: PlaceHit, candidates: tuple[Division, ...], before: Place | None, known: _Known) -> bool:
    """In a list with a place of the same parent: 朝阳、石景山."""
    if before and view.text[before.stop : hit.start] == "、":
        return _beside(candidates, before.candidates)
    if not view.text.startswith("、", hit.stop):
        return False
    near = tuple(division for division in candidates if division.parent in known.areas)
    at = bisect_left(known.starts, hit.stop + 1)
    return (
        at < len(known.hits)
        and known.starts[at] == hit.stop + 1
        and _beside(near, gazetteer().named(known.hits[at].form))
    )


def _stands_free(view: View, hit: PlaceHit) -> bool:
    """A place for the segmenter, and not after a noun or an adjective, which it might belong to."""
    token = _token_at(view, hit.start)
    if token is None or token.stop != hit.stop or token.tag != "ns":
        return False
    if any(lexicon(name).longest_prefix(view.text, hit.stop, view.stop) for name in ("place_venues", "place_zones")):
        return False  # 湖滨公园: the park's name
    at = bisect_left(view.tokens, hit.start, key=lambda token: token.start)
    return at == 0 or not view.tokens[at - 1].tag.startswith(("n", "a", "d", "m"))


def _beside(candidates: tuple[Division, ...], others: tuple[Division, ...]) -> bool:
    """Whether some of them have the same parent."""
    parents = {division.parent for division in others if division.parent}
    return any(division.parent in parents for division in candidates)


def _token_at(view: View, start: int) -> Token | None:
    """The word that begins here."""
    at = bisect_left(view.tokens, start, key=lambda token: token.start)
    return view.tokens[at] if at < len(view.tokens) and view.tokens[at].start == start else None


def _bounded(view: View, hit: PlaceHit, *, county: bool) -> bool:
    """Words begin and end where the name does; or it begins the name of a body (海南大学)."""
    if not _begins(view, hit.start):
        return False
    if hit.stop in view.token_starts or lexicon("place_zones").longest_prefix(view.text, hit.stop, view.stop):
        return True
    token = _token_at(view, hit.start)
    return token is not None and token.tag == "nt" and not county


def _is_name_token(view: View, hit: PlaceHit) -> bool:
    token = _token_at(view, hit.start)
    return token is not None and token.stop == hit.stop and token.tag.startswith(("ns", "nz", "nr", "j", "zg"))


def spans(view: View, how: str) -> list[Span]:
    """The accepted names of one rule."""
    return [Span(place.start, place.stop) for place in place_names(view) if place.how == how]
