"""`part_of`: a section and its body, an office and its host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._bodies import is_committee
from kg.lexicon import lexicon
from kg.model import ORGANIZATION, Mention
from kg.view import Link, View

RELATION = "part_of"
NEEDS = ("organization",)


def own_name(view: View) -> Iterator[Link]:
    """A section's name begins with its body's: 市民政局儿童福利科."""
    bodies = view.of(ORGANIZATION)
    for whole in bodies:
        parents = [
            b for b in bodies if b.start == whole.start and b.stop < whole.stop and _section_tail(view, b, whole)
        ]
        if parents:
            yield Link(whole, max(parents, key=lambda b: b.stop), whole.start)


def _section_tail(view: View, parent: Mention, whole: Mention) -> bool:
    tail = view.text[parent.stop : whole.stop]
    if tail.endswith("公司") and not tail.endswith(("分公司", "子公司")):
        return False
    return not is_committee(parent.text) and bool(lexicon("section_tails").longest_suffix(tail, 0, len(tail)))


def hosted(view: View) -> Iterator[Link]:
    """办公室设在省委社会工作部, 秘书处挂靠某协会, 隶属于某局."""
    for hit in view.hits("part_of_verbs"):
        before = [
            b
            for b in view.of(ORGANIZATION)
            if b.stop <= hit.start and not re.search("[。；]", view.text[b.stop : hit.start])
        ]
        after = [
            b
            for b in view.of(ORGANIZATION)
            if b.start >= hit.stop and re.fullmatch(r"[于在了：: \u3000]*", view.text[hit.stop : b.start])
        ]
        if before and after:
            part = max(before, key=lambda b: (b.stop, -b.start))
            yield Link(part, max(after, key=lambda b: b.stop), hit.start)


def contains(view: View) -> Iterator[Link]:
    """某局下设A科、B科: what follows is part of what stands before."""
    for hit in view.hits("contains_verbs"):
        before = [
            b
            for b in view.of(ORGANIZATION)
            if b.stop <= hit.start and not re.search("[。；，]", view.text[b.stop : hit.start])
        ]
        if not before:
            continue
        offset = hit.stop
        for part in view.of(ORGANIZATION):
            if part.start >= offset and re.fullmatch(r"[有了：:、和及 \u3000]*", view.text[offset : part.start]):
                yield Link(part, max(before, key=lambda b: (b.stop, -b.start)), hit.start)
                offset = part.stop


RULES = (own_name, hosted, contains)
