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
    r"单位|單位|方(?!案)|者|地点|地(?!方|区)|时间|情况|工作|机构|過程|过程|权|部门|以来|仪式|儀式|条件|资格|经验|案例"
)
MODIFIER_LIMIT = 45  # code points between a verb and its object, or 的 and its head
LIST_GAP = re.compile(
    r"[”’」』》）)]*(?:项目|行动|活动|计划|服务|工程|品牌|课程|的通知|通知)?[”’」』]*(?:（[^（）]*）|\([^()]*\))?"
    r"\s*(?:、|和|与|及|以及|暨|[，,](?:以及|和|及)?)?\s*[“‘「『《（(]*"
)


def verbs(view: View, relation: str | None = None) -> tuple[Hit, ...]:
    """Verbs of a relation (of any, by default) outside all names, where they are no part of a noun."""
    if "verbs" not in view.memo:
        view.memo["verbs"] = tuple(hit for hit in view.hits("relation_verbs") if _is_verb(view, hit))
    memo: tuple[Hit, ...] = view.memo["verbs"]
    return tuple(hit for hit in memo if relation is None or relation in hit.fields["relations"].split())


def _is_verb(view: View, hit: Hit) -> bool:
    if hit.stop > view.stop or NOMINAL.match(view.text, hit.stop, view.stop):
        return False
    if len(hit.word) == 1 and not {hit.start, hit.stop} <= view.token_starts:
        return False
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
        if group.part == "other" and not relative:
            continue
        if not clean(view, group.stop, limit):
            return tuple(members), nearest
        members[:0] = group.members
        nearest = nearest or group
        if group.part != "joint":
            return tuple(members), nearest
        limit = group.marker
    if nearest is None or nearest.part == "joint":
        members[:0] = carried(view, start, limit)
    return tuple(members), nearest


def clean(view: View, start: int, stop: int) -> bool:
    """Whether only adverbs, times, other verbs of the frames, or a prepositional phrase stand between."""
    at = _past_list_rest(view, start, stop)
    while at < stop:
        step = _step(view, at, stop)
        if step == 0:
            return _prepositional(view, at, stop)
        at += step
    return True


def _past_list_rest(view: View, start: int, stop: int) -> int:
    """Past members that no rule knows: A、B、某某驿站主办."""
    rest = re.compile(r"(?:、|和|与|及|以及)[^，,。；;：:]{1,30}").match(view.text, start, stop)
    if rest and rest.end() == stop and not _has_verb(view, start, stop):
        return stop
    return start


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


def _has_verb(view: View, start: int, stop: int) -> bool:
    return any(start <= token.start < stop and token.tag == "v" for token in view.tokens)


def carried(view: View, start: int, stop: int) -> tuple[Mention, ...]:
    """The subject of an earlier clause, for a clause that has none of its own."""
    if not _subjectless(view, start, stop):
        return ()
    while start > view.start:
        end, start = start - 1, clause_start(view, start - 1)
        for group in groups(view):
            if group.start >= start and group.stop <= end and group.part == "" and _at_head(view, start, group.start):
                return group.members
        if view.text[end] in "；;。" or not _subjectless(view, start, end):
            return ()
    return ()


def _at_head(view: View, start: int, stop: int) -> bool:
    at = start
    while at < stop:
        step = _step(view, at, stop)
        if step == 0:
            return _prepositional(view, at, stop) and CLAUSE_END.search(view.text, at, stop) is None
        at += step
    return True


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
    if stop - start > MODIFIER_LIMIT:
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
        found = [m for m in outer(view, *kinds) if link.end() <= m.start]
        near = found and found[0].start - link.end() <= MODIFIER_LIMIT and found[0].start < stop
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
