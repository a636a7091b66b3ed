"""Who holds which post where, as one sentence says it; `leads` and `holds_post` both read this.

A *unit* is a title with its body (民政局 + 局长); units in a row belong to one person
(A部部长、B工委书记张三), people in a row share a unit (副会长张三、李四).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.kinds.official import COPULA, PROFILE, past_ranks
from kg.lexicon import lexicon
from kg.model import OFFICIAL, ORGANIZATION, TITLE, Mention, Role, Tenure
from kg.relations._post_units import HAN, Unit, body_before, chain, first_of_chain, siblings, units, with_status
from kg.view import View

NAME_GAP = re.compile(r"[ \u3000：:]*(?:同志|先生|女士|的|等\d+[余多]?[人名位])?")
LIST_GAP = re.compile(r"(?:同志|女士|先生)?(?:（[^（）]{1,12}）)?(?:[、，,/\s和与及]|以及){1,4}")
LABEL_GAP = re.compile(r"[ \u3000]*")
COLON = re.compile(r"[ \u3000]*[：:]")
ROW_LABEL = re.compile(
    r"[ \u3000]*(?P<label>[^：:，。\n]{2,12}?)[ \u3000]*"
    r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[名人位][）)]?)?"  # 副主任（三名）：
    r"(?:[，,]?(?:分别)?由(?:以下|下列)(?:同志|人员)[兼担]任)?[：:]"
)
AS_POST = re.compile(
    r"(?:同志|先生|女士|等\d*人?)?(?:的|为|任|担任|作为|当选为?)?"
    r"(?:新(?:任|一任|一届)?|首任|首届)?[ \u3000“]*"
)
BY = re.compile(r"(?:一职|职务)?(?:分别)?由")
OPENERS = re.compile(r"[ \u3000]*[（(，,：:][ \u3000]*|[ \u3000]+")


@dataclass(frozen=True, slots=True)
class Post:
    """A person in a unit, and the frame that showed it."""

    person: Mention
    unit: Unit
    frame: str  # before_name | after_name | appointed | removed | roster
    tenure: Tenure


def posts(view: View) -> tuple[Post, ...]:
    """All posts the sentence states, each once, the first frame that finds it deciding."""
    if "posts" not in view.memo:
        found: dict[tuple[str, int, int], Post] = {}
        for frame in (_removed, _appointed, _roster, _after_name, _before_name):
            for post in frame(view):
                if not post.unit.known and post.unit.body.is_ellipsis:
                    continue  # whose post it is, the sentence says in a word that no rule knows
                found.setdefault((post.person.name, post.unit.title.start, post.unit.body.start), post)
        view.memo["posts"] = tuple(found.values())
    stated: tuple[Post, ...] = view.memo["posts"]
    return stated


def _people_from(view: View, offset: int) -> list[Mention]:
    """People named one after the other from `offset` on."""
    people: list[Mention] = []
    offset = past_ranks(view.text, offset, view.stop)
    for person in view.of(OFFICIAL):
        gap = LIST_GAP if people else NAME_GAP
        if person.start >= offset and gap.fullmatch(view.text, offset, person.start):
            if people and any(unit.title.start == person.stop for unit in units(view)):
                break
            people.append(person)
            offset = person.stop
    return people


def _people_until(view: View, offset: int) -> list[Mention]:
    """People named one after the other up to `offset`."""
    people: list[Mention] = []
    for person in reversed(view.of(OFFICIAL)):
        gap = LIST_GAP if people else NAME_GAP
        if person.stop <= offset and gap.fullmatch(view.text, person.stop, offset):
            people.insert(0, person)
            offset = person.start
    return people


def _before_name(view: View) -> Iterator[Post]:
    """某局局长张三; 副会长张三、李四."""
    for last in units(view):
        if _belongs_before(view, last):
            continue
        for number, person in enumerate(_people_from(view, last.title.stop)):
            for unit in chain(view, last) if number == 0 else (last,):
                yield Post(person, unit, "before_name", unit.tenure)
                shared = () if unit.body.is_ellipsis else siblings(view, unit)
                yield from (Post(person, replace(unit, body=b), "before_name", unit.tenure) for b in shared)


def _belongs_before(view: View, unit: Unit) -> bool:
    """甲　区政府副区长　乙　区民政局局长: where names and posts alternate by spaces, the name stands first."""
    if not view.text[unit.title.stop : unit.title.stop + 1].isspace():
        return False
    first = first_of_chain(view, unit)
    return any(p.stop < first and not view.text[p.stop : first].strip() for p in view.of(OFFICIAL))


def _after_name(view: View) -> Iterator[Post]:
    """张三（某局局长）, 张三副局长, and a row 张三　某局局长."""
    for unit in units(view):
        first = first_of_chain(view, unit)
        for person in view.of(OFFICIAL):
            gap = view.text[person.stop : first]
            if person.stop > first or _title_before(view, person) or not (gap == "" or OPENERS.fullmatch(gap)):
                continue
            comma = "，" in gap or "," in gap
            if comma and (person.start != view.start or _people_from(view, unit.title.stop)):
                continue
            if gap == "" and unit.body.is_ellipsis and (body := body_before(view, person.start)) is not None:
                yield Post(person, Unit(unit.title, body, unit.tenure), "after_name", unit.tenure)
            elif gap == "" and unit.body.is_ellipsis and _behind_unknown(view, person.start):
                continue
            elif gap.strip(" \u3000") or gap == "" or view.sentence.role is Role.ROW or person.start == view.start:
                yield Post(person, unit, "after_name", unit.tenure)


def _behind_unknown(view: View, offset: int) -> bool:
    """母亲会张三理事: what stands directly before the name is the body, known or not."""
    if offset == view.start or not HAN.fullmatch(view.text[offset - 1]):
        return False
    if any(m.stop == offset for m in view.of(OFFICIAL, TITLE)):
        return False
    words = ("boundary_words", "before_name", "name_joiners")
    return not any(lexicon(word).longest_suffix(view.text, view.start, offset) for word in words)


def _title_before(view: View, person: Mention) -> bool:
    """局长张三、副局长李四: the second title is not 张三's."""
    return (
        any(
            NAME_GAP.fullmatch(view.text, unit.title.stop, person.start)
            for unit in units(view)
            if unit.title.stop <= person.start
        )
        and view.sentence.role is not Role.ROW
    )


def _appointed(view: View) -> Iterator[Post]:
    """张三任某局局长, 选举张三为会长, 主任由张三担任."""
    for hit in view.hits("office_verbs"):
        tenure = Tenure.FORMER if hit.word in lexicon("leaving_verbs") else Tenure.CURRENT
        tenure = Tenure.COMING if hit.word.startswith("拟") else tenure
        people = _people_until(view, hit.start) or _profiled(view, hit.start)
        for unit in units(view):
            if people and (_leads_up(view, hit.stop, unit) or _given_to(view, unit, people[0])):
                yield from (Post(person, unit, "appointed", tenure) for person in people)
        yield from _by_turns(view, hit.start, tenure)
    for match in view.find(COPULA):
        for unit in units(view):
            if _leads_up(view, match.end(), unit):
                people = _people_until(view, match.start()) or _profiled(view, match.start())
                yield from (Post(person, unit, "appointed", unit.tenure) for person in people)


def _profiled(view: View, offset: int) -> list[Mention]:
    """张三 of 张三，男，1970年生，现任某局局长: the line is about who stands at its head."""
    heads = [p for p in view.of(OFFICIAL) if p.stop <= offset]
    alone = len(heads) == 1 and not view.text[view.start : heads[0].start].strip()
    return heads if alone and PROFILE.match(view.text, heads[0].stop) else []


def _by_turns(view: View, offset: int, tenure: Tenure) -> Iterator[Post]:
    """副主任由甲局局长张三，乙局局长李四兼任: each is named with the post of their own."""
    clause = max(view.text.rfind(sign, view.start, offset) for sign in "。；;")
    for unit in units(view):
        if clause < unit.title.start and (given := BY.match(view.text, unit.title.stop, offset)) is not None:
            for person in view.of(OFFICIAL):
                own = any(NAME_GAP.fullmatch(view.text, u.title.stop, person.start) for u in units(view))
                if given.end() <= person.start and person.stop <= offset and own:
                    yield Post(person, unit, "appointed", tenure)


def _given_to(view: View, unit: Unit, person: Mention) -> bool:
    """主任一职由张三兼任: the title stands shortly before 由."""
    between = view.text[unit.title.stop : person.start]
    return unit.title.stop < person.start and len(between) <= 6 and between.endswith("由") and "。" not in between


def _leads_up(view: View, offset: int, unit: Unit) -> bool:
    """The unit follows the verb, itself or behind others in its chain."""
    first = chain(view, unit)[0]
    return (
        offset <= first.start
        and re.fullmatch(r"[ \u3000了为]*", view.text[offset : with_status(view, first)]) is not None
    )


def _elected(view: View, offset: int) -> tuple[list[Mention], int]:
    people = _people_from(view, offset)
    return people, people[-1].stop if people else offset


def _removed(view: View) -> Iterator[Post]:
    """免去张三的某局局长职务; 任命张三为某局局长."""
    for hit in view.hits("appoint_verbs"):
        people, stop = _elected(view, hit.stop)
        if not people:
            continue
        leaving = hit.word in lexicon("leaving_verbs")
        for unit in units(view):
            first = with_status(view, chain(view, unit)[0])
            between = view.text[stop:first]
            if first >= stop and AS_POST.fullmatch(between):
                frame = "removed" if leaving else "appointed"
                tenure = Tenure.FORMER if leaving else Tenure.CURRENT
                yield from (Post(person, unit, frame, tenure) for person in people)


def _roster(view: View) -> Iterator[Post]:
    """组长：张三　某局局长: the label's post is held in the body that the list belongs to."""
    label = _label(view)
    if label is None:
        return
    for person in view.of(OFFICIAL):
        labelled = any(u.title != label.title and _labels(view, u, person) for u in units(view))
        if person.start >= label.title.stop and not labelled:
            yield Post(person, label, "roster", Tenure.CURRENT)


def _labels(view: View, unit: Unit, person: Mention) -> bool:
    """副组长：李四 within the row of 组长; 某局局长李四 is a post of one's own besides."""
    gap = NAME_GAP.fullmatch(view.text, unit.title.stop, person.start)
    return gap is not None and (unit.body.is_ellipsis or gap[0].strip().startswith((":", "：")))


def _label(view: View) -> Unit | None:
    """The label of this row (组长：), or of a row above that this one continues."""
    for unit in units(view):
        if LABEL_GAP.fullmatch(view.text, view.start, unit.start):
            if COLON.match(view.text, unit.title.stop):
                return unit
            if unit.body.is_ellipsis:
                return None
    return _label_above(view) if view.sentence.role is Role.ROW else None


def _label_above(view: View) -> Unit | None:
    """Rows without a label of their own continue the last label above them."""
    first = [*(p.start for p in view.of(OFFICIAL)), *(u.start for u in units(view))]  # 张三　局长, or 局长　张三
    if not any(LABEL_GAP.fullmatch(view.text, view.start, start) for start in first):
        return None
    stop = view.start
    for paragraph in reversed(view.sentence.document.paragraphs):
        if paragraph.start >= view.start:
            continue
        match = ROW_LABEL.match(view.text, paragraph.start, stop)
        alone = match is not None and match.end() == paragraph.stop  # 副主任由以下同志兼任：
        if match and (alone or paragraph.role is Role.ROW):
            return _label_unit(view, match)
        if paragraph.role is not Role.ROW:
            return None
    return None


def _label_unit(view: View, match: re.Match[str]) -> Unit | None:
    word = re.sub(r"\s", "", match["label"])
    if not lexicon("titles").longest_suffix(word, 0, len(word)):
        return None
    title = Mention(
        sentence=view.sentence,
        start=match.start("label"),
        stop=match.end("label"),
        kind=TITLE,
        name=word,
        rule="title.label",
    )
    return Unit(title, view.ellipsis(title.start, ORGANIZATION), Tenure.CURRENT)


def is_head(title: Mention) -> bool:
    """Whether a title as written (党组书记、局长) contains the post of a head, never a deputy's."""
    return any(_heads(part) for part in re.split("[、兼/／ ]", title.name))


def _heads(part: str) -> bool:
    word = lexicon("titles").longest_suffix(part, 0, len(part))
    if word is None or lexicon("titles").entries[word]["leads"] != "yes":
        return False
    return part[: len(part) - len(word)] in lexicon("head_prefixes") or part == word
