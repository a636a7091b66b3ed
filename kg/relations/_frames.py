"""Who does what, in the frames Chinese news uses: shared by the relations that rest on a verb.

The frames: A、B举办X; X由A主办、
B承办; A指导、B主办的X; 在A指导下; 主办单位：A、B; a subject carried over from an earlier
clause of the sentence. A frame whose parts are not plainly there gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Hit, lexicon
from kg.model import EVENT, OFFICIAL, ORGANIZATION, PLACE, PROGRAM, STANDARD, Mention
from kg.relations._groups import TAIL_OF, Group, groups, outer
from kg.view import View

CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n]")
SENTENCE_PART_END = re.compile(r"[；;。！？!?\n]")
TIME = re.compile(
    r"(?:[\d０-９〇零一二三四五六七八九十]+\s*年(?:度|初|底|末|来|以来)?|[\d一二三四五六七八九十]+\s*月(?:份|初|底|中旬|上旬|下旬)?"
    r"|[\d一二三四五六七八九十]+\s*[日号號](?:至[^，。]{1,8}?日)?|上午|下午|晚上?|今年|去年|近年来?|近期|日前|近日|此前|此后|期间|当晚"
    r"|现场|[\d:：]+[时分]?|早在|早|就|在?[会會](?:上|后|前|议上)|仪式上|活动中|\s)+"
)
NOMINAL = re.compile(
    r"单位|單位|方(?!案)|者|地点|地(?!方|区)|时间|情况|工作|机构|過程|过程|权|部门|以来|条件|资格|经验|案例"
)
SPEECH = re.compile(
    r"(?P<opens>宣布[^，,。；;：:]{0,24}?(?:开幕|闭幕|启动|开班|开赛|开营|开始|开讲|开馆))|(?P<address>致[^，,。；;：:、致]{0,8}?[辞词辭詞])|(?<![工合写操制著运动协])[作做](?:了|题为|專題|专题)?[^，,。；;：:、]{0,30}?"
    r"(?P<noun>报告|報告|讲话|講話|发言|發言|推介|辅导|讲座|分享|点评|说明|总结|动员|演讲|交流|宣讲|授课|示范|部署|讲解|解读|开场|汇报|介绍)"
    r"(?=[，,。；;：:、！\s）)]|并|和|后|时|中|说|指出|$)"
)
THE_BODY = re.compile(r"(?P<by>由)?(?P<body>该(?:会|局|厅|部|院|校|所|中心|协会|机构|单位|公司|社|委|联|基金会))$")
MODIFIER_LIMIT = 45  # code points between a verb and its object, or 的 and its head
LIST_GAP = re.compile(
    r"[”’」』》）)]*(?:项目|行动|活动|计划|服务|工程|品牌|课程|的通知|通知)?[”’」』]*(?:（[^（）]*）|\([^()]*\))?"
    r"\s*(?:、|和|与|及|以及|暨|[，,](?:以及|和|及)?)?\s*[“‘「『《（(]*"
)


def verbs(view: View, relation: str | None = None) -> tuple[Hit, ...]:
    """Verbs of a relation (of any, by default) outside all names, where they are no part of a noun."""
    if "verbs" not in view.memo:
        listed = (hit for hit in view.hits("relation_verbs") if _is_verb(view, hit))
        view.memo["verbs"] = tuple(sorted((*listed, *_speeches(view)), key=lambda hit: hit.start))
    memo: tuple[Hit, ...] = view.memo["verbs"]
    return tuple(hit for hit in memo if relation is None or relation in hit.fields["relations"].split())


def _speeches(view: View) -> Iterator[Hit]:
    """作了题为某某的报告, 致欢迎词: verbs with their nouns."""
    for match in view.find(SPEECH):
        noun = match["noun"]
        if match["address"] or match["opens"] or (noun and noun in lexicon("relation_speech_nouns")):
            yield Hit(match.start(), match.end(), match[0], {"relations": "participates_in", "sense": "speak"})


def _is_verb(view: View, hit: Hit) -> bool:
    if hit.stop > view.stop or NOMINAL.match(view.text, hit.stop, view.stop):
        return False
    if len(hit.word) == 1 and not {hit.start, hit.stop} <= view.token_starts:
        return False
    if view.text[hit.start - 2 : hit.start] in ("参加", "参与", "參加", "參與"):
        return False  # 参加共建: they only take part
    named = any(m.start < hit.stop and hit.start < m.stop for m in view.of(*_NAMES))
    return not named and not any(
        trap.start <= hit.start and hit.stop <= trap.stop and trap.word != hit.word
        for trap in view.hits("relation_verb_traps")
    )


_NAMES = (ORGANIZATION, OFFICIAL, EVENT, PROGRAM, STANDARD)


def clause_start(view: View, offset: int) -> int:
    """Start of the clause that holds `offset`; commas within names do not end one."""
    ends = [m.end() for m in CLAUSE_END.finditer(view.text, view.start, offset) if not _in_name(view, m.start())]
    return ends[-1] if ends else view.start


def clause_stop(view: View, offset: int) -> int:
    """End of the clause that holds `offset`."""
    for match in CLAUSE_END.finditer(view.text, offset, view.stop):
        if not _in_name(view, match.start()):
            return match.start()
    return view.stop


def _in_name(view: View, offset: int) -> bool:
    return any(m.start <= offset < m.stop for m in view.mentions)


def agents(view: View, verb: Hit) -> tuple[tuple[Mention, ...], Group | None]:
    """Those before a verb who do it, and the group nearest to it; nobody where it is not plain."""
    start = clause_start(view, verb.start)
    relative = view.text[verb.stop : verb.stop + 2].lstrip("了过").startswith("的")
    members: list[Mention] = []
    nearest: Group | None = None
    limit = verb.start
    for group in reversed([g for g in groups(view) if g.stop <= verb.start and g.stop > start]):
        if group.part == "means" or (group.part == "other" and not relative):
            continue
        if not clean(view, group.stop, limit):
            if members:
                break
            continue
        members[:0] = group.members
        nearest = nearest or group
        if group.part != "joint":
            return tuple(members), nearest
        limit = group.marker
    if nearest is not None and nearest.part == "joint" and (named := THE_BODY.search(view.text, start, limit)):
        return (view.ellipsis(named.start("body"), ORGANIZATION), *members), Group(
            named.start("body"), nearest.stop, nearest.members, "agent" if named["by"] else "", named.start()
        )
    if nearest is None or nearest.part == "joint":
        members[:0] = carried(view, start, limit)
    return tuple(members), nearest


def clean(view: View, start: int, stop: int) -> bool:
    """Whether only adverbs, times, other verbs of the frames, or a prepositional phrase stand between."""
    if _list_rest(view, start, stop):
        return True
    at = start
    while at < stop:
        if _prepositional(view, at, stop):
            return True
        step = _step(view, at, stop)
        if step == 0:
            return False
        at += step
    return True


def _list_rest(view: View, start: int, stop: int) -> bool:
    """Members that no rule knows: A、B、某某驿站主办, A、B和志愿者代表参加."""
    rest = re.compile(r"(?:、|和|与|及|以及)[^，,。；;：:]{1,30}").fullmatch(view.text, start, stop)
    return rest is not None and not _acts_between(view, start, stop)


def _acts_between(view: View, start: int, stop: int) -> bool:
    """Whether a verb of any relation, a pivot or a preposition stands there."""
    hits = (*view.hits("relation_pivots"), *verbs(view))
    tags = (token.start for token in view.tokens if token.tag == "p")
    return any(start <= hit.start and hit.stop <= stop for hit in hits) or any(start <= at < stop for at in tags)


def _step(view: View, at: int, stop: int) -> int:
    """Length of the next word that may stand between a subject and its verb; 0 if there is none."""
    if (tail := TAIL_OF.match(view.text, at, stop)) and tail.end() > at:
        return tail.end() - at
    if time := TIME.match(view.text, at, stop):
        return time.end() - at
    lists = ("relation_adverbs", "relation_verbs", "relation_modality")
    words = [word for name in lists if (word := lexicon(name).longest_prefix(view.text, at, stop))]
    if words:
        return max(map(len, words))
    return 1 if view.text[at] in "、并並和及了过所来共\u3000 " else 0


def _prepositional(view: View, at: int, stop: int) -> bool:
    """在某地, 以某某为主题, 围绕某事: anything up to the verb, as long as nobody else is made to act."""
    word = lexicon("relation_prepositions").longest_prefix(view.text, at, stop)
    if not word or word in lexicon("relation_pivots"):
        return False
    return not any(hit.start >= at and hit.stop <= stop for hit in view.hits("relation_pivots"))


def carried(view: View, start: int, stop: int) -> tuple[Mention, ...]:
    """The subject of an earlier clause, for a clause that has none of its own."""
    if not _subjectless(view, start, stop):
        return ()
    while start > view.start:
        end, start = start - 1, clause_start(view, start - 1)
        for group in groups(view):
            within = start < group.stop <= end and group.part == ""
            if within and _at_head(view, clause_start(view, group.start), group.start):
                return group.members
        if view.text[end] in "；;。" or not _subjectless(view, start, end):
            return ()
    return ()


def _at_head(view: View, start: int, stop: int) -> bool:
    at = start
    while at < stop and (step := _step(view, at, stop)):
        at += step
    return at >= stop or (_prepositional(view, at, stop) and CLAUSE_END.search(view.text, at, stop) is None)


def _subjectless(view: View, start: int, stop: int) -> bool:
    """Whether the clause begins with a verb, an adverb or a prepositional phrase."""
    at = start
    while at < stop and (step := _step(view, at, stop)):
        at += step
    if at >= stop or lexicon("relation_prepositions").longest_prefix(view.text, at, stop):
        return True
    if any(m.start <= at < m.stop for m in view.of(PLACE, EVENT, PROGRAM, ORGANIZATION, OFFICIAL)):
        return False
    token = next((token for token in view.tokens if token.start <= at < token.stop), None)
    return token is not None and token.tag[0] in "vdpcz"


def subject_text(view: View, start: int, stop: int) -> str:
    """What stands before an offset in its clause, without times and adverbs; prepositional phrases are nothing."""
    at = start
    while at < stop and (step := _step(view, at, stop)):
        at += step
    return "" if _prepositional(view, at, stop) else view.text[at:stop]


def objects_right(view: View, verb: Hit, *kinds: str) -> tuple[Mention, ...]:
    """What the verb acts on, after it in its clause, with the members of its list."""
    stop = clause_stop(view, verb.stop)
    for mention in outer(view, *kinds):
        if verb.stop <= mention.start < stop:
            if not _reaches(view, verb.stop, mention.start):
                return ()
            return (mention, *_listed_after(view, mention, kinds))
    return ()


def _reaches(view: View, start: int, stop: int) -> bool:
    gap = view.text[start:stop].lstrip("了过")
    if stop - start > MODIFIER_LIMIT or gap.startswith(("、", "并", "和", "与", "及", "在", "于", "单位")):
        return False
    if gap.endswith("的") or re.fullmatch(r"[“‘「『《（(\s]*", gap):
        return True
    blocked = any(start <= hit.start and hit.stop <= stop for hit in view.hits("relation_pivots"))
    verbal = [t for t in view.tokens if start <= t.start and t.stop <= stop and t.tag == "v" and len(t.word) > 1]
    return not blocked and not (verbal and "的" not in gap and not re.match("以|为|為|由|关于|题为|名为", gap))


def _listed_after(view: View, first: Mention, kinds: tuple[str, ...]) -> Iterator[Mention]:
    last = first
    for mention in outer(view, *kinds):
        if mention.start >= last.stop and mention is not last:
            if not LIST_GAP.fullmatch(view.text, last.stop, mention.start):
                return
            yield mention
            last = mention


def head_of_relative(view: View, verb: Hit, *kinds: str) -> tuple[Mention, ...]:
    """What stands after 的: A、B主办的X; the 的 may follow a later verb of the chain A指导、B主办的X."""
    stop = clause_stop(view, verb.stop)
    link = re.compile(r"(?:了|过)?的").match(view.text, verb.stop, stop)
    if link:
        named = [m for m in outer(view, *_NAMES) if link.end() <= m.start]
        found = [m for m in outer(view, *kinds) if link.end() <= m.start]
        near = found and named[0] == found[0] and found[0].start - link.end() <= MODIFIER_LIMIT and found[0].start < stop
        return (found[0], *_listed_after(view, found[0], kinds)) if near else ()
    for later in verbs(view):
        between = view.text[verb.stop : later.start]
        if later.start > verb.stop and not SENTENCE_PART_END.search(between):
            return head_of_relative(view, later, *kinds) if _chained(view, verb.stop, later.start) else ()
    return ()


def _chained(view: View, start: int, stop: int) -> bool:
    """Only 、 or , and the next agents stand between two verbs of a chain."""
    for group in groups(view):
        if start <= group.start and group.stop <= stop:
            joined = re.compile(r"[、，,；;]?(?:并|由|和)*").fullmatch(view.text, start, group.start)
            return joined is not None and clean(view, group.stop, stop)
    return bool(re.fullmatch(r"[、，,]?(?:并|和|及|联合|共同)*", view.text[start:stop]))


def object_left(view: View, before: int, *kinds: str) -> Mention | None:
    """The last one named before, in the sentence: X在某地举行，由A主办."""
    found = [m for m in outer(view, *kinds) if m.stop <= before]
    return found[-1] if found else None
