"""`organizes`: a body or a person holds an event or runs a program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._patterns import worded
from kg.lexicon import lexicon
from kg.model import EVENT, OFFICIAL, ORGANIZATION, PROGRAM, Modality, Role
from kg.relations import _acts as acts
from kg.relations import _labels as labels
from kg.relations._units import outer
from kg.view import Link, View

RELATION = "organizes"
NEEDS = ("organization", "official", "title", "place", "event", "program")

WHAT = (EVENT, PROGRAM)
OWNER = r"(?:«relation_entered»?的|[：:]|[—-]{1,2})?\s*[“‘「『《]*"
UNVEILED = re.compile(r"揭牌|挂牌|揭幕")  # of such a ceremony the body named is what is unveiled
SITS = re.compile(r"(?:人大|政协|人民代表大会|常务委员会|人大常委会|党代会)$")  # its meeting is the body itself
IN_BRACKETS = re.compile(r"[”’」』》]*(?:项目|计划|活动|行动|服务|工程)?\s*[（(](?:(?:实施|承办|申报|执行)单位)?[：:]?")


def holds(view: View) -> Iterator[Link]:
    """The verb between them: 省民政厅举办某某会, A联合B启动某某行动."""
    for act in acts.active(view, RELATION, *WHAT):
        if not UNVEILED.match(act.objects[0].text):
            yield from act.links(by=_doers(view, act))


def held_by(view: View) -> Iterator[Link]:
    """Before what is held: A指导、B主办的某某大赛."""
    for act in acts.relative(view, RELATION, *WHAT):
        yield from act.links(by=_doers(view, act))


def hosted(view: View) -> Iterator[Link]:
    """After it: 活动由A主办，B承办."""
    for act in acts.passive(view, RELATION, *WHAT, bare="relation_bare_organizers"):
        yield from act.links(by=_doers(view, act))


def host_label(view: View) -> Iterator[Link]:
    """Under a label: 主办单位：A、B."""
    for act in labels.labelled(view, RELATION, *WHAT):
        yield from act.links(by=_doers(view, act))


def host_listed(view: View) -> Iterator[Link]:
    """In a line of its own under 主办单位."""
    for act in labels.listed(view, RELATION, *WHAT):
        yield from act.links(by=(ORGANIZATION,))


def host_is(view: View) -> Iterator[Link]:
    """Turned round: 张罗这场活动的，是A."""
    for act in acts.cleft(view, RELATION, *WHAT):
        yield from act.links(by=(ORGANIZATION,))


def _doers(view: View, act: acts.Act) -> tuple[str, ...]:
    """Bodies; a person only where the verb is one of beginning something: 张三发起某某行动."""
    word = lexicon("relation_person_verbs").longest_prefix(view.text, act.anchor, view.stop)
    return (ORGANIZATION, OFFICIAL) if word else (ORGANIZATION,)


def own_event(view: View) -> Iterator[Link]:
    """A body's own gathering: 某协会第二次会员代表大会."""
    endings = tuple(lexicon("relation_own_events"))
    for event in outer(view, EVENT):
        if any(part.rstrip("”」』）)").endswith(endings) for part in event.text.split("暨")):
            bodies = (b for b in view.of(ORGANIZATION) if b.start == event.start and b.stop < event.stop)
            own = [b for b in bodies if not SITS.search(b.text)]
            if own:
                yield Link(max(own, key=lambda b: b.stop), event, event.start, modality=Modality.DONE)


def own_program(view: View) -> Iterator[Link]:
    """A body's name before its program: 某某服务中心的“某某”项目."""
    for program in outer(view, PROGRAM):
        for body in outer(view, ORGANIZATION):
            if body.stop <= program.start and worded(OWNER).fullmatch(view.text, body.stop, program.start):
                yield Link(body, program, body.start, modality=Modality.DONE)


def in_brackets(view: View) -> Iterator[Link]:
    """A list of programs, each with its body: 某某项目（某某协会）."""
    for program in outer(view, PROGRAM):
        for body in outer(view, ORGANIZATION):
            if body.start >= program.stop and IN_BRACKETS.fullmatch(view.text, program.stop, body.start):
                closed = view.text[body.stop : body.stop + 1] in ("）", ")")
                if closed or view.sentence.role is Role.ROW:
                    yield Link(body, program, body.start, modality=Modality.DONE)


RULES = (holds, held_by, hosted, host_label, host_listed, host_is, own_event, own_program, in_brackets)
