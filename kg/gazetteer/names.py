"""Shorter names of divisions, formed from the official ones."""

from __future__ import annotations

import re

from kg.lexicon import lexicon

_AUTONOMOUS = re.compile(r"自治(区|州|县|旗)$")
_CLASS = re.compile(
    r"(?:特别行政区|地区|特区|(?<=..)新区|(?<!矿)区|[省市县盟]"
    r"|(?<![左右前中后合蓝黄白])旗)$"  # 左旗, 正蓝旗: the banner's name is not complete without it
)


def short_name(name: str) -> str:
    """The name without its class, or itself where less than two characters would remain.

    >>> short_name("常德市"), short_name("红河哈尼族彝族自治州"), short_name("赵县")
    ('常德', '红河', '赵县')
    """
    rest = _AUTONOMOUS.sub("", name)
    rest = without_groups(rest) if rest != name else _CLASS.sub("", name)
    return rest if len(rest) >= 2 else name


def without_groups(stem: str) -> str:
    """红河哈尼族彝族 → 红河; a name that is all groups keeps its first: 东乡族 → 东乡."""
    groups = lexicon("place_ethnic_groups")
    if stem == "内蒙古":
        return stem
    while (group := groups.longest_suffix(stem, 0, len(stem))) is not None:
        if len(stem) == len(group):
            return stem.removesuffix("族")
        stem = stem.removesuffix(group)
    return stem


def other_names(name: str) -> tuple[str, ...]:
    """Names between the official and the short one; for townships of an ethnic group the plain name.

    >>> other_names("红河哈尼族彝族自治州"), other_names("石柱土家族自治县"), other_names("莪山畲族乡")
    (('红河州',), ('石柱县',), ('莪山乡',))
    """
    if name.endswith("族乡"):
        return (without_groups(name.removesuffix("乡")) + "乡",)
    kind = _AUTONOMOUS.search(name)
    if kind is None or kind[1] == "区":
        return ()
    return (short_name(name) + kind[1],)
