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
    r"等(?:[^，,。；;、：:由的出参主承举印发召联共]{0,14}?(?:单位|單位|部门|部門|组织|组織|机构|機構|高校|院校|企业|协会|团体|媒体|机关|领导|領導"
    r"|同志|人员|代表|专家|嘉宾)|[^，,。；;、：:由的]{0,8}?(?:家|方面|方|人))?"
)
TAIL = rf"(?:{BRACKETED}|[”’」』]|{REPRESENTATIVES}|{AND_OTHERS}|女士|先生|一行|分别|夫妇)*"
COMMA = r"[，,]"
JOINER = r"\s*(?:、|与|與|和|及其?|以及|暨|同|会同|會同|联合|聯合|携手|攜手|联手|协同|偕同|连同|\s)\s*"
UNKNOWN_GAP = re.compile(rf"{TAIL}、[^，,。；;：:、]{{2,20}}(?:、|和|与|及|以及|[，,](?:以及|和|及)?)")
SHORT_FORM = re.compile(r"[”’」』\"]?[（(][^（）()]{0,40}[）)]")
SPLIT_BEFORE = re.compile(r"(?:是|为|為|有|包括|[：:])\s*$")
LIST_GAP = re.compile(rf"{TAIL}{JOINER}(?:[^\s，,。；;：:、]{{0,2}})(?<![在由向对为])")
AND_ALSO = re.compile(rf"{TAIL}{COMMA}\s*(?:以及|和|及|还有|另有|与)")
SAME_KIND_GAP = re.compile(rf"{TAIL}{COMMA}\s*(?:以及|和|及|还有|另有)?")
MIXED_GAP = re.compile(rf"(?:{REPRESENTATIVES}){COMMA}\s*(?:以及|和|及)?")
TAIL_OF = re.compile(TAIL)
PERSON_TAIL = re.compile(rf"(?:{BRACKETED}|同志|{AND_OTHERS}|女士|先生|一行|分别|夫妇)*")
LEAD_IN = 16  # code points that may introduce a person without being known
INTRODUCES = re.compile(r"[、，,兼/／\s的]{0,2}(?:原|时任|现任|党组|兼)?")
BEFORE_NAME = re.compile(r"[ \u3000：:]{0,3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """One member of a list, from the first word that introduces it to its last."""

    start: int
    stop: int
    member: Mention | None  # None: somebody of whom no rule knows the name


@dataclass(frozen=True, slots=True)
class Group:
    """Members of one list, in order; `part` is what the word before them makes of them."""

    start: int
    stop: int  # past 等单位, 有关负责人 and the like
    members: tuple[Mention, ...]
    part: str  # "" | agent | joint | other | means
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
    """Where what introduces a person begins, back to the last mark: 威海工行行长张三, 市领导张三."""
    at = max(view.text.rfind(mark, view.start, start) for mark in "、，,；;：:。（(　") + 1
    at = max(at, view.start)
    leader = lexicon("leader_words").longest_suffix(view.text, at, start)
    known = any(at < m.stop <= start and m.kind in (OFFICIAL, ORGANIZATION, EVENT) for m in view.mentions)
    verbal = any(at <= token.start < start and token.tag in ("p", "v", "t", "m", "c", "d") for token in view.tokens)
    if not (known or verbal or start - at > LEAD_IN):
        return at
    return start - len(leader or "")


def _introduced_from(view: View, solids: list[Mention], index: int) -> int:
    """Index of the first solid of the chain of posts that ends at the person: A局副局长、B办主任张三."""
    first, here = index, index - 1
    while here >= 0:
        gap = view.text[solids[here].stop : solids[first].start]
        taken = here > 0 and solids[here - 1].kind == OFFICIAL and solids[here - 1].stop == solids[here].start
        title, body = solids[here].kind == TITLE and not taken, solids[here].kind == ORGANIZATION
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


def _body_unit(view: View, solids: list[Mention], body: Mention) -> Unit:
    """A body; with a post and no name (市妇联主席, 物业王主任) it stands for its unnamed head.

    Where a name that no rule knows follows the post, the body does not act.
    """
    title = next((s for s in solids if s.kind == TITLE and -1 <= s.start - body.stop <= 1), None)
    if title is not None and title.text in lexicon("relation_member_titles"):
        return Unit(body.start, title.stop, None)
    if title is None or (title.start > body.stop and view.text[body.stop] in "、，,；;和与"):
        return Unit(body.start, body.stop, body)
    name = re.compile(r"[^和与及等有一的代各、，,。]{2,3}(?=[、，,])").match(view.text, title.stop, view.stop)
    verbs = {hit.start for hit in view.hits("relation_verbs")}
    lengths = () if view.text[title.stop : title.stop + 1] in "和与及等有一的代各、，,。" else (2, 3)
    before_verb = next((title.stop + n for n in lengths if title.stop + n in verbs and title.stop not in verbs), None)
    if (name and not TAIL_OF.fullmatch(name[0])) or before_verb:
        return Unit(body.start, name.end() if name else before_verb or title.stop, None)
    return Unit(body.start, title.stop, body)


def _grouped(view: View, units: list[Unit]) -> list[Group]:
    found: list[Group] = []
    run: list[Unit] = []
    for unit in units:
        if run and not _joined(view, run[-1], unit):
            found += _groups_of(view, run)
            run = []
        run.append(unit)
    return [*found, *_groups_of(view, run)] if run else found


def _groups_of(view: View, run: list[Unit]) -> list[Group]:
    """One group, or two where the last units have a verb of their own: 承办方是A，B协办."""
    commas = [i for i in range(1, len(run)) if re.search(COMMA, view.text[run[i - 1].stop : run[i].start])]
    tail = TAIL_OF.match(view.text, run[-1].stop, view.stop)
    after = tail.end() if tail else run[-1].stop
    acting = any(hit.start - after in range(3) for hit in view.hits("relation_verbs"))
    if commas and (acting or view.text.startswith("协办", after)) and SPLIT_BEFORE.search(view.text, view.start, run[0].start):
        return [_group(view, run[: commas[-1]]), _group(view, run[commas[-1] :])]
    return [_group(view, run)]


def _joined(view: View, left: Unit, right: Unit) -> bool:
    gap = view.text[left.stop : right.start]
    if any(pattern.fullmatch(gap) for pattern in (LIST_GAP, MIXED_GAP, AND_ALSO)):
        return True
    if UNKNOWN_GAP.fullmatch(gap):
        return not any(left.stop <= hit.start and hit.stop <= right.start for hit in view.hits("relation_verbs"))
    kinds = {unit.member.kind for unit in (left, right) if unit.member}
    return len(kinds) == 1 and SAME_KIND_GAP.fullmatch(gap) is not None


def _group(view: View, run: list[Unit]) -> Group:
    start, stop = run[0].start, run[-1].stop
    named = run[-1].member is not None and run[-1].member.kind == OFFICIAL
    tail = (PERSON_TAIL if named else TAIL_OF).match(view.text, stop, view.stop)
    quoted = len(view.text[view.start : start]) - len(view.text[view.start : start].rstrip("“‘「『"))
    word = lexicon("relation_prepositions").longest_suffix(view.text, view.start, start - quoted)
    part = lexicon("relation_prepositions").entries[word]["part"] if word else ""
    return Group(start, tail.end() if tail else stop, tuple(unit.member for unit in run if unit.member), part, start - quoted - len(word or ""))
