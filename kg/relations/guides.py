"""`guides`: a body gives guidance to a document, a program, an event, or another body."""

from __future__ import annotations

from collections.abc import Iterator

from kg.kinds._patterns import worded
from kg.model import EVENT, ORGANIZATION, PROGRAM, STANDARD, Mention
from kg.relations import _acts as acts
from kg.relations import _labels as labels
from kg.relations._groups import groups
from kg.relations._objects import object_left
from kg.relations._units import outer
from kg.relations._verbs import CLAUSE_END
from kg.view import Link, View

RELATION = "guides"
NEEDS = ("organization", "official", "title", "standard", "program", "event")

BY, THINGS = (ORGANIZATION,), (EVENT, PROGRAM, STANDARD)
UNDER = r"的?«relation_guidance_ways»?(?:指导|指導)(?:[和与、][^，。；]{1,6})?下"


def gives_guidance(view: View) -> Iterator[Link]:
    """The verb between them: A指导某某大赛."""
    for act in acts.active(view, RELATION, *THINGS):
        yield from act.links(by=BY)


def guided_by(view: View) -> Iterator[Link]:
    """Before what is guided: A指导、B主办的某某大赛."""
    for act in acts.relative(view, RELATION, *THINGS):
        yield from act.links(by=BY)


def was_guided(view: View) -> Iterator[Link]:
    """After it: 活动由A指导; 学院由A负责业务指导."""
    for act in acts.passive(view, RELATION, EVENT, PROGRAM, STANDARD, ORGANIZATION, bare="relation_bare_guides"):
        yield from act.links(by=BY)


def guide_label(view: View) -> Iterator[Link]:
    """Under a label: 指导单位：A."""
    for act in labels.labelled(view, RELATION, *THINGS):
        yield from act.links(by=BY)


def guide_listed(view: View) -> Iterator[Link]:
    """In a line of its own under 指导单位."""
    for act in labels.listed(view, RELATION, *THINGS):
        yield from act.links(by=BY)


def under_guidance(view: View) -> Iterator[Link]:
    """在A指导下，B举办某某会: what the sentence speaks of is guided."""
    for group in groups(view):
        if group.part == "other" and (match := worded(UNDER).match(view.text, group.stop, view.stop)):
            thing = _done_under_it(view, match.end()) or object_left(view, group.marker, *THINGS)
            for body in group.members:
                if thing is not None and body.kind == ORGANIZATION:
                    yield Link(body, thing, match.start())


def _done_under_it(view: View, start: int) -> Mention | None:
    """The first thing named after 指导下; a document only if the next clause names it."""
    for thing in outer(view, *THINGS):
        if thing.start >= start:
            clauses = len(CLAUSE_END.findall(view.text, start, thing.start))
            return thing if clauses <= (1 if thing.kind == STANDARD else 2) else None
    return None


RULES = (gives_guidance, guided_by, was_guided, guide_label, guide_listed, under_guidance)
