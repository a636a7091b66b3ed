"""How far left the name of a body may reach, and where in that stretch it may begin."""

from __future__ import annotations

import re

from kg.kinds._heads import Head, protected
from kg.kinds._patterns import worded
from kg.lexicon import Hit, lexicon
from kg.view import View

PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", ")": "("}
BREAKS = frozenset("\t'，,。；;、：:！!？?\n“‘「『（(《》〈〉—…|｜/／<>~～ \u3000【】[]%＋+=")
CONJUNCTIONS = frozenset("和与及暨")
STOP_TAGS = frozenset("pcdurftyeo")
LEARNED = frozenset({"School", "Institute", "Hospital"})
REMARK = re.compile(r"[（(][^（）()]*(?:记者|通讯员|通訊員|記者|[\s：:])")  # （某报记者 张三）: no part of a name
IN_OFFICE = re.compile(r"同志(?:任|为|兼任|担任|的)")  # 张三同志任某局局长
YEAR = re.compile(r"\d{4}年度?")
NUMBERED = re.compile(r"[（(][\d一二三四五六七八九十]{1,3}[）)]")  # （一）: an item of a list
COUNTED = re.compile(
    r"(?<!第)(?<![\d一二两三四五六七八九十百千几多第])[\d一二两三四五六七八九十百千几多]+[余多]?(?:[家个名位支间批座项次人只群]|所(?!属))|(?<![\d第])\d+处(?=[乡镇村社])"
)  # 5支, 11名
APPOSED = r"(?<=[\u4e00-\u9fff]{2})«apposed_nouns»(?!«after_apposed»)(?=[\u4e00-\u9fff]{2,12}«apposed_heads»)"
HAS = re.compile(r"(?<![建福])[设建]有(?![限色关机])")  # 某局设有等候厅; not 建设有限公司, 福建有色
HYPHEN = re.compile(r"(?<=[\u4e00-\u9fff])[-－–](?=[\u4e00-\u9fff])")  # 某公司-某大学实践基地
ENDED = (COUNTED, NUMBERED, YEAR, IN_OFFICE, HAS, HYPHEN)  # what no name reaches left over
DIVISION = re.compile(r"第?[一二三四五六七八九十]{1,3}师(?=\w{2,20}[局委会院校团室所])")


def left_limit(view: View, stop: int, ends: tuple[Head, ...]) -> int:
    """How far left of `stop` a name may reach: the first boundary's end."""
    walls, at = _walls(view), stop
    while at > view.start:
        char = view.text[at - 1]
        if char in PAIRS and at not in walls:
            opener = view.text.rfind(PAIRS[char], max(view.start, at - 22), at)
            if opener < 0 or any(c in "，。；：,;:" for c in view.text[opener:at]) or "简称" in view.text[opener:at]:
                return at
            if REMARK.match(view.text, opener, at):
                return at
            at = opener
            continue
        if char in BREAKS or at in walls or _joined(view, at, ends):
            return at
        joins = char in CONJUNCTIONS and at - 1 not in _in_places(view) and not protected(view, at - 1)
        if joins and not _inner_conjunction(view, at - 1, ends):
            return at
        at -= 1
    return at


def _in_places(view: View) -> frozenset[int]:
    """Offsets inside the names of places: 和 of 和平区 joins nothing."""
    if "in places" not in view.memo:
        view.memo["in places"] = frozenset(at for place in view.of("place") for at in range(place.start, place.stop))
    found: frozenset[int] = view.memo["in places"]
    return found


def joined(view: View, at: int) -> bool:
    """A joining verb (联合, 会同) directly before `at`."""
    return lexicon("joining_verbs").longest_suffix(view.text, view.start, at) is not None


def _joined(view: View, at: int, ends: tuple[Head, ...]) -> bool:
    """联合 directly after a body: what follows is another one. 联合 of 联合会 is protected."""
    word = lexicon("joining_verbs").longest_suffix(view.text, view.start, at)
    if word is None or protected(view, at - len(word)):
        return False
    if any(place.stop == at - len(word) and view.text[place.stop - 1] in "道镇乡" for place in view.of("place")):
        return True  # 云溪街道联合晨曦社工中心: two of them
    return any(head.stop == at - len(word) for head in ends)


def _inner_conjunction(view: View, at: int, ends: tuple[Head, ...]) -> bool:
    """和 in 某大学哲学与社会发展学院, 某局慈善与社会工作科: left of it is an anchor and no body by itself."""
    following = next((h for h in ends if h.stop > at and h.kind != "CommunityBody"), None)  # not 社区 of 社区服务厅
    learned = following is not None and view.text[following.stop - 1] in "处科室司股處廳厅"
    floor = left_limit(view, at, ends)
    if any(head.stop == at or (floor < head.stop < at and not (learned or head.kind in LEARNED)) for head in ends):
        return False
    starts = [a for a in anchors(view) if floor <= a < at]
    hosted = learned and any(floor < head.stop < at for head in ends)  # 社会工作局老人及社区服务厅
    if not (starts or hosted) or any(place.stop == at for place in view.of("place")):
        return False
    return all(a < at for a in anchors(view) if a >= floor and a <= at + 1)


def _walls(view: View) -> frozenset[int]:
    """Offsets at which a boundary ends: a name cannot reach left over them."""
    if "walls" not in view.memo:
        starts = view.token_starts
        walls = {m.stop for m in view.of("title", "official", "standard")}
        walls |= {match.end() for pattern in ENDED for match in view.find(pattern)}
        walls |= {match.end() for match in view.find(worded(APPOSED))}
        for hit in view.hits("boundary_words"):
            aligned = hit.start in starts and (len(hit.word) > 1 or hit.stop in starts)
            if aligned and hit.word not in CONJUNCTIONS and not protected(view, hit.start):
                walls.add(hit.stop)
        view.memo["walls"] = frozenset(walls)
    found: frozenset[int] = view.memo["walls"]
    return found


def anchors(view: View) -> tuple[int, ...]:
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
    starts: tuple[int, ...] = view.memo["anchors"]
    return starts


def _free_town(view: View, hit: Hit) -> bool:
    """街道, 镇 without a name of their own before them."""
    return hit.word not in lexicon("town_words") or stands_free(view, hit.start)


def _begins_body(view: View, hit: Hit) -> bool:
    """省, 市, 县 before the rest of a body's name, not as a piece of 市场 or 县级."""
    if view.text[hit.start - 1 : hit.start] in lexicon("relative_starts"):
        return False  # 市 of 省市民政厅局
    if view.text[hit.start - 1 : hit.stop] in ("社区", "小区"):
        return False  # 社区长者饭堂, whose 区 begins nothing
    if lexicon("relative_traps").longest_prefix(view.text, hit.start, view.stop):
        stems = lexicon("body_stems").longest_prefix(view.text, hit.stop, view.stop)
        suffix = lexicon("organization_suffixes").longest_prefix(view.text, hit.stop, view.stop) or ""
        return bool(stems) or len(suffix) > 1
    if any(place.start == hit.stop for place in view.of("place")):
        return hit.start in view.token_starts  # 我市云溪镇社工站: the town's
    return hit.start in view.token_starts or view.text[hit.start - 1 : hit.start] in ("该", "我", "本")


def stands_free(view: View, start: int) -> bool:
    """No noun before it to which it belongs: 科技部 of 金融科技部 is not the ministry."""
    if start == view.start or view.text[start - 1] in BREAKS or start in _walls(view) or joined(view, start):
        return True
    before = next((token for token in view.tokens if token.stop == start), None)
    return before is not None and not nominal(before.word, before.tag)


def nominal(word: str, tag: str) -> bool:
    """Whether a word can stand inside a name before its head noun."""
    if word in lexicon("names_inner"):
        return True
    return tag[0] not in STOP_TAGS and tag != "v" and word not in lexicon("boundary_words")
