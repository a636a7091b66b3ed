"""Where the name of a body ends and where it begins: suffix first, then leftwards.

A body's name ends with its head noun (民政局, 协会, 有限公司) and reaches left as far
as no boundary stands in the way: punctuation, a verb or preposition, a title, a
person, a document. Inside that stretch it begins at its first anchor: a place, a
relative prefix (省, 市), a scope (中国, 全国). Without an anchor the segmenter's
words decide, and only a name with a part of its own counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon import Hit, lexicon
from kg.view import Token, View, known_word

PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", ")": "("}
BREAKS = frozenset("，,。；;、：:！!？?\n“‘「『（(《》〈〉—…|｜/／<>~～ \u3000【】[]%＋+=“")
CONJUNCTIONS = frozenset("和与及暨")
STOP_TAGS = frozenset("pcdurftyeo")
NUMBERED = re.compile(r"[（(][\d一二三四五六七八九十]{1,3}[）)]")  # （一）: an item of a list
NOUNS = frozenset("njl")  # tags of words that can end a name: 民政局 n, 妇联 j
LEARNED = frozenset({"School", "Institute", "Hospital"})
SCHOOLISH = frozenset({"School", "Enterprise", "Hospital", "Institute", "Media", "Foundation", "SocialOrganization"})
BRANDED = 4  # characters of a head noun that make any word before it a brand
COMMITTEE_TAILS = ("省委", "市委", "区委", "县委", "州委", "盟委", "旗委", "党委", "党组", "镇委", "乡委")


COUNTED = re.compile(
    r"(?<!第)(?<![\d一二两三四五六七八九十百千几多第])[\d一二两三四五六七八九十百千几多]+[余多]?(?:[家个名位支间批座项次人只]|所(?!属))"
)  # 5支, 11名
ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}师|第?[\d一二三四五六七八九十]{1,3}团)$"
)  # 八师某市: of the 兵团
DIVISION = re.compile(r"第?[一二三四五六七八九十]{1,3}师(?=\w{2,12}[局委会院校团])")
SALUTATION = re.compile(r"[各全].*[：:]\s*$")  # 各市、县民政局：


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun found in the text."""

    start: int
    stop: int
    strong: bool
    kind: str  # the subclass it makes: GovernmentBody, School …


@dataclass(frozen=True, slots=True)
class Body:
    """A candidate: its span, how its beginning was found, and its head noun."""

    start: int
    stop: int
    how: str  # anchored | proper | bare
    head: Head


def heads(view: View) -> tuple[Head, ...]:
    """The longest head noun for each place in the sentence at which one ends, by stop."""
    found: dict[int, Head] = {}
    for hit in view.all_hits("organization_suffixes"):
        if hit.stop > view.stop or (hit.stop in found and found[hit.stop].start <= hit.start):
            continue
        found[hit.stop] = Head(hit.start, hit.stop, hit.fields["strength"] == "strong", hit.fields["class"])
    return tuple(found[stop] for stop in sorted(found) if _stands(view, found[stop]))


def _stands(view: View, head: Head) -> bool:
    """Not a piece of a longer word: 部 of 部门, 局 of 局长, 处 of 处理."""
    text, last = view.text, head.stop - 1
    for title in view.of("title"):
        if title.start < head.stop and head.start < title.stop:
            return title.start == last and _shares_last(text, title.start, title.stop, head)
    if len(lexicon("not_heads").longest_suffix(text, view.start, head.stop) or "") >= head.stop - head.start:
        return False
    if _named_after(view, head.stop):
        return True
    if text[head.start : head.stop] in lexicon("heads_before_titles"):
        return False
    if lexicon("suffix_traps").longest_prefix(text, last, view.stop) or head.stop in _verb_ends(view):
        return False
    if head.stop - head.start > 2:
        return True
    token = view.tokens[bisect_left(view.tokens, head.stop, key=lambda token: token.start) - 1]
    if token.stop == head.stop:
        return head.stop - head.start > 1 or token.start == last or token.tag[0] in NOUNS
    return token.start < last or _begins_something(view, head.stop)


def _verb_ends(view: View) -> frozenset[int]:
    """Where verbs of two and more characters end, and inside them: 办 of 主办 is no office."""
    if "verb_ends" not in view.memo:
        spans = [h for h in view.hits("boundary_words") if len(h.word) > 1 and not _protected(view, h.start)]
        view.memo["verb_ends"] = frozenset(at for h in spans for at in range(h.start + 1, h.stop + 1))
    found: frozenset[int] = view.memo["verb_ends"]
    return found


def _shares_last(text: str, start: int, stop: int, head: Head) -> bool:
    """组织部长, 教务处长: the last character of the body is the first of the title."""
    return stop - start == 2 and text[start + 1] in "长長" and head.stop - head.start >= 2


def _begins_something(view: View, offset: int) -> bool:
    return bool(
        lexicon("boundary_words").longest_prefix(view.text, offset, view.stop)
        or lexicon("person_roles").longest_prefix(view.text, offset, view.stop)
    )


def bodies(view: View) -> tuple[Body, ...]:
    """Candidates of the sentence, longest first from the right; they do not overlap."""
    if "bodies" not in view.memo:
        view.memo["bodies"] = tuple(reversed(list(_from_the_right(view))))
    found: tuple[Body, ...] = view.memo["bodies"]
    return found


def _from_the_right(view: View) -> Iterator[Body]:
    limit = view.stop + 1
    ends = heads(view)
    if SALUTATION.match(view.text, view.start, view.stop):
        return
    for head in reversed(ends):
        if head.stop > limit:
            continue
        body = _reach_left(view, head, ends)
        if body is not None:
            limit = body.start
            yield body


def _reach_left(view: View, head: Head, ends: tuple[Head, ...]) -> Body | None:
    floor = left_limit(view, head.start, ends)
    if floor > head.start:
        return None
    anchors = [a for a in _anchors(view) if floor <= a < head.stop]
    if anchors:
        start = min(_before_anchor(view, floor, _own_anchor(view, anchors, head, ends), ends), head.start)
        if start != head.start or head.strong:
            return Body(start, head.stop, "anchored", head)
    if _needs_place(head, view.text):
        return None
    start = _by_words(view, floor, head.start)
    if start == head.start:
        return Body(start, head.stop, "bare", head) if head.strong or _named_after(view, head.stop) else None
    proper = has_proper_part(view, start, head)
    return Body(start, head.stop, "proper" if proper else "bare", head)


def _needs_place(head: Head, text: str) -> bool:
    """A government has its place directly before it: 某市政府, never 领域政府."""
    return text[head.start : head.stop].endswith("政府") and head.stop - head.start in (2, 4)


def _named_after(view: View, stop: int) -> bool:
    return any(title.start in (stop, stop - 1) for title in view.of("title"))


def _own_anchor(view: View, anchors: list[int], head: Head, ends: tuple[Head, ...]) -> int:
    """The first anchor, or in 市委市政府 the second: a committee before a relative place is a body of its own."""
    committees = {
        h.stop for h in ends if h.stop <= head.start and view.text[h.start : h.stop].endswith(COMMITTEE_TAILS)
    }
    own = [a for a in anchors if a in committees and lexicon("relative_starts").longest_prefix(view.text, a, head.stop)]
    return own[-1] if own else anchors[0]


def _before_anchor(view: View, floor: int, anchor: int, ends: tuple[Head, ...]) -> int:
    """A school or firm directly before a place belongs to the name: 某学院福州研究院."""
    for head in ends:
        if head.stop == anchor and head.kind in SCHOOLISH and head.start > floor:
            return _by_words(view, floor, head.start)
    if division := ORDINAL.search(view.text, floor, anchor):
        return division.start()
    return anchor


def left_limit(view: View, stop: int, ends: tuple[Head, ...]) -> int:
    """How far left of `stop` a name may reach: the first boundary's end."""
    walls, at = _walls(view), stop
    while at > view.start:
        char = view.text[at - 1]
        if char in PAIRS and at not in walls:
            opener = view.text.rfind(PAIRS[char], max(view.start, at - 22), at)
            if opener < 0 or any(c in "，。；：,;:" for c in view.text[opener:at]) or "简称" in view.text[opener:at]:
                return at
            at = opener
            continue
        if char in BREAKS or at in walls:
            return at
        if char in CONJUNCTIONS and not _protected(view, at - 1) and not _inner_conjunction(view, at - 1, ends):
            return at
        at -= 1
    return at


def _inner_conjunction(view: View, at: int, ends: tuple[Head, ...]) -> bool:
    """和 in 某大学哲学与社会发展学院, 某局慈善与社会工作科: left of it is an anchor and no body by itself."""
    following = next((head for head in ends if head.stop > at), None)
    learned = following is not None and view.text[following.stop - 1] in "处科室司股處廳厅"
    floor = left_limit(view, at, ends)
    if any(head.stop == at or (floor < head.stop < at and not (learned or head.kind in LEARNED)) for head in ends):
        return False
    anchors = [a for a in _anchors(view) if floor <= a < at]
    if not anchors or any(place.stop == at for place in view.of("place")):
        return False
    return all(a < at for a in _anchors(view) if a >= floor and a <= at + 1)


def _walls(view: View) -> frozenset[int]:
    """Offsets at which a boundary ends: a name cannot reach left over them."""
    if "walls" not in view.memo:
        starts = view.token_starts
        walls = {m.stop for m in view.of("title", "official", "standard")}
        walls |= {match.end() for pattern in (COUNTED, NUMBERED) for match in view.find(pattern)}
        for hit in view.hits("boundary_words"):
            aligned = hit.start in starts and (len(hit.word) > 1 or hit.stop in starts)
            if aligned and hit.word not in CONJUNCTIONS and not _protected(view, hit.start):
                walls.add(hit.stop)
        view.memo["walls"] = frozenset(walls)
    found: frozenset[int] = view.memo["walls"]
    return found


def _protected(view: View, offset: int) -> bool:
    """Inside a fixed part of a name: 和 of 发展和改革, 联合 of 联合会."""
    if "protected" not in view.memo:
        spans = [range(h.start, h.stop) for h in view.hits("body_stems") if len(h.word) > 2]
        spans += [range(h.start, h.stop) for h in view.hits("organization_suffixes") if len(h.word) > 2]
        spans += [range(h.start, h.stop) for h in view.hits("central_bodies")]
        view.memo["protected"] = frozenset(offset for span in spans for offset in span)
    return offset in view.memo["protected"]


def _anchors(view: View) -> tuple[int, ...]:
    """Offsets at which a name may begin: places, relative prefixes, scopes; in order."""
    if "anchors" not in view.memo:
        found = {place.start for place in view.of("place")}
        found |= {hit.start for hit in view.hits("domestic_prefixes") if hit.start in view.token_starts}
        found |= {hit.start for hit in view.hits("central_bodies") if stands_free(view, hit.start)}
        found |= {
            hit.start for hit in view.hits("relative_starts") if _begins_body(view, hit) and _free_town(view, hit)
        }
        found |= {match.start() for match in view.find(DIVISION)}
        view.memo["anchors"] = tuple(sorted(found))
    anchors: tuple[int, ...] = view.memo["anchors"]
    return anchors


def _free_town(view: View, hit: Hit) -> bool:
    """街道, 镇 without a name of their own before them."""
    return hit.word not in ("街道", "镇", "乡", "鎮", "鄉") or stands_free(view, hit.start)


def _begins_body(view: View, hit: Hit) -> bool:
    """省, 市, 县 before the rest of a body's name, not as a piece of 市场 or 县级."""
    if lexicon("relative_traps").longest_prefix(view.text, hit.start, view.stop):
        stems = lexicon("body_stems").longest_prefix(view.text, hit.stop, view.stop)
        suffix = lexicon("organization_suffixes").longest_prefix(view.text, hit.stop, view.stop) or ""
        return bool(stems) or len(suffix) > 1
    return hit.start in view.token_starts


def stands_free(view: View, start: int) -> bool:
    """No noun before it to which it belongs: 科技部 of 金融科技部 is not the ministry."""
    if start == view.start or view.text[start - 1] in BREAKS or start in _walls(view):
        return True
    before = next((token for token in view.tokens if token.stop == start), None)
    return before is not None and not _nominal(before.word, before.tag)


def _by_words(view: View, floor: int, stop: int) -> int:
    """Leftwards over the segmenter's words as long as they can stand in a name."""
    start = stop
    for token in reversed(view.tokens):
        if token.start >= start:
            continue
        if token.stop > start:  # the head noun begins inside a word: 教务处
            start = max(token.start, floor)
            continue
        if token.start < floor or token.stop < start or not _nominal(token.word, token.tag):
            break
        start = token.start
    return start


def _nominal(word: str, tag: str) -> bool:
    if word in lexicon("names_inner"):
        return True
    return tag[0] not in STOP_TAGS and tag != "v" and word not in lexicon("boundary_words")


def has_proper_part(view: View, start: int, head: Head) -> bool:
    """Whether the words before the head noun single out one body: 晨曦, not 社区养老.

    A long head noun (社会工作服务中心) or that of an association or firm makes any word
    of no field of work a brand; a short one (基地, 学校) asks for a word that is a name.
    """
    fields, at = lexicon("field_words"), start
    brand = head.stop - head.start >= BRANDED or head.kind in ("Enterprise", "SocialOrganization", "Foundation")
    while at < head.start:
        if view.text[at] in "（）()“”·、":
            at += 1
            continue
        word = fields.longest_prefix(view.text, at, head.start)
        if word is None:
            return brand or any(_is_name(token) for token in view.tokens if start <= token.start < head.start)
        at += len(word)
    return False


def _is_name(token: Token) -> bool:
    return token.tag in ("nr", "ns", "nz", "nt", "nrt", "nrfg", "eng") or (
        len(token.word) > 1 and not known_word(token.word)
    )
