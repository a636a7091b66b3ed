"""`part_of`: a section and its body, an office and its host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._bodies import COMPANY, is_committee
from kg.kinds._patterns import worded
from kg.lexicon import lexicon
from kg.model import ORGANIZATION, Mention
from kg.relations._frames import carried
from kg.relations._units import outer
from kg.relations._verbs import clause_start
from kg.view import Link, View

RELATION = "part_of"
NEEDS = ("organization", "official", "title", "place", "event", "program")

SENTENCE_PART = re.compile("[。；]")
AT = re.compile(r"[于在了：: \u3000]*")
NUMBER = r"[\d一二三四五六七八九十两多余]+(?:个|家|支|所|名|大)"
FIRST = re.compile(
    rf"(?:了|有)?(?:{NUMBER}[^，。；：、“]{{0,12}}?(?:[：:]|[，,]?(?:分别)?(?:是|为|即|有|包括)[：:]?))?[：:“「\s]*"
)
NEXT = re.compile(r"[”」）)]*(?:[、，,；;和及与]|以及)[“「\s]*")
COUNTED = re.compile(rf"下面?有(?={NUMBER}[^，。；：]{{0,12}}[：:，])")
OWNED = (
    r"[”」]?的?«part_of_adjectives»(?:的|之一的?)?"
    r"(?:[^，。；：、“]{0,6}?(?:单位|机构|部门|品牌|企业|组织))?[—－\-：:“「]*"
)
A_PART = r"[”」]?的?(?:«part_of_adjectives»的?[^，,。；;：:、]{0,16}?)?(?:«part_of_nouns»)(?=[，,。；;：:、）)\s]|$)"
IS = re.compile(r"(?:是|系|为|作为|属于?)(?:[^，。；]{0,2})$")


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
    if COMPANY.search(tail):
        return False
    return not is_committee(parent.text) and bool(lexicon("section_tails").longest_suffix(tail, 0, len(tail)))


def hosted(view: View) -> Iterator[Link]:
    """办公室设在省委社会工作部, 秘书处挂靠某协会, 隶属于某局."""
    for hit in view.hits("part_of_verbs"):
        part = _subject(view, hit.start)
        after = [b for b in view.of(ORGANIZATION) if b.start >= hit.stop and AT.fullmatch(view.text, hit.stop, b.start)]
        if part and after:
            yield Link(part, max(after, key=lambda b: b.stop), hit.start)


def contains(view: View) -> Iterator[Link]:
    """某局下设A科、B科; 某队下有三个分队：A、B: what follows is part of what stands before."""
    for start, stop in _containing(view):
        whole = _subject(view, start)
        if whole is not None:
            for part in _listed(view, stop, whole):
                yield Link(part, whole, start)


def belonging(view: View) -> Iterator[Link]:
    """某局下属的A中心, 某协会旗下“某某”服务队: the whole stands before what is its own."""
    for whole in outer(view, ORGANIZATION):
        if owned := worded(OWNED).match(view.text, whole.stop, view.stop):
            for part in _listed(view, owned.end(), whole):
                yield Link(part, whole, whole.stop)


def described(view: View) -> Iterator[Link]:
    """A中心是某局直属事业单位, A系某协会的分支机构."""
    for whole in outer(view, ORGANIZATION):
        said = IS.search(view.text, clause_start(view, whole.start), whole.start)
        if said and worded(A_PART).match(view.text, whole.stop, view.stop):
            part = _subject(view, said.start())
            if part is not None and part != whole:
                yield Link(part, whole, said.start())


def _containing(view: View) -> Iterator[tuple[int, int]]:
    yield from ((hit.start, hit.stop) for hit in view.hits("contains_verbs"))
    yield from (counted.span() for counted in view.find(COUNTED))


def _listed(view: View, offset: int, whole: Mention) -> Iterator[Mention]:
    """Bodies one after the other from an offset on, with words of a list between them."""
    gap = FIRST
    for part in outer(view, ORGANIZATION):
        if part.start >= offset and part != whole and gap.fullmatch(view.text, offset, part.start):
            yield part
            offset, gap = part.stop, NEXT


def _subject(view: View, offset: int) -> Mention | None:
    """The body a clause speaks of: named in it before an offset, else carried over, else named last."""
    before = [b for b in outer(view, ORGANIZATION) if b.stop <= offset]
    start = clause_start(view, offset)
    inside = [b for b in before if b.start >= start]
    if inside:
        return inside[-1]
    told = [b for b in carried(view, start, offset) if b.kind == ORGANIZATION]
    near = [b for b in before if not SENTENCE_PART.search(view.text, b.stop, offset)]
    return told[-1] if told else (near[-1] if near else None)


RULES = (own_name, hosted, contains, belonging, described)
