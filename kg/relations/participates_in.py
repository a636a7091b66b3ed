"""`participates_in`: a person or body takes part in an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Hit, lexicon
from kg.model import EVENT, OFFICIAL, ORGANIZATION, Mention
from kg.relations import _acts as acts
from kg.relations import _labels as labels
from kg.relations._frames import agents, listed_after
from kg.relations._groups import Group
from kg.relations._objects import object_left, objects_right
from kg.relations._patterns import at_gathering, gathering
from kg.relations._units import outer
from kg.relations._verbs import clause_stop, verbs
from kg.view import Link, View

RELATION = "participates_in"
NEEDS = ("organization", "official", "title", "event")

BY = (OFFICIAL, ORGANIZATION)
INVITED = re.compile(r"(?:还|還|特别|特別|特)?[邀请邀請]{2}(?:到|了|来)+")
AMONG_THEM = re.compile(r"[^，,。；;：:的]{0,16}?(?:还|亦|也)?(?:包括|计有|还有)有?[：:]?")
OPENS_SPEECH = re.compile(r"[，,：:][^；;\n]*$")
END = re.compile(r"(?:了|并|、|和|及|，|,|。|；|;|！|”|）|\)|\s|$)")


def attends(view: View) -> Iterator[Link]:
    """Those before the verb: 张三、李四出席会议, 省妇联有关负责人参加活动."""
    for verb in verbs(view, RELATION):
        events = _events(view, verb)
        if events:
            who, group = agents(view, verb)
            persons_only = verb.fields["sense"] in ("office", "weak") and not (group and _sent(view, group))
            yield from acts.Act(who, events, verb.start).links(by=(OFFICIAL,) if persons_only else BY)


def present(view: View) -> Iterator[Link]:
    """Those after it: 出席仪式的有张三、李四."""
    for act in acts.cleft(view, RELATION, EVENT):
        yield from act.links(by=BY)
    for verb in verbs(view, RELATION):
        said = AMONG_THEM.match(view.text, verb.stop, view.stop)
        group = acts.starting_at(view, said.end()) if said and verb.fields["sense"] == "attend" else None
        if group is not None:
            named = [m for m in outer(view, EVENT) if verb.stop <= m.start and m.stop <= group.start]
            event = named[0] if named else acts.spoken_of(view, verb.start, group.members, (EVENT,))
            yield from acts.Act(listed_after(view, group), (event,), verb.start).links(by=BY)


def present_label(view: View) -> Iterator[Link]:
    """Under a label: 参会人员：张三、李四."""
    for act in labels.labelled(view, RELATION, EVENT):
        yield from act.links(by=BY)


def present_listed(view: View) -> Iterator[Link]:
    """In a line of its own under 参加单位."""
    for act in labels.listed(view, RELATION, EVENT):
        yield from act.links(by=BY)


def speaks_at(view: View) -> Iterator[Link]:
    """会上，张三指出…, 市妇联负责人表示…: who speaks there is there."""
    place = next(view.find(at_gathering()), None)
    if place is None:
        return
    for said in view.hits("relation_say_verbs"):
        if said.start >= place.end() and not _reported(view, said):
            who, group = agents(view, said)
            event = _at_event(view, place) or view.ellipsis(place.start(), EVENT)
            if group is not None:
                by = BY if _sent(view, group) else (OFFICIAL,)
                yield from acts.Act(who, (event,), group.stop).links(by=by)


def _reported(view: View, said: Hit) -> bool:
    """Whether what is said is part of what somebody says there: 张三说，李四多次提出…"""
    before = (hit for hit in view.hits("relation_say_verbs") if hit.stop < said.start)
    return any(OPENS_SPEECH.match(view.text, hit.stop, said.start) for hit in before)


def addresses(view: View) -> Iterator[Link]:
    """张三指出，…: who says what is to be done, where the text tells of a gathering, speaks there."""
    if next(view.find(at_gathering()), None) is not None:
        return
    for said in view.hits("relation_say_verbs"):
        if said.word in view.lexicon("relation_address_verbs"):
            who, group = agents(view, said)
            if group is not None and group.part == "":
                yield from acts.Act(who, (view.ellipsis(said.start, EVENT),), said.start).links(by=(OFFICIAL,))


def invited(view: View) -> Iterator[Link]:
    """Whom a gathering has invited: 本次会议邀请了张三、李四."""
    for asked in view.find(INVITED):
        event = object_left(view, asked.start(), EVENT)
        group = acts.starting_at(view, asked.end())
        if event is None or event.stop != asked.start() or group is None:
            continue
        by = BY if END.match(view.text, group.stop, view.stop) else (OFFICIAL,)  # 某局秘书王某: a name unknown
        yield from acts.Act(group.members, (event,), asked.start()).links(by=by)


def _sent(view: View, group: Group) -> bool:
    """Whether the last body of a list acts by somebody who is not named: 市妇联负责人."""
    return view.text.endswith(tuple(lexicon("relation_representatives")), group.start, group.stop)


def _events(view: View, verb: Hit) -> tuple[Mention, ...]:
    """Which events the verb speaks of; none where it need not be one."""
    named = objects_right(view, verb, EVENT)
    if named:
        return named
    left = object_left(view, verb.start, EVENT)
    sense = verb.fields["sense"]
    if sense == "weak" and left is None and next(view.find(at_gathering()), None) is None:
        return ()
    if sense == "attend" and not _no_object(view, verb):
        return ()
    return (left or view.ellipsis(verb.start, EVENT),)


def _no_object(view: View, verb: Hit) -> bool:
    """The verb ends its clause, or its object is only called 活动, 会议."""
    if END.match(view.text, verb.stop, view.stop) or verb.stop >= view.stop:
        return True
    if verb.word.endswith(("会议", "活动", "仪式")):
        return True
    generic = gathering().match(view.text, verb.stop, clause_stop(view, verb.stop))
    return generic is not None and END.match(view.text, generic.end(), view.stop) is not None


def _at_event(view: View, place: re.Match[str]) -> Mention | None:
    found = [m for m in outer(view, EVENT) if m.start < place.end()]
    return found[-1] if found else None


RULES = (attends, present, present_label, present_listed, speaks_at, addresses, invited)
