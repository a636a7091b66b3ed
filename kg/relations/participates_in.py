"""`participates_in`: a person or body takes part in an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Hit
from kg.model import EVENT, OFFICIAL, ORGANIZATION, Mention
from kg.relations import _acts as acts
from kg.relations._frames import agents, clause_stop, object_left, objects_right, verbs
from kg.relations._groups import outer
from kg.view import Link, View

RELATION = "participates_in"
NEEDS = ("organization", "official", "title", "event")

BY = (OFFICIAL, ORGANIZATION)
GATHERING = re.compile(
    r"(?:本次|此次|该|本|这次|这场)?(?:启动|启用|签约|揭牌|开幕|闭幕|开班|成立|颁奖|表彰|捐赠|授牌|发布)?"
    r"(?:活动|活動|会议|會議|仪式|儀式|大会|大會|论坛|研讨|座谈|典礼|开班式|开幕式|启动式|盛会|盛典)"
)
END = re.compile(r"(?:了|并|、|和|及|，|,|。|；|;|！|”|）|\)|\s|$)")
AT = re.compile(
    r"(?:[会會](?:议|議)?|仪式|儀式|活动|活動|论坛|大会|典礼|座谈|培训|班)(?:现场)?(?:上|中|间|期间)|现场|会后|会前"
)


def attends(view: View) -> Iterator[Link]:
    """Those before the verb: 张三、李四出席会议, 省妇联有关负责人参加活动."""
    for verb in verbs(view, RELATION):
        event = _event(view, verb)
        if event is not None:
            who, _ = agents(view, verb)
            persons_only = verb.fields["sense"] in ("office", "weak")
            yield from acts.Act(who, (event,), verb.start).links(by=(OFFICIAL,) if persons_only else BY)


def present(view: View) -> Iterator[Link]:
    """Those after it: 出席仪式的有张三、李四."""
    for act in acts.cleft(view, RELATION, EVENT):
        yield from act.links(by=BY)


def present_label(view: View) -> Iterator[Link]:
    """Under a label: 参会人员：张三、李四."""
    for act in acts.labelled(view, RELATION, EVENT):
        yield from act.links(by=BY)


def speaks_at(view: View) -> Iterator[Link]:
    """会上，张三指出…: who speaks there is there."""
    place = next(view.find(AT), None)
    if place is None:
        return
    for said in view.hits("relation_say_verbs"):
        if said.start >= place.end():
            who, group = agents(view, said)
            event = _at_event(view, place) or view.ellipsis(place.start(), EVENT)
            if group is not None:
                yield from acts.Act(who, (event,), said.start).links(by=(OFFICIAL,))


def _event(view: View, verb: Hit) -> Mention | None:
    """Which event the verb speaks of; None where it need not be one."""
    named = objects_right(view, verb, EVENT)
    if named:
        return named[0]
    left = object_left(view, verb.start, EVENT)
    sense = verb.fields["sense"]
    if sense == "weak":
        return left or (view.ellipsis(verb.start, EVENT) if next(view.find(AT), None) else None)
    if sense == "attend" and not _no_object(view, verb):
        return None
    return left or view.ellipsis(verb.start, EVENT)


def _no_object(view: View, verb: Hit) -> bool:
    """The verb ends its clause, or its object is only called 活动, 会议."""
    if END.match(view.text, verb.stop, view.stop) or verb.stop >= view.stop:
        return True
    if verb.word.endswith(("会议", "活动", "仪式")):
        return True
    generic = GATHERING.match(view.text, verb.stop, clause_stop(view, verb.stop))
    return generic is not None and END.match(view.text, generic.end(), view.stop) is not None


def _at_event(view: View, place: re.Match[str]) -> Mention | None:
    found = [m for m in outer(view, EVENT) if m.start < place.end()]
    return found[-1] if found else None


RULES = (attends, present, present_label, speaks_at)
