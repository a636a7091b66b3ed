"""Organizations: from the head noun leftwards (`_bodies`), and central bodies by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._bodies import COMPANY, Body, bodies, has_proper_part, is_committee
from kg.kinds._heads import Head, heads
from kg.kinds._limits import anchors, stands_free
from kg.kinds._patterns import worded
from kg.kinds._posted import is_part, posted_bodies
from kg.lexicon import lexicon
from kg.model import Mention
from kg.view import Span, View

DIVISIONS = ("place.division", "place.short_name")
REGIMENT = re.compile(
    r"(?:新疆生产建设兵团|兵团)?(?:第?[一二三四五六七八九十]{1,3}师)?(?<!\d)\d{1,3}团(?![员队委建课购圆结支体组])"
)
EACH = re.compile(r"各[省市县区州旗镇乡街道地]{1,6}$")  # 各市党建科: none of them named
COUNT_AFTER = re.compile(r"\d+[余多]?[个家所处座间]")
COUNT_BEFORE = re.compile(r"[\d两二三四五六七八九十百]+[余多]?[个家所处支]$")  # 两个云湖市重点社工站
GROUNDS = re.compile(r"(?:门前)?(?:广场|大院|大楼|门口|门前)(?!社区|街道|办)")  # 某区政府广场: a place, nobody who acts
SHARED = re.compile(r"(?P<place>\w{2,8}?)[两三四五六七八九十](?P<level>[地省市县区州])(?=\w)")  # 甲、乙两地社工协会
# 某州内民政局: any of them there
WITHIN = re.compile(r"内(?![科燃分陆河黄丘江乡地])|境内|辖区|辖内|所属|下属|下辖|所辖")
QUOTED = re.compile(r"[“「](?P<name>[^“”「」，。；：、]{5,30})[”」]")
UNVEILED = r"«quoted_body_verbs»(?:[“「][^”」]{2,30}[”」][、和与]?)*$"
HONOURED = r"(?:等|的)?«quoted_honours»"

KIND = "organization"
NEEDS = ("place", "title", "standard", "official")
ONE_IN_A_PLACE = frozenset({"MassOrganization", "CPPCC", "PeoplesCongress", "GovernmentBody", "CommunityBody"})
SECTION_PARENTS = frozenset(
    {"GovernmentBody", "PartyBody", "CoordinatingBody", "School", "Hospital", "PeoplesCongress", "CPPCC"}
    | {"MassOrganization", "Institute", "SocialOrganization", "Foundation", "Military"}
)


def central(view: View) -> Iterator[Span]:
    """A central body in full or in a short form: 民政部, 国家发改委, with its sections."""
    for hit in view.hits("central_bodies"):
        free = _free_on_both_sides(view, hit.start, hit.stop) and stands_free(view, hit.start)
        if hit.stop <= view.stop and free and hit.word not in lexicon("generic_bodies"):
            yield Span(hit.start, hit.stop)


def anchored(view: View) -> Iterator[Span]:
    """A head noun with a place, a relative prefix or a scope before it: 某市民政局, 省妇联, 中国…协会."""
    for body in bodies(view):
        if body.how == "anchored" and not _generic(view, body):
            yield Span(body.start, body.stop, _own_name(view, body))


def proper_name(view: View) -> Iterator[Span]:
    """A head noun with a name of its own before it: 晨曦社会工作服务中心."""
    for body in bodies(view):
        if _proper(view, body) and not _generic(view, body):
            yield Span(body.start, body.stop)


def section(view: View) -> Iterator[Span]:
    """A bare section where a post or an enumeration makes it one body: 教务处副处长, 市委组织部、宣传部."""
    for body in bodies(view):
        bare = body.how != "anchored" and not _proper(view, body)
        told = _of_the_place(view, body)
        if EACH.search(view.text, view.start, body.start):
            continue
        if body.stop - body.start == 1 and _cut_off(view, body.start):
            continue
        if (told or (bare and not _generic(view, body))) and (_before_title(view, body) or _enumerated(view, body)):
            yield Span(body.start, body.stop)
    yield from (span for span in _untold(view) if is_part(view, span))


def _cut_off(view: View, start: int) -> bool:
    """部 of 动员部: the last character of a name that no rule took for one."""
    token = next((t for t in view.tokens if t.start < start <= t.stop), None)
    return token is not None and token.tag[0] in "nvljba" and start - token.start > 1


def _proper(view: View, body: Body) -> bool:
    return body.how == "proper" and not _is_section(view, body)


def _of_the_place(view: View, body: Body) -> bool:
    """妇联 of 妇联副主席张三, 政协 of 政协主席李四: that of the place spoken of."""
    if body.head.kind not in ONE_IN_A_PLACE or body.start != body.head.start:
        return False
    return any(t.start == body.stop and any(p.start == t.stop for p in view.of("official")) for t in view.of("title"))


def reference(view: View) -> Iterator[Span]:
    """A bare head noun that points back to a body named elsewhere: 联席会议, 学院, 该中心."""
    for body in bodies(view):
        if body.how != "bare" or _before_title(view, body) or _enumerated(view, body) or _generic(view, body):
            continue
        if body.head.strong or view.text[body.start - 1 : body.start] in "该本":
            yield Span(body.start, body.stop)


def parent(view: View) -> Iterator[Span]:
    """The body whose section is named: 某市民政局 in 某市民政局儿童福利科."""
    for body in bodies(view):
        tail = lexicon("section_tails").longest_suffix(view.text, body.start + 1, body.stop)
        if body.how == "bare" or tail is None or COMPANY.search(view.text, body.start, body.stop):
            continue
        inner = [
            h for h in heads(view) if body.start < h.start and h.stop <= body.stop - len(tail) and _is_host(view, h)
        ]
        if inner and _has_sections(view, body, inner[-1], tail):
            yield Span(body.start, inner[-1].stop)


def _own_name(view: View, body: Body) -> str:
    """乙民政局 of 甲、乙两地民政局; 乙市民政局 of 甲、乙两市民政局."""
    shared = SHARED.match(view.text, body.start, body.stop)
    if shared is None:
        return view.text[body.start : body.stop]
    level = "" if shared["level"] == "地" or shared["place"].endswith(shared["level"]) else shared["level"]
    return f"{shared['place']}{level}{view.text[shared.end() : body.stop]}"


def _sharable(view: View, body: Body, place: Mention) -> bool:
    """Governments and their bureaus come in every division; other bodies where 两地 says so."""
    told = SHARED.match(view.text, body.start, body.stop) is not None
    return place.rule in DIVISIONS and (told or body.head.kind in ("GovernmentBody", "PartyBody", "MassOrganization"))


def _is_host(view: View, head: Head) -> bool:
    """A head noun that has sections: any strong one, and 局, 厅, 委 of a government, not 科 of 教科局."""
    return head.strong or (head.kind == "GovernmentBody" and view.text[head.stop - 1] not in "科处股室")


def _has_sections(view: View, body: Body, host: Head, tail: str) -> bool:
    """A committee's departments are bodies of their own; a university is named with its colleges."""
    if host.kind not in SECTION_PARENTS or (host.kind == "School" and tail == "学院"):
        return False
    return not is_committee(view.text[body.start : host.stop])


def shared_head(view: View) -> Iterator[Span]:
    """Places in a list before a body share its head: 金山区、银山区政府, 甲市、乙市两地民政局."""
    places = {place.stop: place for place in view.of("place")}
    for body in bodies(view):
        first = next((p for p in view.of("place") if p.start == body.start), None)
        if body.how != "anchored" or first is None or first.stop >= body.stop or not _sharable(view, body, first):
            continue
        name, at = _own_name(view, body), body.start
        rest = name[first.stop - first.start :]
        while view.text[at - 1 : at] in ("、", "和", "及", "与") and (place := places.get(at - 1)) is not None:
            if place.rule not in DIVISIONS:
                break
            yield Span(place.start, place.stop, f"{view.text[place.start : place.stop]}{rest}")
            at = place.start


def _free_on_both_sides(view: View, start: int, stop: int) -> bool:
    if lexicon("suffix_traps").longest_prefix(view.text, stop - 1, view.stop):
        return False
    return not any(
        body.start < start < body.stop or (body.start <= start and stop < body.stop) for body in bodies(view)
    )


def _generic(view: View, body: Body) -> bool:
    """各成员单位, 相关部门, 社工机构, 服务中心4个: kinds of bodies, not one; weighed once for all rules."""
    known: dict[tuple[int, int], bool] = view.memo.setdefault("generic", {})
    span = body.start, body.stop
    if span not in known:
        known[span] = _is_generic(view, body)
    return known[span]


def _is_generic(view: View, body: Body) -> bool:
    text = view.text[body.start : body.stop]
    if text.count("（") + text.count("(") != text.count("）") + text.count(")"):
        return True  # the other half of 乡镇（街道）社工站
    if any(p.rule == "place.venue" and p.start < body.stop <= p.stop for p in view.of("place")):
        return True  # 在云湖大剧院举行: where something is held, not who holds it
    counted = COUNT_AFTER.match(view.text, body.stop, view.stop) or GROUNDS.match(view.text, body.stop, view.stop)
    if any(p.start == body.start and WITHIN.match(view.text, p.stop, body.stop) for p in view.of("place")):
        return True
    if counted or COUNT_BEFORE.search(view.text, view.start, body.start):
        return True
    if lexicon("generic_before").longest_suffix(view.text, view.start, body.start):
        return True
    if lexicon("generic_starts").longest_prefix(text, 0, len(text)):
        return True
    return text in lexicon("generic_bodies") or any(word in text for word in lexicon("generic_marks"))


def _is_section(view: View, body: Body) -> bool:
    """教务处, 综合科: named within its body alone, whatever stands before 处; not 云溪社区党委."""
    if view.text[body.start : body.head.start].endswith(("社区", "村")) and body.head.start - body.start > 2:
        return False
    return view.text[body.head.start : body.stop] in lexicon("section_heads") or body.stop - body.head.start == 1


def _before_title(view: View, body: Body) -> bool:
    """局长 behind 民政局, or behind the name that follows it: 民政局张三局长."""
    named = next((m.stop for m in view.of("official") if m.start == body.stop), None)
    if named is not None and any(title.start == named for title in view.of("title")):
        return True
    return any(title.start in (body.stop, body.stop - 1) for title in view.of("title"))


def _enumerated(view: View, body: Body) -> bool:
    """Behind 、 or 联合 and another body."""
    if view.text[body.start - 1 : body.start] in ("、", "和", "及", "与"):
        stop = body.start - 1
    else:
        stop = body.start - len(lexicon("joining_verbs").longest_suffix(view.text, view.start, body.start) or "")
    if stop == body.start:
        return False
    return any(other.stop == stop and (other.how != "bare" or _enumerated(view, other)) for other in bodies(view))


def quoted(view: View) -> Iterator[Span]:
    """A whole name in quotation marks: 挂牌“某某研究中心”; no honour (“某某示范中心”称号), no kind of bodies."""
    for match in view.find(QUOTED):
        start, stop = match.span("name")
        head = next((h for h in heads(view) if h.stop == stop and h.strong and h.start > start + 1), None)
        if head is None or match["name"] in lexicon("generic_bodies") or worded(HONOURED).match(view.text, match.end()):
            continue
        unveiled = worded(UNVEILED).search(view.text, view.start, match.start())
        if unveiled or start in anchors(view) or has_proper_part(view, start, head):
            yield Span(start, stop)


def before_post(view: View) -> Iterator[Span]:
    """Whatever a post with a name tells to be a body: 民建云湖市基层委主委张三."""
    yield from (span for span in _untold(view) if not is_part(view, span))


def _untold(view: View) -> Iterator[Span]:
    """Bodies before a post that reach further left than the head noun and its words tell."""
    for span in posted_bodies(view):
        word = view.text[span.start : span.stop]
        known = [b for b in bodies(view) if b.stop == span.stop and not _generic(view, b)]
        told = any(b.start <= span.start or b.how == "anchored" or _proper(view, b) for b in known)
        generic = word in lexicon("generic_bodies") or lexicon("generic_starts").longest_prefix(word, 0, len(word))
        if not told and not generic:
            yield span


def regiment(view: View) -> Iterator[Span]:
    """A regiment of the 兵团: 十二师331团, in a text that speaks of the 兵团."""
    if "兵团" in view.text:
        for match in view.find(REGIMENT):
            yield Span(match.start(), match.end())


RULES = (central, anchored, proper_name, quoted, section, reference, parent, shared_head, before_post, regiment)
