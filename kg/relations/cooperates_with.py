"""`cooperates_with`: bodies act together; the first-named with each of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.kinds._patterns import worded
from kg.lexicon import Hit
from kg.model import EVENT, ORGANIZATION, Mention
from kg.relations._acts import active
from kg.relations._frames import agents, clean
from kg.relations._groups import groups
from kg.relations._units import outer
from kg.relations._verbs import verbs
from kg.view import Link, View

RELATION = "cooperates_with"
NEEDS = ("organization", "official", "title", "event")

JOINTLY = r"«relation_jointly»"
JOINING = r"«relation_joining»"
GAP = 24  # code points between two members of a list
FOUNDING = rf"{JOINTLY}|共同"  # what two found together is theirs together
PACT = re.compile(
    r"(?:战略|戰略|全面)合作|合作[^，。]{0,8}?[签簽][约約订訂]|合作(?:框架)?[协協][议議]|共建|联建|聯建|结对|結對"
)
PAIR = re.compile(r"[、\s]|[和与與及同暨]|以及")
AGREEMENT = re.compile(r"[^，。；]{0,30}?(?:协议|協議|备忘录|備忘錄|合同|意向书|合作)")


def together(view: View) -> Iterator[Link]:
    """Jointly, before what they do: A联合B举办…, A、B联合印发…."""
    for verb in verbs(view):
        bodies = _bodies(agents(view, verb)[0])
        pattern = FOUNDING if "establishes" in verb.fields["relations"] else JOINTLY
        between = _said_between(view, bodies, verb.stop, worded(pattern))
        if len(bodies) > 1 and between is not None and "cooperates_with" not in verb.fields["relations"]:
            yield from _with_first(bodies, between)


def joins(view: View) -> Iterator[Link]:
    """One with another, whatever they do: A联合B走进社区."""
    for group in groups(view):
        bodies = _bodies(group.members)
        for left, right in pairwise(bodies):
            if (word := worded(JOINING).search(view.text, left.stop, right.start)) and right.start - left.stop <= GAP:
                yield from _with_first(bodies, word.start())
                break
        if group.part == "joint" and worded(JOINING).match(view.text, group.marker, group.start):
            first = _bodies(agents(view, Hit(group.marker, group.start, "", {}))[0])[:1]
            yield from _with_first((*first, *bodies) if first else (), group.marker)


def agreement(view: View) -> Iterator[Link]:
    """The deed itself: A与B签署合作协议, A与B共建…, A同B开展合作."""
    for verb in verbs(view, RELATION):
        bodies = _bodies(agents(view, verb)[0]) or _represented(view, verb.start)
        if len(bodies) > 1 and _is_deed(view, verb, bodies[-1].stop):
            yield from _with_first(bodies, verb.start)


def ceremony(view: View) -> Iterator[Link]:
    """Its gathering: 甲局与乙大学校地合作签约仪式; 甲局、乙大学举行战略合作签约仪式."""
    for event in outer(view, EVENT):
        named = tuple(m for m in view.of(ORGANIZATION) if event.start <= m.start and m.stop <= event.stop)
        bodies = tuple(m for m in named if not any(_within(m, other) for other in named))
        if len(bodies) > 1 and PACT.search(event.text, bodies[-1].stop - event.start) and _paired(view, bodies):
            yield from _with_first(bodies, event.start)
    for act in active(view, "organizes", EVENT):
        hosts = _bodies(act.agents)
        if len(hosts) > 1 and PACT.search(act.objects[0].text):
            yield from _with_first(hosts, act.anchor)


def _within(inner: Mention, name: Mention) -> bool:
    return inner != name and name.start <= inner.start and inner.stop <= name.stop


def _paired(view: View, bodies: tuple[Mention, ...]) -> bool:
    """Whether only words of a list stand between one body and the next."""
    return all(PAIR.fullmatch(view.text, a.stop, b.start) for a, b in pairwise(bodies))


def _is_deed(view: View, verb: Hit, start: int) -> bool:
    """What is signed must be an agreement: 签署合作协议, 在协议上签字."""
    if not verb.word.startswith(("签", "簽")) or verb.word in ("签约", "簽約"):
        return True
    return bool(AGREEMENT.match(view.text, verb.stop, view.stop) or AGREEMENT.match(view.text, start, verb.start))


def _represented(view: View, stop: int) -> tuple[Mention, ...]:
    """张三、李四分别代表A与B签署…."""
    for group in groups(view):
        if group.stop <= stop and view.text[group.marker : group.start] == "代表" and clean(view, group.stop, stop):
            return _bodies(group.members)
    return ()


def _bodies(who: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return tuple(dict.fromkeys(m for m in who if m.kind == ORGANIZATION))


def _said_between(view: View, bodies: tuple[Mention, ...], stop: int, pattern: re.Pattern[str]) -> int | None:
    """Where, outside the names, the sentence says that they act together."""
    if not bodies:
        return None
    for match in pattern.finditer(view.text, bodies[0].stop, stop):
        trapped = any(hit.start <= match.start() < hit.stop for hit in view.hits("relation_verb_traps"))
        if not trapped and not any(m.start <= match.start() < m.stop for m in view.of(ORGANIZATION)):
            return match.start()
    return None


def _with_first(bodies: tuple[Mention, ...], anchor: int) -> Iterator[Link]:
    for other in bodies[1:]:
        yield Link(bodies[0], other, anchor)


RULES = (together, joins, agreement, ceremony)
