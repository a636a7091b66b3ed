"""Runs of bodies and people that share a part in the sentence: A、B和C, A会同B, 局长张三、处长李四.

A *group* is a run of units, with the word before it that tells its part (由, 在, 联合 …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.kinds._bodies import is_committee
from kg.lexicon import lexicon
from kg.model import OFFICIAL, TITLE, Mention
from kg.relations._patterns import COMMA, list_gaps, person_tail, same_kind_gap, sends, tail, unknown_gap, unknown_start
from kg.relations._units import Unit, units
from kg.relations._verbs import pivots, verbs
from kg.view import View

PIECE = re.compile(r"(?:以及|[^、，,和与及\s])+?(?=等?(?:以及|[、，,和与及\s]|$))")
OURS = re.compile(r"[我本该該][校院系会會局厅廳所社]")  # 我校: the body that writes
NOUNS = ("n", "vn", "j", "l", "i", "s")  # the segmenter's tags of nouns and the like
UNKNOWN_LENGTH = 60  # code points of unknown members between two known ones
SPLIT_BEFORE = re.compile(r"(?:是|为|為|有|包括|[：:])\s*$")


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
        view.memo["groups"] = tuple(_grouped(view, units(view)))
    memo: tuple[Group, ...] = view.memo["groups"]
    return memo


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
    rest = tail().match(view.text, run[-1].stop, view.stop)
    after = rest.end() if rest else run[-1].stop
    acting = any(hit.start - after in range(3) for hit in view.hits("relation_verbs"))
    named = SPLIT_BEFORE.search(view.text, view.start, run[0].start)
    if commas and named and (acting or view.text.startswith("协办", after)):
        return [_group(view, run[: commas[-1]]), _group(view, run[commas[-1] :])]
    return [_group(view, run)]


def _joined(view: View, left: Unit, right: Unit) -> bool:
    gap = view.text[left.stop : right.start]
    if any(pattern.fullmatch(gap) for pattern in list_gaps()) or (left.posted and gap in ("：", ":")):
        return True
    if _only_unknown_members(view, left.stop, right.start) or _name_begins(view, left.stop, right.start):
        return True
    if gap == "" and _side_by_side(left, right):
        return True
    if not same_kind_gap().fullmatch(gap):
        return False
    kinds = {unit.kind for unit in (left, right) if unit.kind}
    return len(kinds) == 1 or _sends_somebody(view, right)


def _side_by_side(left: Unit, right: Unit) -> bool:
    """区委区政府: a committee and the government of its place, written without a mark."""
    committee = left.member is not None and is_committee(left.member.text)
    return committee and right.member is not None and right.member.text.endswith("政府")


def _only_unknown_members(view: View, start: int, stop: int) -> bool:
    """Members between two others of which no rule knows: A、某某平台、各县代表，B. Each ends in a noun."""
    gap = unknown_gap().fullmatch(view.text, start, stop)
    if gap is None or stop - start > UNKNOWN_LENGTH:
        return False
    if any(start <= hit.start and hit.stop <= stop for hit in (*verbs(view), *pivots(view))):
        return False
    ends = {token.stop: token.tag for token in view.tokens if start < token.stop <= stop}
    ends |= {title.stop: "n" for title in view.of(TITLE)}
    pieces = [piece for piece in PIECE.finditer(view.text, *gap.span("rest")) if piece[0]]
    return all(ends.get(piece.end(), "").startswith(NOUNS) or OURS.fullmatch(piece[0]) for piece in pieces)


def _name_begins(view: View, start: int, stop: int) -> bool:
    """A、康乐苑B区业委会: the last member's name begins before what is known of it."""
    gap = unknown_start().fullmatch(view.text, start, stop)
    if gap is None:
        return False
    tags = [token.tag for token in view.tokens if token.start < stop and token.stop > gap.start("rest")]
    return all(tag.startswith((*NOUNS, "eng", "m", "x")) for tag in tags)


def _sends_somebody(view: View, unit: Unit) -> bool:
    """局长张三，市妇联、市残联负责人出席: bodies among people, with their unnamed heads."""
    return sends().match(view.text, unit.stop, view.stop) is not None


def _group(view: View, run: list[Unit]) -> Group:
    start, stop = run[0].start, run[-1].stop
    named = run[-1].member is not None and run[-1].member.kind == OFFICIAL
    rest = (person_tail() if named else tail()).match(view.text, stop, view.stop)
    before = view.text[view.start : start]
    quoted = len(before) - len(before.rstrip("“‘「『"))
    marker, part = _part(view, start - quoted)
    people = any(unit.kind == OFFICIAL and not unit.posted for unit in run)
    members = tuple(unit.member for unit in run if unit.member and not (people and unit.posted))
    return Group(start, rest.end() if rest else stop, members, part, marker)


def _part(view: View, start: int) -> tuple[int, str]:
    """Where the word before a list stands that tells its part, and the part: 由甲局, 携手爱心企业甲公司."""
    prepositions = lexicon("relation_prepositions")
    called = lexicon("relation_collectives").longest_suffix(view.text, view.start, start) or ""
    for at in (start, start - len(called)):
        if word := prepositions.longest_suffix(view.text, view.start, at):
            return at - len(word), prepositions.entries[word]["part"]
    return start, ""
