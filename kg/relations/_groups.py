"""Runs of bodies and people that share a part in the sentence: A、B和C, A会同B, 局长张三、处长李四.

A *unit* is a body that stands for itself, or a person with the titles and bodies that
introduce him; those bodies do not act. A *group* is a run of units, with the word before
it that tells its part (由, 在, 联合 …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.lexicon import lexicon
from kg.model import EVENT, OFFICIAL, ORGANIZATION, PROGRAM, STANDARD, TITLE, Mention
from kg.view import View

BRACKETED = r"(?:[（(][^）)]{0,40}[）)])"
REPRESENTATIVES = (
    r"(?:的|各|及其)?(?:有关|有關|相关|相關|主要|分管|业务|部分)?(?:负责人|負責人|负责同志|负责人员|领导班子|领导|領導|代表|工作人员"
    r"|干部职工|干部|志愿者|同志|专家|处室|科室|成员)(?:代表|们)?"
)
AND_OTHERS = (
    r"等(?:[^，,。；;、：:由的]{0,16}?(?:单位|單位|部门|部門|组织|组織|機構|机构|高校|企业|协会|方面|家|领导|領導|同志|人员|人|代表|专家|嘉宾))?"
)
TAIL = rf"(?:{BRACKETED}|[”’」』]|{REPRESENTATIVES}|{AND_OTHERS}|女士|先生|一行|分别|夫妇)*"
COMMA = r"[，,]"
JOINER = r"\s*(?:、|与|與|和|及其?|以及|暨|同|会同|會同|联合|聯合|携手|攜手|联手|协同|偕同|连同|\s)\s*"
LIST_GAP = re.compile(rf"{TAIL}{JOINER}(?:[^\s，,。；;：:、]{{0,2}})(?<![在由向对为])")
SAME_KIND_GAP = re.compile(rf"{TAIL}{COMMA}\s*(?:以及|和|及)?")
TAIL_OF = re.compile(TAIL)
INTRODUCES = re.compile(r"[、，,兼/／\s的]{0,2}(?:原|时任|现任|党组|兼)?")
BEFORE_NAME = re.compile(r"[ \u3000：:]{0,3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """One member of a list, from the first word that introduces it to its last."""

    start: int
    stop: int
    member: Mention


@dataclass(frozen=True, slots=True)
class Group:
    """Members of one list, in order; `part` is what the word before them makes of them."""

    start: int
    stop: int  # past 等单位, 有关负责人 and the like
    members: tuple[Mention, ...]
    part: str  # "" | agent | joint | other
    marker: int  # where the word that tells the part begins; `start` if there is none


def groups(view: View) -> tuple[Group, ...]:
    """All groups of the sentence, in order; worked out once."""
    if "groups" not in view.memo:
        view.memo["groups"] = tuple(_grouped(view, _units(view)))
    memo: tuple[Group, ...] = view.memo["groups"]
    return memo


def outer(view: View, *kinds: str) -> list[Mention]:
    """Mentions of these kinds that do not lie within a larger name."""
    names = view.of(ORGANIZATION, OFFICIAL, EVENT, PROGRAM, STANDARD)
    return [m for m in view.of(*kinds) if not any(_within(m, name) for name in names)]


def _within(inner: Mention, name: Mention) -> bool:
    return name.start <= inner.start and inner.stop <= name.stop and name.stop - name.start > inner.stop - inner.start


def _units(view: View) -> list[Unit]:
    solids = outer(view, ORGANIZATION, OFFICIAL, TITLE)
    used: set[int] = set()
    found = []
    for index, solid in enumerate(solids):
        if solid.kind == OFFICIAL:
            first = _introduced_from(view, solids, index)
            last = _explained_to(view, solids, index)
            used.update(range(first, last + 1))
            found.append(Unit(solids[first].start, max(solids[last].stop, _closing(view, solids[last].stop)), solid))
    bodies = [s for i, s in enumerate(solids) if s.kind == ORGANIZATION and i not in used]
    found += [Unit(b.start, _past_title(solids, b), b) for b in bodies]
    return sorted(found, key=lambda unit: unit.start)


def _introduced_from(view: View, solids: list[Mention], index: int) -> int:
    """Index of the first solid of the chain of posts that ends at the person: A局副局长、B办主任张三."""
    first, here = index, index - 1
    while here >= 0:
        gap = view.text[solids[here].stop : solids[first].start]
        title, body = solids[here].kind == TITLE, solids[here].kind == ORGANIZATION
        before_name = solids[first].kind == OFFICIAL and title and BEFORE_NAME.fullmatch(gap)
        before_title = solids[first].kind == TITLE and body and len(gap) <= 6 and not re.search("[，,、；。]", gap)
        before_post = title and solids[first].kind in (ORGANIZATION, TITLE) and INTRODUCES.fullmatch(gap)
        shared = solids[first].stop > solids[here].stop >= solids[first].start  # 组织部长: 部 is in both
        if not (before_name or before_title or before_post or shared):
            break
        first, here = here, here - 1
    return first


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
    match = re.compile(r"[（(][^）)]{0,60}[）)]|[）)]").match(view.text, stop, view.stop)
    return match.end() if match else stop


def _past_title(solids: list[Mention], body: Mention) -> int:
    """A post without a name stands for its body: 市妇联主席参加."""
    title = next((s for s in solids if s.kind == TITLE and 0 <= s.start - body.stop + 1 <= 1), None)
    return title.stop if title else body.stop


def _grouped(view: View, units: list[Unit]) -> list[Group]:
    found: list[Group] = []
    run: list[Unit] = []
    for unit in units:
        if run and not _joined(view, run[-1], unit):
            found.append(_group(view, run))
            run = []
        run.append(unit)
    return [*found, _group(view, run)] if run else found


def _joined(view: View, left: Unit, right: Unit) -> bool:
    gap = view.text[left.stop : right.start]
    if LIST_GAP.fullmatch(gap):
        return True
    return left.member.kind == right.member.kind and SAME_KIND_GAP.fullmatch(gap) is not None


def _group(view: View, run: list[Unit]) -> Group:
    start, stop = run[0].start, run[-1].stop
    tail = TAIL_OF.match(view.text, stop, view.stop)
    word = lexicon("relation_prepositions").longest_suffix(view.text, view.start, start)
    part = lexicon("relation_prepositions").entries[word]["part"] if word else ""
    return Group(start, tail.end() if tail else stop, tuple(unit.member for unit in run), part, start - len(word or ""))
