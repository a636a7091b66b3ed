"""Members of lists: bodies that stand for themselves, and people with what introduces them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.lexicon import lexicon
from kg.model import EVENT, OFFICIAL, ORGANIZATION, PROGRAM, STANDARD, TITLE, Mention
from kg.relations._patterns import speech, tail
from kg.view import Token, View

SHORT_FORM = re.compile(r"[”’」』\"]?[（(][^（）()]{0,40}[）)]")
INTRODUCES = re.compile(r"[、，,兼/／\s的]{0,2}(?:原|时任|现任|党组|兼)?")
BEFORE_NAME = re.compile(r"[ \u3000：:]{0,3}")
IN_BRACKETS = re.compile(r"[（(][^）)]{0,60}[）)]|[）)]")
UNKNOWN_NAME = re.compile(r"[^和与及等有一的代各、，,。]{2,3}(?=[、，,])")
JOINERS = tuple("与和及與")  # within what introduces somebody: 促进与服务处处长
NO_NAME = "和与及等有一的代各、，,。"  # characters with which no name begins
COUNTED = re.compile(  # 21个区（市）县残联, 各区民政局: none of them named
    r"(?:\d+余?多?[个個家所](?:[^\s，,。；;：:、]{1,6})?|各[省市县区旗州镇乡街道地（）()]{0,8})$"
)
TERM = re.compile(r"第[\d一二三四五六七八九十]{1,3}[届任]")  # 第十二届某会委员张三
FAR = 12  # code points of nouns between a body and the title of one of its people
LEAD_IN = 16  # code points that may introduce a person without being known
NAMES = (ORGANIZATION, OFFICIAL, EVENT, PROGRAM, STANDARD)


@dataclass(frozen=True, slots=True)
class Unit:
    """One member of a list, from the first word that introduces it to its last."""

    start: int
    stop: int
    member: Mention | None  # None: somebody of whom no rule knows the name
    posted: bool = False  # a body with a post and no name that a rule knows: 市妇联主席

    @property
    def kind(self) -> str | None:
        """What it stands for in a list: a post is a person's."""
        if self.posted:
            return OFFICIAL
        return self.member.kind if self.member else None


def outer(view: View, *kinds: str) -> list[Mention]:
    """Mentions of these kinds that do not lie within a larger name."""
    if "outer" not in view.memo:
        names = view.of(*NAMES)
        view.memo["outer"] = [m for m in view.mentions if not any(_within(m, name) for name in names)]
    return [m for m in view.memo["outer"] if m.kind in kinds]


def _within(inner: Mention, name: Mention) -> bool:
    return name.start <= inner.start and inner.stop <= name.stop and name.stop - name.start > inner.stop - inner.start


def units(view: View) -> list[Unit]:
    """The members that lists of bodies and people can have in the sentence, in order."""
    solids = outer(view, ORGANIZATION, OFFICIAL, TITLE)
    used: set[int] = set()
    found = []
    for index, solid in enumerate(solids):
        if solid.kind == OFFICIAL:
            first = _introduced_from(view, solids, index)
            last = _explained_to(view, solids, index)
            used.update(range(first, last + 1))
            stop = _closing(view, solids[last].stop)
            found.append(Unit(_lead_in(view, solids[first].start), stop, solid))
    bodies = [s for i, s in enumerate(solids) if s.kind == ORGANIZATION and i not in used]
    aliases = [span for body in bodies if (span := SHORT_FORM.match(view.text, body.stop, view.stop))]
    found += [
        _body_unit(view, solids, body)
        for body in bodies
        if not any(span.start() < body.start < span.end() for span in aliases)
    ]
    return sorted(found, key=lambda unit: unit.start)


def _lead_in(view: View, start: int) -> int:
    """Where what introduces a person begins, back to the last mark: 云湖工行行长张三, 市领导张三."""
    at = max(view.text.rfind(mark, view.start, start) for mark in "、，,；;：:。（(　") + 1
    joined = (m.stop + 1 for m in view.of(OFFICIAL) if m.stop < start and view.text[m.stop] in "与和及同與")
    at = max(at, view.start, *joined)
    if TERM.fullmatch(view.text, at, start):
        return at
    leader = lexicon("leader_words").longest_suffix(view.text, at, start)
    known = any(at < m.stop <= start and m.kind in (OFFICIAL, ORGANIZATION, EVENT) for m in view.mentions)
    verbal = any(at <= token.start < start and _is_verbal(view, token) for token in view.tokens)
    if not (known or verbal or start - at > LEAD_IN):
        return at
    return start - len(leader or "")


def _is_verbal(view: View, token: Token) -> bool:
    """Whether a word can open no name; 治理和服务 and 促进与发展 are within one."""
    if token.word in JOINERS or view.text.startswith(JOINERS, token.stop):
        return False
    return token.tag in ("p", "v", "t", "m", "c", "d")


def _introduced_from(view: View, solids: list[Mention], index: int) -> int:
    """Index of the first solid of the chain of posts that ends at the person: A局副局长、B办主任张三."""
    first, here = index, index - 1
    while here >= 0:
        gap = view.text[solids[here].stop : solids[first].start]
        taken = here > 0 and solids[here - 1].kind == OFFICIAL and solids[here - 1].stop == solids[here].start
        title, body = solids[here].kind == TITLE and not taken, solids[here].kind == ORGANIZATION
        before_name = solids[first].kind == OFFICIAL and title and BEFORE_NAME.fullmatch(gap)
        before_title = solids[first].kind == TITLE and body and _of_body(view, solids[here].stop, solids[first].start)
        before_post = title and solids[first].kind in (ORGANIZATION, TITLE) and INTRODUCES.fullmatch(gap)
        shared = solids[first].stop > solids[here].stop >= solids[first].start  # 组织部长: 部 is in both
        renamed = body and solids[first].kind == ORGANIZATION and gap in ("（", "(")  # 社会事务处（社会工作处）处长
        if not (before_name or before_title or before_post or shared or renamed):
            break
        first, here = here, here - 1
    return first


def _of_body(view: View, start: int, stop: int) -> bool:
    """Whether only words of a post stand between a body and a title: 某报客户端公益频道副总编."""
    if re.search("[，,、；。：:]", view.text[start:stop]):
        return False
    words = [token for token in view.tokens if token.start < stop and token.stop > start]
    return stop - start <= 6 or (stop - start <= FAR and all(token.tag[0] in "nbjlsz" for token in words))


def _explained_to(view: View, solids: list[Mention], index: int) -> int:
    """Index of the last solid in the brackets after a name: 张三（市民政局局长）; or of a title: 张三局长."""
    last = index
    stop = solids[index].stop
    opened = view.text[stop : stop + 1] in ("（", "(")
    closing = _closing(view, stop) if opened else stop
    for later in range(index + 1, len(solids)):
        if not (solids[later].stop <= closing or (solids[later].start == stop and solids[later].kind == TITLE)):
            break
        last = later
    return last


def _closing(view: View, stop: int) -> int:
    """Past the bracket that opens at `stop`, or closes there; else `stop`."""
    match = IN_BRACKETS.match(view.text, stop, view.stop)
    return match.end() if match else stop


def _body_unit(view: View, solids: list[Mention], body: Mention) -> Unit:
    """A body; with a post and no name (市妇联主席, 物业王主任) it stands for its unnamed head.

    Where a name that no rule knows follows the post, the body does not act.
    """
    if counted := COUNTED.search(view.text, max(view.start, body.start - 10), body.start):
        post = next((s.stop for s in solids if s.kind == TITLE and s.start == body.stop), body.stop)
        return Unit(counted.start(), post, None)
    if scholar := _scholar(view, body.stop):
        return Unit(body.start, scholar, None)
    if ordinary := _ordinary(view, body.stop):
        return Unit(body.start, ordinary, None)
    title = next((s for s in solids if s.kind == TITLE and -1 <= s.start - body.stop <= 1), None)
    if title is not None and title.text in lexicon("relation_member_titles"):
        return Unit(body.start, title.stop, None)
    if title is None or (title.start > body.stop and view.text[body.stop] in "、，,；;和与"):
        return Unit(body.start, body.stop, body)
    unknown = _unknown_name(view, title.stop)
    posted = title.start <= body.stop and title.text not in lexicon("relation_representatives")
    return Unit(body.start, unknown or title.stop, None if unknown else body, posted)


def _ordinary(view: View, start: int) -> int | None:
    """End of a word for those who do not stand for their body, where it closes the list: 协会会员参加."""
    word = lexicon("relation_member_titles").longest_prefix(view.text, start, view.stop)
    if word is None or word in lexicon("relation_representatives"):
        return None
    stop = start + len(word)
    closed = view.text[stop : stop + 1] in ("、", "，", ",", "及", "和")
    return stop if closed or any(hit.start == stop for hit in view.hits("relation_verbs")) else None


def _scholar(view: View, start: int) -> int | None:
    """End of a rank and the name after it, behind a body: 某大学教授张三, who holds no post."""
    rank = lexicon("academic_ranks").longest_prefix(view.text, start, view.stop)
    if rank is None:
        return None
    stop = start + len(rank)
    if name := UNKNOWN_NAME.match(view.text, stop, view.stop):
        return name.end()
    return next((t.stop for t in view.tokens if t.start == stop and t.tag.startswith("nr") and len(t.word) > 1), stop)


def _unknown_name(view: View, start: int) -> int | None:
    """End of a name that no rule knows, between a post and a mark or a verb."""
    if lexicon("relation_say_verbs").longest_prefix(view.text, start, view.stop):
        return None
    name = UNKNOWN_NAME.match(view.text, start, view.stop)
    if name:
        return None if tail().fullmatch(name[0]) else name.end()
    verbs = {hit.start for hit in view.hits("relation_verbs")}
    if start in verbs or speech().match(view.text, start, view.stop) or view.text[start : start + 1] in NO_NAME:
        return None
    return next((start + length for length in (2, 3) if start + length in verbs), None)
