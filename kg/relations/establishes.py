"""`establishes`: a body founds a named body or sets up a named program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import lexicon
from kg.model import ORGANIZATION, PROGRAM, Mention
from kg.relations import _acts as acts
from kg.relations._acts import Act
from kg.view import Link, View

RELATION = "establishes"
NEEDS = ("organization", "official", "title", "program")

BY, WHAT = (ORGANIZATION,), (ORGANIZATION, PROGRAM)
ENDS = re.compile(r"[”’」』》）)]*(?:[，,。；;、！（(：:“「\s]|并|和|以?及|与|暨|等|项目|专项|基金|$)")


def founds(view: View) -> Iterator[Link]:
    """The verb between them: A、B共同成立某某研究院."""
    for act in acts.active(view, RELATION, *WHAT):
        yield from _founded(view, _founding(view, act))


def founded_by(view: View) -> Iterator[Link]:
    """Before what is founded: A发起成立的某某基金会."""
    for act in acts.relative(view, RELATION, *WHAT):
        yield from _founding(view, Act(act.agents, act.objects[:1], act.anchor)).links(by=BY)


def was_founded(view: View) -> Iterator[Link]:
    """After it: 联络站由A与B共同设立."""
    for act in acts.passive(view, RELATION, PROGRAM, ORGANIZATION):
        yield from _founding(view, act).links(by=BY)


def _founding(view: View, act: Act) -> Act:
    """A program is founded only by a verb that says so: 设立某某基金, but not 办起某某项目."""
    word = lexicon("relation_verbs").longest_prefix(view.text, act.anchor, view.stop) or ""
    kept = tuple(m for m in act.objects if m.kind == ORGANIZATION or word.endswith("立"))
    return Act(act.agents, kept, act.anchor)


def _founded(view: View, act: Act) -> Iterator[Link]:
    """Not where the name only begins a longer phrase: 建立市民政局、市妇联协作机制."""
    objects: tuple[Mention, ...] = act.objects
    if objects and ENDS.match(view.text, objects[-1].stop, view.stop):
        kept = Act(tuple(m for m in act.agents if m not in objects), objects, act.anchor)
        yield from kept.links(by=BY)


RULES = (founds, founded_by, was_founded)
