"""`drafts`: a body writes a standard or other normative document."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import ORGANIZATION, STANDARD
from kg.relations import _acts as acts
from kg.relations import _labels as labels
from kg.view import Link, View

RELATION = "drafts"
NEEDS = ("organization", "official", "title", "standard")

BY = (ORGANIZATION,)


def writes(view: View) -> Iterator[Link]:
    """The verb between them: A牵头编制《某某规范》."""
    for act in acts.active(view, RELATION, STANDARD):
        yield from act.links(by=BY)


def written_by(view: View) -> Iterator[Link]:
    """Before the document: 由A起草、B发布的《某某指南》."""
    for act in acts.relative(view, RELATION, STANDARD):
        yield from act.links(by=BY)


def was_written(view: View) -> Iterator[Link]:
    """After it: 《某某规范》由A、B共同起草."""
    for act in acts.passive(view, RELATION, STANDARD):
        yield from act.links(by=BY)


def writer_label(view: View) -> Iterator[Link]:
    """Under a label: 主要起草单位：A、B."""
    for act in labels.labelled(view, RELATION, STANDARD):
        yield from act.links(by=BY)


def writer_listed(view: View) -> Iterator[Link]:
    """In a line of its own under 起草单位, or after their count: 起草单位有三家。其中…."""
    for act in labels.listed(view, RELATION, STANDARD):
        yield from act.links(by=BY)


def writer_is(view: View) -> Iterator[Link]:
    """Turned round: 参与起草的有A、B."""
    for act in acts.cleft(view, RELATION, STANDARD):
        yield from act.links(by=BY)


RULES = (writes, written_by, was_written, writer_label, writer_listed, writer_is)
