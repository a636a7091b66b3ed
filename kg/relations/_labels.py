"""Acts told by labels: 主办单位：A、B, a heading over a list of bodies, a count before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._patterns import worded
from kg.lexicon import Hit, lexicon
from kg.model import EVENT, ORGANIZATION, STANDARD
from kg.relations._acts import COUNT, NUMERAL, Act, spoken_of, starting_at
from kg.relations._groups import Group, groups
from kg.relations._verbs import clause_start, verbs
from kg.view import View

COLON = re.compile(r"\s*[：:]\s*")
OF_THEM = re.compile(
    r"(?:的|之)?[^，。；：]{0,8}?\s*(?:[：:—]+|[，,]?\s*(?:分别|还|主要)?(?:是|为|為|有|包括|由|含)+[：:]?)\s*" + COUNT
)
AS = re.compile(r"(?:分别)?(?:是|为|作为|担任|任)[^，。；]{0,12}?$")
NUMBERING = re.compile(r"[\s●○■◆•·*（(]*(?:[\d一二三四五六七八九十]{1,3}[）)、.．\s]+)?")
COUNTED = re.compile(rf"(?:有|共|计|为|是|由)[^，。；：]{{0,4}}?{NUMERAL}(?:家|个|名|位)[^，,。；：]{{0,8}}[。.]\s*$")
OF_THOSE = r"«relation_of_those»"
LIST_LENGTH = 30  # lines a heading may reach
LINE_LENGTH = 40  # code points of a line of a list


def labelled(view: View, relation: str, *kinds: str) -> Iterator[Act]:
    """主办单位：A、B; 主办方是A; A为指导单位."""
    for label in view.hits("relation_labels"):
        group = _named(view, label) if label.fields["relation"] == relation else None
        if group is not None:
            thing = spoken_of(view, min(group.start, label.start), group.members, kinds)
            yield Act(group.members, (thing,), label.start)


def listed(view: View, relation: str, *kinds: str) -> Iterator[Act]:
    """Bodies in lines of their own under a label, or told after their count: 起草单位有三家。其中…."""
    first = next(iter(groups(view)), None)
    if first is None:
        return
    alone = NUMBERING.fullmatch(view.text, view.start, first.start) and view.stop - first.stop <= 1
    if alone and _heading(view) == relation:
        yield Act(first.members, (spoken_of(view, view.start, first.members, kinds),), first.start)
    elif worded(OF_THOSE).match(view.text, view.start) and not verbs(view) and _counted(view) == relation:
        everyone = tuple(m for group in groups(view) for m in group.members)
        yield Act(everyone, (spoken_of(view, view.start, everyone, kinds),), first.start)


def _named(view: View, label: Hit) -> Group | None:
    """The group that a label speaks of: behind it, or before 为."""
    if _inside_name(view, label.start):
        return None
    verbal = label.word in lexicon("relation_verbs")
    after = (COLON if verbal else OF_THEM).match(view.text, label.stop, view.stop)
    group = starting_at(view, after.end()) if after else None
    if group is not None or verbal:
        return group
    beside = next((g for g in groups(view) if g.start == label.stop), None)  # 主办方某市民政局表示
    return beside or _ending_before(view, label.start)


def _heading(view: View) -> str | None:
    """The relation of the label in a line of its own over the list that the sentence belongs to."""
    for line in _lines_before(view):
        bare = line[len(match[0]) if (match := NUMBERING.match(line)) else 0 :].rstrip("：: \u3000")
        if bare in lexicon("relation_labels"):
            return lexicon("relation_labels").entries[bare]["relation"]
        if len(line) > LINE_LENGTH or "。" in line or re.search("[：:]$", line.rstrip()):
            return None
    return None


def _lines_before(view: View) -> Iterator[str]:
    """The lines over the sentence, nearest first."""
    stop = view.text.rfind("\n", 0, view.start)
    for _ in range(LIST_LENGTH):
        if stop < 0:
            return
        start = view.text.rfind("\n", 0, stop) + 1
        yield view.text[start:stop]
        stop = start - 1


def _counted(view: View) -> str | None:
    """The relation of the sentence before, where it only counts: 参加起草的有14家单位。"""
    paragraph = view.text.rfind("\n", 0, view.start) + 1
    before = view.text[paragraph : view.start]
    last = max(before.rstrip("。. ").rfind(mark) for mark in "。！？") + 1
    if not COUNTED.search(before, last):
        return None
    for name in ("relation_labels", "relation_verbs"):
        hits = lexicon(name).find(before[last:])
        if hits:
            return (hits[-1].fields.get("relation") or hits[-1].fields["relations"]).split()[0]
    return None


def _inside_name(view: View, offset: int) -> bool:
    return any(m.start <= offset < m.stop for m in view.of(ORGANIZATION, EVENT, STANDARD))


def _ending_before(view: View, offset: int) -> Group | None:
    """A、B为主办单位: the group before 为."""
    start = clause_start(view, offset)
    for group in groups(view):
        if start <= group.start and group.stop <= offset and AS.fullmatch(view.text, group.stop, offset):
            return group
    return None
