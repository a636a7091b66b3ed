"""Acts in each of the frames: a relation's rules choose the frame, its verbs and the kinds of its objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon import Hit, lexicon
from kg.model import EVENT, ORGANIZATION, STANDARD, Mention, Role
from kg.relations._frames import agents, subject_text
from kg.relations._groups import Group, groups
from kg.relations._objects import head_of_relative, object_left, objects_right
from kg.relations._units import outer
from kg.relations._verbs import clause_start, verbs
from kg.view import Link, View

CLAUSE_FINAL = re.compile(r"(?:了|完成|的)?(?:[，,。；;、！）)”\s]|并|和|$)")
OWN_KIND = re.compile(r"的[^，,。；;：:、]{1,20}(?=[，,。；;]|$)")
NUMERAL = r"(?:\d+|[一二两三四五六七八九十]+)多?余?"
COUNT = rf"(?:共?{NUMERAL}(?:家|个|位|名|人)[^，,。；;：:]{{0,6}}[：:])?"
CLEFT = re.compile(
    r"[^，,。；;：:]{0,24}?的[^，,。；;：:的]{0,8}?(?:[，,]?(?:还|也|共|主要)?(?:有|是|包括)|为|由)[：:]?" + COUNT
)
THIS_ONE = re.compile(r"本[次届场]|此次|这次|这场|今年的")  # 本届社工节由A主办: an event, whatever its name
CAN_BE_LEFT_OUT = (EVENT, STANDARD, ORGANIZATION)  # kinds of which a text has a main one


@dataclass(frozen=True, slots=True)
class Act:
    """Those who act, what they act on, and the offset of the word that says it."""

    agents: tuple[Mention, ...]
    objects: tuple[Mention, ...]
    anchor: int

    def links(self, *, by: tuple[str, ...], anchor: int | None = None) -> Iterator[Link]:
        """A link for each agent of these kinds and each object."""
        for agent in self.agents:
            for thing in self.objects:
                if agent.kind in by and agent != thing:
                    yield Link(agent, thing, self.anchor if anchor is None else anchor)


def active(view: View, relation: str, *kinds: str) -> Iterator[Act]:
    """A、B举办X."""
    for verb in verbs(view, relation):
        objects = objects_right(view, verb, *kinds)
        if objects and not _is_relative(view, verb.stop):
            who, _ = agents(view, verb)
            if who:
                yield Act(who, objects, verb.start)


def relative(view: View, relation: str, *kinds: str) -> Iterator[Act]:
    """A、B主办的X; A指导、B主办的X."""
    for verb in verbs(view, relation):
        if objects_right(view, verb, *kinds) and not _is_relative(view, verb.stop):
            continue
        objects = head_of_relative(view, verb, *kinds)
        who, _ = agents(view, verb) if objects else ((), None)
        if who:
            yield Act(who, objects, verb.start)


def passive(view: View, relation: str, *kinds: str, bare: str | None = None) -> Iterator[Act]:
    """X由A主办; verbs of the list `bare` need no 由: X在某地举行，A主办、B承办."""
    for verb in verbs(view, relation):
        if head_of_relative(view, verb, *kinds) or objects_right(view, verb, *kinds):
            continue
        who, group = agents(view, verb)
        if group is None or not who or not _is_passive(view, verb, group, bare):
            continue
        thing = _topic(view, group, who, kinds)
        hosted = verb.word in lexicon("relation_bare_organizers")
        if thing is None and hosted and (view.start == group.marker or _speaks_of_hosts(view, verb)):
            thing = view.ellipsis(group.marker, EVENT)
        if thing is None and view.sentence.role is Role.ROW and kinds[0] in CAN_BE_LEFT_OUT:
            thing = view.ellipsis(view.start, kinds[0])  # the cover of a standard: 某局　发布
        if thing is not None:
            yield Act(who, (thing,), verb.start)


def _is_passive(view: View, verb: Hit, group: Group, bare: str | None) -> bool:
    """X由A主办; X是A主办的品牌活动."""
    if view.text.endswith(("是", "系"), view.start, group.marker) and OWN_KIND.match(view.text, verb.stop, view.stop):
        return True
    final = CLAUSE_FINAL.match(view.text, verb.stop, view.stop) or verb.stop >= view.stop
    return bool(final) and _in_passive(view, group, bare, verb.word)


def _speaks_of_hosts(view: View, verb: Hit) -> bool:
    """Another part of the sentence names hosts: 主办方是A，B负责承办."""
    labels = (label for label in view.hits("relation_labels") if label.stop <= verb.start)
    return any(label.fields["relation"] == "organizes" for label in labels)


def _in_passive(view: View, group: Group, bare: str | None, word: str) -> bool:
    """由 stands before the group, or before an earlier one of its chain, or the verb needs none."""
    chained = any(g.part == "agent" and g.stop <= group.start for g in groups(view))
    listed = bare is not None and word in lexicon(bare)
    published = view.sentence.role is Role.ROW and bare is None and group.start == view.start
    return group.part == "agent" or chained or listed or published


def cleft(view: View, relation: str, *kinds: str) -> Iterator[Act]:
    """出席仪式的有A、B; 主办这场比赛的是A."""
    for verb in verbs(view, relation):
        link = CLEFT.match(view.text, verb.stop, view.stop)
        group = starting_at(view, link.end()) if link else None
        if group is not None:
            inside = objects_right(view, verb, *kinds)
            known = tuple(m for m in inside[:1] if m.stop <= group.start)
            yield Act(group.members, known or (spoken_of(view, verb.start, group.members, kinds),), verb.start)


def _is_relative(view: View, offset: int) -> bool:
    return view.text[offset : offset + 2].lstrip("了过").startswith("的")


def _topic(view: View, group: Group, who: tuple[Mention, ...], kinds: tuple[str, ...]) -> Mention | None:
    """What a passive speaks of: what stands before 由 in its clause, else named last before it."""
    opening = next((g for g in groups(view) if g.part == "agent" and g.stop <= group.start), group)
    before = opening.marker if group.part != "agent" else group.marker
    start = clause_start(view, before)
    inside = [m for m in outer(view, *kinds) if start <= m.start and m.stop <= before and m not in who]
    if inside:
        return inside[-1]
    rest = subject_text(view, start, before)
    if rest:
        word = lexicon("relation_references").longest_suffix(rest, 0, len(rest))
        kind = lexicon("relation_references").entries[word]["kind"] if word else None
        kind = EVENT if kind is None and THIS_ONE.match(rest) else kind
        return view.ellipsis(before, kind) if kind in kinds and kind is not None else None
    return _named_before(view, start, who, kinds)


def _named_before(view: View, before: int, who: tuple[Mention, ...], kinds: tuple[str, ...]) -> Mention | None:
    found = object_left(view, before, *(kind for kind in kinds if kind != ORGANIZATION))
    if found is None and ORGANIZATION in kinds:
        bodies = (m for g in groups(view) if g.stop <= before and g.part == "" for m in g.members)
        found = next((m for m in bodies if m.kind == ORGANIZATION and m not in who), None)
    return found


def spoken_of(view: View, before: int, who: tuple[Mention, ...], kinds: tuple[str, ...]) -> Mention:
    """What was named last in the sentence before an offset; else left out."""
    found = _named_before(view, before, who, kinds)
    return found or view.ellipsis(before, next(kind for kind in kinds if kind in CAN_BE_LEFT_OUT))


def starting_at(view: View, offset: int) -> Group | None:
    """The group that begins here, give or take a word of respect or a mark."""
    for group in groups(view):
        if 0 <= group.start - offset <= 8 and re.fullmatch(r"[^，。；：、]*", view.text[offset : group.start]):
            return group
    return None
