"""Names of bodies: one spelling for what means the same, and what a name tells of its body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.gazetteer import Division, gazetteer
from kg.kinds._bodies import COMPANY, is_committee
from kg.lexicon import lexicon
from kg.model import Mention

SESSION = re.compile(r"第?[一二三四五六七八九十]{1,3}届(?=人大|政协|人民代表大会|常委会)")  # 市十三届人大常委会
SERVING = re.compile(r"[站队所馆组]$|中心$|医院$")  # of the place, not of the body, more often than not
SHORTEST_HOST = 4  # characters: 甲大学; not 民政
QUOTES = str.maketrans("", "", "“”‘’「」『』\"' \u3000")


INNER_COMMITTEES = ("党委", "党组")  # a school or firm has one too, but no departments that share its name
TERRITORIES = tuple("市区县州盟旗团师镇乡")


def canonical(name: str) -> str:
    """One spelling of a name's end: 人社局 → 人力资源和社会保障局 (equivalent_bodies)."""
    name = SESSION.sub("", name.translate(QUOTES))
    tails = lexicon("equivalent_bodies")
    tail = tails.longest_suffix(name, 0, len(name))
    if tail is None or name.endswith(tails.entries[tail]["full"]):
        return name
    return name[: len(name) - len(tail)] + tails.entries[tail]["full"]


def full_name(division: Division) -> str:
    """The division's name; with its city before it where several divisions bear the name."""
    if division.level == "county" and division.parent and len(gazetteer().named(division.name)) > 1:
        parent = gazetteer().get(division.parent)
        if parent is not None:
            return f"{parent.name}{division.name}"
    return division.name


def without_province(text: str, chain: Sequence[Mention], divisions: Mapping[Mention, Division | None]) -> str:
    """河北省云湖市民政局 → 云湖市民政局: the city alone says which."""
    found = [divisions.get(place) for place in chain[:2]]
    if len(chain) > 1 and all(found):
        outer, inner = (division for division in found if division)
        levels = outer.level, inner.level
        if levels == ("province", "prefecture") and gazetteer().within(inner.code, outer.code):
            return text[chain[0].stop - chain[0].start :]
    return text


def committee_prefix(name: str) -> str | None:
    """云湖市委 in 云湖市委组织部: departments of a committee share it."""
    for tail in lexicon("committee_tails").find(name):
        if tail.word not in INNER_COMMITTEES or name[tail.start - 1 : tail.start] in TERRITORIES:
            return name[: tail.stop]
    return None


def is_independent(text: str) -> bool:
    """民政局, 慈善总会 after 市工商联、: bodies of the same place, not sections."""
    return len(text) > 2 and text[-1] in lexicon("independent_tails")


def is_section(text: str) -> bool:
    """Whether a name ends as sections do: 处, 科, 办公室, 学院."""
    return bool(lexicon("section_tails").longest_suffix(text, 0, len(text)))


def is_section_of(name: str, host: str) -> bool:
    """Whether one name is the other's with a section's after it; a committee's department is no section."""
    rest = name[len(host) :]
    if not rest or not name.startswith(host) or is_committee(host) or len(host) < SHORTEST_HOST:
        return False
    return is_section(rest) and not COMPANY.search(rest) and not SERVING.search(rest)
