"""Patterns over the word lists of relations, each built once, when first asked for."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import lexicon

BRACKETED = r"(?:[（(][^）)]{0,40}[）)])"
COMMA = r"[，,]"
AND = r"(?:以及|和|及|与|还有|另有)"
CLOSERS = "”’」』"
HELD_BACK = "由的出参主承举印发召联共"  # characters that begin the verb after 等: A、B等出席
HEADCOUNT = r"[共约近计总合大超过]{0,4}\d+余?多?(?:人次?|名|位)"  # 代表共约40人参加
DELEGATION = r"(?:等)?组成的[^，,。；;：:、]{1,10}"  # 会长张三等组成的访问团一行6人


def any_of(name: str) -> str:
    """An alternation of the words of a list, longest first."""
    return "|".join(re.escape(word) for word in sorted(lexicon(name), key=len, reverse=True))


def _and_others() -> str:
    led = rf"等[^，,。；;：:{HELD_BACK}]{{1,16}}?(?:{any_of('relation_representatives')})"  # 等部、省领导
    return rf"(?:{led}|等(?:[^，,。；;、：:{HELD_BACK}]{{0,12}}?(?:{any_of('relation_collectives')})+)?)"


def _tail() -> str:
    acting = "(?![组組][织織])"  # 某协会组织志愿者: a verb
    people = rf"(?:的|各)?{acting}(?:{any_of('relation_collectives')})?(?:{any_of('relation_representatives')})"
    return rf"(?:{BRACKETED}|[{CLOSERS}]|{people}|{_and_others()}|{_manner()})*"


def _manner() -> str:
    """What follows people and bodies alike: how many, of what rank, how they are addressed."""
    counted = rf"[\d两二三四五六七八九十]+余?多?(?:方|[家个](?:{any_of('relation_collectives')}))"  # 三家单位, 三方
    return rf"{HEADCOUNT}|{counted}|{DELEGATION}|{any_of('academic_ranks')}|老师|女士|先生|一行|分别|夫妇"


@cache
def tail() -> re.Pattern[str]:
    """What may follow the last body of a list: 等单位, 有关负责人, （…）."""
    return re.compile(_tail())


@cache
def person_tail() -> re.Pattern[str]:
    """What may follow the last person of a list."""
    return re.compile(rf"(?:{BRACKETED}|同志|{_and_others()}|{_manner()})*")


@cache
def list_gaps() -> tuple[re.Pattern[str], ...]:
    """What joins two members of a list, of whatever kinds."""
    representatives = any_of("relation_representatives")
    joiner = rf"\s*(?:{any_of('relation_list_joiners')}|\s)\s*"
    return (
        re.compile(rf"{_tail()}{joiner}[^\s，,。；;：:、]{{0,2}}(?<![在由向对为])"),
        re.compile(rf"(?:的|各)?(?:{representatives}){COMMA}\s*{AND}?"),
        re.compile(rf"{_tail()}{COMMA}\s*{AND}"),
    )


@cache
def same_kind_gap() -> re.Pattern[str]:
    """What joins two members of one kind: a comma alone is enough."""
    role = rf"(?:(?:联合|聯合)?(?:{any_of('relation_roles')})(?:方|单位|單位)(?:代表)?《?)"
    return re.compile(rf"{_tail()}{COMMA}\s*{AND}?{role}?")


@cache
def unknown_gap() -> re.Pattern[str]:
    """Members between two others of which no rule may know: A、某某平台、各县代表，B."""
    joiner = rf"(?:、|{AND}|{COMMA}{AND}?)"
    first = rf"(?:{joiner}|{any_of('relation_list_joiners')})"
    return re.compile(rf"{_tail()}{first}(?P<rest>[^。；;：:]{{2,60}}?){joiner}")


@cache
def unknown_start() -> re.Pattern[str]:
    """A mark of a list, and the first words of a name whose end alone is known."""
    return re.compile(rf"{_tail()}、(?P<rest>[^\s，,。；;：:、（）()]{{3,8}})")


@cache
def sends() -> re.Pattern[str]:
    """The rest of a list of bodies that ends with those who come for them."""
    people = any_of("relation_representatives")
    return re.compile(rf"(?:、[^，,。；;：:]{{1,40}}?)?(?:等[^，,。；;：:]{{0,8}}?)?(?:的|各)?(?:{people})")


@cache
def unnamed() -> re.Pattern[str]:
    """People who are only counted or called what they are: 机关各科室负责人, 社工代表共80余人."""
    people = f"{any_of('relation_representatives')}|{any_of('relation_member_titles')}|人|群众|师生|党员"
    return re.compile(rf"[^，,。；;：:]{{1,60}}(?:{people})等?[^，,。；;：:]{{0,6}}")


@cache
def thing_gap() -> re.Pattern[str]:
    """What stands between two things of one list: “甲”项目、“乙”行动, 《甲》《乙》."""
    heads = any_of("relation_thing_heads")
    return re.compile(
        rf"[{CLOSERS}》）)]*(?:{heads})?[{CLOSERS}]*(?:（[^（）]*）|\([^()]*\))?"
        rf"\s*(?:、|和|与|及|以及|暨|{COMMA}(?:以及|和|及)?)?\s*[“‘「『《（(]*"
    )


@cache
def assisted() -> re.Pattern[str]:
    """The end of a chain of hosts: 由A主办，B协办的."""
    return re.compile(rf"(?:[、，,；;][^，,。；;：:的]{{1,80}}?(?:{any_of('relation_assists')}))+的")


@cache
def nominal() -> re.Pattern[str]:
    """What makes a noun of the verb before it: 主办单位, but 主办方案 and 承办地方 stay."""
    return re.compile(rf"(?:{any_of('relation_noun_tails')})(?<!方(?=案))(?<!地(?=[方区]))")


@cache
def speech() -> re.Pattern[str]:
    """作了题为某某的报告, 致欢迎词, 宣布大赛开幕: what one does at a gathering only."""
    return re.compile(
        rf"(?P<opens>宣布[^，,。；;：:]{{1,24}}?(?:{any_of('relation_openings')}))"
        r"|致(?![力使富以敬电信])[^，,。；;：:、致]{0,8}?[辞词辭詞]"
        rf"|(?<![工合写操制著运动协])[作做](?:了)?[^，,。；;：:、]{{0,30}}?(?:{any_of('relation_speech_nouns')})"
        r"(?=[，,。；;：:、！\s）)]|并|和|后|时|中|说|指出|$)"
    )


@cache
def gathering() -> re.Pattern[str]:
    """A gathering that is only called what it is: 此次活动, 启动仪式."""
    return re.compile(rf"[^，,。；;：:、的《“全省市县区工]{{0,4}}?(?:{any_of('relation_gatherings')})")


@cache
def at_gathering() -> re.Pattern[str]:
    """会上, 仪式上, 活动现场; also after a name: 某某论坛上."""
    return re.compile(rf"(?:{any_of('relation_gathering_places')}|(?<=[会會式动動坛班])上)")
