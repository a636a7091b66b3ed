"""Who does what a verb says, in the frames Chinese news uses.

A、B举办X; X由A主办、B承办; A指导、B主办的X; a subject carried over from an earlier clause of
the sentence. A frame whose parts are not plainly there gives nobody.
"""

from __future__ import annotations

import re

from kg.kinds._patterns import worded
from kg.lexicon import Hit, lexicon
from kg.model import EVENT, OFFICIAL, ORGANIZATION, PLACE, PROGRAM, TITLE, Mention
from kg.relations._groups import UNKNOWN_LENGTH, Group, groups
from kg.relations._patterns import tail, unnamed
from kg.relations._units import JOINERS
from kg.relations._verbs import CLAUSE_END, clause_start, pivots, verbs
from kg.view import View

TIME = (
    r"(?:[\d０-９〇零一二三四五六七八九十]+\s*年(?:度|初|底|末|来|以来)?"
    r"|[\d一二三四五六七八九十]+\s*月(?:份|初|底|中旬|上旬|下旬)?"
    r"|[\d一二三四五六七八九十]+\s*[日号號](?:至[^，。]{1,8}?日)?|[\d:：]+[时分]?"
    r"|«relation_time_words»|在?[会會](?:上|后|前|议上)|\s)+"
)
THE_BODY = r"(?P<by>由)?(?P<body>该«relation_this_body»)$"
ASIDE = re.compile(r"[（(][^（()）]*[）)]")  # 副院长（主持行政工作）
SENTENCE_PART = re.compile(r"[。！？!?\n：:]")
STEPS = ("relation_adverbs", "relation_verbs", "relation_modality")  # lists of words that change no subject


def agents(view: View, verb: Hit) -> tuple[tuple[Mention, ...], Group | None]:
    """Those before a verb who do it, and the group nearest to it; nobody where it is not plain."""
    known = view.memo.setdefault("agents", {})
    if (verb.start, verb.stop) not in known:
        known[verb.start, verb.stop] = _agents(view, verb)
    found: tuple[tuple[Mention, ...], Group | None] = known[verb.start, verb.stop]
    return found


def _agents(view: View, verb: Hit) -> tuple[tuple[Mention, ...], Group | None]:
    start = clause_start(view, verb.start)
    relative = view.text[verb.stop : verb.stop + 2].lstrip("了过").startswith("的")
    members: list[Mention] = []
    nearest: Group | None = None
    limit = verb.start
    for group in reversed([g for g in groups(view) if g.stop <= verb.start and g.stop > start]):
        aside = group.part == "means" or (group.part == "other" and not relative)
        if aside and not _came_from(view, verb, group):
            continue
        if not clean(view, group.stop, limit):
            if members:
                break
            continue
        members[:0] = group.members
        nearest = nearest or group
        if group.part != "joint":
            attended = verb.fields.get("sense", "-") != "-"
            return (*(_listed_before(view, group) if attended else ()), *members), nearest
        limit = group.marker
    if nearest is not None and nearest.part == "joint" and (named := worded(THE_BODY).search(view.text, start, limit)):
        return (view.ellipsis(named.start("body"), ORGANIZATION), *members), Group(
            named.start("body"), nearest.stop, nearest.members, "agent" if named["by"] else "", named.start()
        )
    if nearest is None and verb.fields.get("sense", "-") != "-" and (listed := _list_before(view, start, limit)):
        return listed.members, listed
    if nearest is None and (leader := _leader(view, verb, start)):
        return agents(view, leader)
    if nearest is None or nearest.part == "joint":
        members[:0] = carried(view, start, limit)
    return tuple(members), nearest


def _came_from(view: View, verb: Hit, group: Group) -> bool:
    """来自A、B的代表参加: of those who attend, the bodies are named."""
    if not group.members or verb.fields.get("sense", "-") == "-":
        return False
    people = view.text[group.members[-1].stop : group.stop]
    return people.startswith("的") and view.text.startswith(("来自", "來自"), group.marker)


def _leader(view: View, verb: Hit, start: int) -> Hit | None:
    """组织 in 某协会组织志愿者到社区开展活动: what those led do, the leader does."""
    if "organizes" not in verb.fields.get("relations", ""):
        return None
    asked = [hit for hit in pivots(view) if start <= hit.start and hit.stop < verb.start]
    led = asked and asked[-1].word in lexicon("relation_leading")
    return Hit(asked[-1].start, asked[-1].stop, asked[-1].word, {}) if led else None


def _list_before(view: View, start: int, stop: int) -> Group | None:
    """The group whose list goes on with members nobody knows: 张三、李四，各科室负责人，社工代表参加."""
    while unnamed().fullmatch(view.text, start, stop) and not _acts_between(view, start, stop):
        before = next((group for group in groups(view) if group.stop == start - 1 and group.part != "other"), None)
        if before is not None or start <= view.start:
            return before
        start, stop = clause_start(view, start - 1), start - 1
    return None


def _listed_before(view: View, last: Group) -> tuple[Mention, ...]:
    """Members of the list that `last` ends, before some that no rule knows: 会长张三，某校李四，局长王五出席."""
    members: tuple[Mention, ...] = ()
    start = last.marker
    for group in reversed([g for g in groups(view) if g.stop <= start]):
        if group.part != "" or not _only_listed(view, group.stop, start):
            break
        members, start = (*group.members, *members), group.start
    return members


def listed_after(view: View, first: Group) -> tuple[Mention, ...]:
    """Members of the list that `first` begins, beyond some that no rule knows."""
    members, stop = first.members, first.stop
    for group in groups(view):
        if group.start >= stop and group is not first:
            if group.part != "" or not _only_listed(view, stop, group.start):
                break
            members, stop = (*members, *group.members), group.stop
    return members


def _only_listed(view: View, start: int, stop: int) -> bool:
    """Whether nothing but members of a list that no rule knows stands there."""
    far = stop - start > UNKNOWN_LENGTH or SENTENCE_PART.search(view.text, start, stop)
    if far or _acts_between(view, start, stop):
        return False
    names = view.of(TITLE, OFFICIAL, ORGANIZATION)
    words = (t for t in view.tokens if start <= t.start < stop and not any(m.start <= t.start < m.stop for m in names))
    return not any(t.tag in ("v", "r") and len(t.word) > 1 and not t.word.startswith("各") for t in words)


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
    rest = re.compile(r"(?:、|和|与|及|以及)[^，,。；;：:]{1,60}").fullmatch(view.text, start, stop)
    return rest is not None and not _acts_between(view, start, stop)


def _acts_between(view: View, start: int, stop: int) -> bool:
    """Whether a verb of any relation, a pivot or a preposition stands there."""
    asides = [aside.span() for aside in ASIDE.finditer(view.text, start, stop)]
    spoken = (*pivots(view), *verbs(view))
    hits = [hit for hit in spoken if not any(opens <= hit.start < closes for opens, closes in asides)]
    tags = (token.start for token in view.tokens if token.tag == "p" and token.word not in JOINERS)
    return any(start <= hit.start and hit.stop <= stop for hit in hits) or any(start <= at < stop for at in tags)


def _step(view: View, at: int, stop: int) -> int:
    """Length of the next word that may stand between a subject and its verb; 0 if there is none."""
    if (rest := tail().match(view.text, at, stop)) and rest.end() > at:
        return rest.end() - at
    if time := worded(TIME).match(view.text, at, stop):
        return time.end() - at
    words = [word for name in STEPS if (word := lexicon(name).longest_prefix(view.text, at, stop))]
    if words:
        return max(map(len, words))
    return 1 if view.text[at] in "、并並和及了过所来共\u3000 " else 0


def _prepositional(view: View, at: int, stop: int) -> bool:
    """在某地, 以某某为主题, 围绕某事: anything up to the verb, as long as nobody else is made to act."""
    word = lexicon("relation_prepositions").longest_prefix(view.text, at, stop)
    if not word or word in lexicon("relation_pivots"):
        return False
    return not any(hit.start >= at and hit.stop <= stop for hit in pivots(view))


def carried(view: View, start: int, stop: int) -> tuple[Mention, ...]:
    """The subject of an earlier clause, for a clause that has none of its own."""
    if not _subjectless(view, start, stop) or _made_to_act(view, start, stop):
        return ()
    while start > view.start:
        end, start = start - 1, clause_start(view, start - 1)
        for group in groups(view):
            named = group.part == "" or (group.part == "agent" and group.stop == end)  # 由A、B，以某事为契机，举办…
            within = start < group.stop <= end and named
            if within and _at_head(view, clause_start(view, group.start), group.start):
                return group.members
        if view.text[end] in "；;。" or not _subjectless(view, start, end):
            return ()
    return ()


def _made_to_act(view: View, start: int, stop: int) -> bool:
    """邀请居民参加, 组织社工学习: what follows is done by those invited."""
    return any(start <= hit.start and hit.stop < stop for hit in pivots(view))


def _at_head(view: View, start: int, stop: int) -> bool:
    """Whether a clause begins with what stands at `stop`; after a verb it would be an object."""
    at = start
    while at < stop and (step := _step(view, at, stop)):
        if any(verb.start == at for verb in verbs(view)):
            return False
        at += step
    return at >= stop or (_prepositional(view, at, stop) and CLAUSE_END.search(view.text, at, stop) is None)


def _subjectless(view: View, start: int, stop: int) -> bool:
    """Whether the clause begins with a verb, an adverb or a prepositional phrase."""
    at = start
    while at < stop and (step := _step(view, at, stop)):
        if any(verb.start == at for verb in verbs(view)):
            return True
        at += step
    if at >= stop or lexicon("relation_prepositions").longest_prefix(view.text, at, stop):
        return True
    if any(m.start <= at < m.stop for m in view.of(PLACE, EVENT, PROGRAM, ORGANIZATION, OFFICIAL)):
        return False
    if lexicon("relation_pivots").longest_prefix(view.text, at, stop):
        return True
    token = next((token for token in view.tokens if token.start <= at < token.stop), None)
    return token is not None and token.tag[0] in "vdpcz"


def subject_text(view: View, start: int, stop: int) -> str:
    """What stands before an offset in its clause, without times and adverbs; prepositional phrases are nothing."""
    at = start
    while at < stop and (step := _step(view, at, stop)):
        at += step
    return "" if _prepositional(view, at, stop) else view.text[at:stop]
