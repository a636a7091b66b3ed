"""Titles of a sentence with the bodies they are held in, and chains of them that belong to one person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.lexicon import lexicon
from kg.model import OFFICIAL, ORGANIZATION, TITLE, Mention, Tenure
from kg.recognisers.short_forms import ABBREVIATED, abbreviates
from kg.view import View

UNIT_GAP = re.compile(r"[、兼/\s]{0,2}")
HAN = re.compile(r"[\u4e00-\u9fff]")
COMMA = re.compile(r"[，,]")
BODY_GAP = re.compile(r"[ \u3000的]*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A title and the body it is held in (an ellipsis where the sentence names none)."""

    title: Mention
    body: Mention
    tenure: Tenure
    known: bool = True  # False where a noun stands before the title that no rule took for a body

    @property
    def start(self) -> int:
        return self.title.start if self.body.is_ellipsis else min(self.body.start, self.title.start)


def units(view: View) -> tuple[Unit, ...]:
    """Titles of the sentence with their bodies, by start."""
    if "units" not in view.memo:
        view.memo["units"] = tuple(_unit(view, title) for title in view.of(TITLE))
    found: tuple[Unit, ...] = view.memo["units"]
    return found


def _unit(view: View, title: Mention) -> Unit:
    start, tenure = title.start, Tenure.CURRENT
    if word := lexicon("title_status").longest_suffix(view.text, view.start, start):
        tenure = Tenure(lexicon("title_status").entries[word]["tenure"])
        start -= len(word)
    body = body_before(view, start) or (body_before(view, title.start + 1) if start == title.start else None)
    if body is not None and (word := lexicon("title_status").longest_suffix(view.text, view.start, body.start)):
        tenure = Tenure(lexicon("title_status").entries[word]["tenure"])
    known = body is not None or not _unknown_body_before(view, start)
    return Unit(title, body or view.ellipsis(start, ORGANIZATION), tenure, known)


def _unknown_body_before(view: View, offset: int) -> bool:
    """A noun stands before the title that no rule took for a body: whose post it is, is not known."""
    token = next((t for t in view.tokens if t.stop == offset or t.start < offset - 1 < t.stop - 1), None)
    if token is None or token.tag[0] not in "njl" or token.tag in ("nr", "nrt"):
        return False
    begins = token.start == view.start or not HAN.fullmatch(view.text[token.start - 1])
    if begins and offset - token.start == 1 and token.word[0] in lexicon("posted_endings"):
        return False  # 局 of 局党组成员张三: the body spoken of; but not 部 of 动员部部长
    known = any(m.start < offset <= m.stop for m in view.of(OFFICIAL, TITLE))
    taken = lexicon("office_verbs").longest_suffix(view.text, view.start, offset)  # 张三任顾问
    if taken and any(person.stop == offset - len(taken) for person in view.of(OFFICIAL)):
        return False
    return not (known or lexicon("boundary_words").longest_suffix(view.text, view.start, offset))


def body_before(view: View, offset: int) -> Mention | None:
    """The longest body that ends where the title begins (a space or 的 between is allowed)."""
    before = [b for b in view.of(ORGANIZATION) if b.stop <= offset and _reaches(view, b, offset)]
    return max(before, key=lambda b: (b.stop, -b.start), default=None)


def _reaches(view: View, body: Mention, offset: int) -> bool:
    """社会福利署署长, 社会福利署（社署）署长."""
    short = ABBREVIATED.match(view.text, body.stop, offset)
    second = short and any((other.start, other.stop) == short.span("short") for other in view.of(ORGANIZATION))
    stop = short.end() if short and (second or abbreviates(short["short"], body.text)) else body.stop
    return BODY_GAP.fullmatch(view.text, stop, offset) is not None


def chain(view: View, last: Unit) -> tuple[Unit, ...]:
    """`last` and the units directly before it: 省委常委、宣传部部长."""
    chain = [last]
    for unit in reversed(units(view)):
        begun = with_status(view, chain[0])
        if unit.title.stop > chain[0].start:
            continue
        joined = UNIT_GAP.fullmatch(view.text, unit.title.stop, begun)
        if joined or (COMMA.fullmatch(view.text, unit.title.stop, begun) and _open(view, unit) and _own(chain[0])):
            chain.insert(0, unit)
    return tuple(chain)


def _own(unit: Unit) -> bool:
    return not unit.body.is_ellipsis


def _open(view: View, unit: Unit) -> bool:
    """县委常委，县委组织部部长张三 holds both posts: nobody stands before the first, and no verb."""
    before = view.text[: unit.start].rstrip()
    return _own(unit) and (unit.start == view.start or before[-1:] in "，,。；;：:")


def siblings(view: View, unit: Unit) -> tuple[Mention, ...]:
    """甲协会 of 甲协会、乙协会会长张三: bodies of one kind before a post that they share."""
    found, body = [], unit.body
    for other in reversed(view.of(ORGANIZATION)):
        gap = view.text[other.stop : body.start]
        if other.stop <= body.start and gap in ("、", "及", "和", "与") and other.text[-1:] == body.text[-1:]:
            found.append(other)
            body = other
    return tuple(found)


def with_status(view: View, unit: Unit) -> int:
    """Where a unit begins, with the word for its time before it: 原, 时任."""
    word = lexicon("title_status").longest_suffix(view.text, view.start, unit.start)
    return unit.start - len(word or "")


def first_of_chain(view: View, unit: Unit) -> int:
    """Where the chain of units that ends with this one begins."""
    return with_status(view, chain(view, unit)[0])
