"""`issues`: a body publishes a standard, guide, measure or other normative document."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import ORGANIZATION, STANDARD
from kg.relations import _acts as acts
from kg.relations import _labels as labels
from kg.view import Link, View

RELATION = "issues"
NEEDS = ("organization", "official", "title", "standard")

BY = (ORGANIZATION,)


def publishes(view: View) -> Iterator[Link]:
    """The verb between them: A、B联合印发《某某办法》."""
    for act in acts.active(view, RELATION, STANDARD):
        yield from act.links(by=BY)


def published_by(view: View) -> Iterator[Link]:
    """Before the document: A发布的《某某指南》."""
    for act in acts.relative(view, RELATION, STANDARD):
        yield from act.links(by=BY)


def was_published(view: View) -> Iterator[Link]:
    """After it: 《某某规范》由A发布."""
    for act in acts.passive(view, RELATION, STANDARD):
        yield from act.links(by=BY)


def publisher_label(view: View) -> Iterator[Link]:
    """Under a label: 发布机构：A."""
    for act in labels.labelled(view, RELATION, STANDARD):
        yield from act.links(by=BY)


RULES = (publishes, published_by, was_published, publisher_label)
