"""Bodies named by a bare head noun: which body 宣传部, 教务处 or 民政局 means after the one spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.gazetteer import Division, gazetteer
from kg.lexicon import lexicon
from kg.model import Mention
from kg.resolve.body import Body, part_of
from kg.resolve.bodynames import canonical, committee_prefix, full_name, is_independent, is_section
from kg.resolve.subclass import subclass_of

OF_PLACES = frozenset({"MassOrganization", "CPPCC", "PeoplesCongress"})
STREET_COMMITTEE, OFFICE_OF_STREET = "党工委", "办事处"
VILLAGE = re.compile(r"(.*(?:社区|村))(?:联合)?(?:党委|党总支|党支部|总支|支部|妇联)?$")  # whose committee 居委会 is
BARE = ("71", "81", "82")  # bodies of Taiwan, Hong Kong and Macau go by their bare names
COURTS = ("法院", "检察院")


def section_of(known: Sequence[Body], before: Body, mention: Mention) -> Body | None:
    """The body that a bare name means after `before`: a department, a body of its place, a section."""
    text, division = mention.name, _county_or_above(before.division)
    if (shared := _shared_beginning(before.name, text)) is not None:
        return Body(f"{shared}{text}", before.division, canonical(f"{shared}{text}"))
    if subclass_of(text) == "School" or text.endswith(("系", "教务处")):
        school = _school_before(known, mention.start)
        return part_of(school, text) if school else None
    own = is_independent(text) or not is_section(text) or subclass_of(text) in ("PublicInstitution", "Media")
    if of_places(text):
        return _of_same_place(before, division, text)
    if division is not None and own and len(text) > 2 and division.code[:2] in BARE:
        return Body(text, None, canonical(text))
    if division is not None and own and len(text) > 2:
        return Body(f"{full_name(division)}{text}", division, canonical(text))
    host = _host(known, before)
    closed = subclass_of(host.name) in ("Media", "CPPCC", "PeoplesCongress") and text not in lexicon("section_heads")
    if host.name[-2:] == text[-2:] or closed:
        return None  # 甲中心、乙中心: siblings, whose host the text does not tell
    return part_of(host, text)


def _shared_beginning(before: str, text: str) -> str | None:
    """With what two names begin: 某街道 of 某街道党工委 and its 办事处, 某社区 of its 居委会, 某市委 of its 宣传部."""
    if text.startswith(OFFICE_OF_STREET) and before.endswith(STREET_COMMITTEE):
        return before.removesuffix(STREET_COMMITTEE)
    if subclass_of(text) == "CommunityBody" and (village := VILLAGE.match(before)) is not None:
        return village[1]
    return committee_prefix(before) if subclass_of(text) == "PartyBody" else None


def of_places(text: str) -> bool:
    """妇联, 政协: every place has its own."""
    return len(text) == 2 and subclass_of(text) in OF_PLACES


def _of_same_place(before: Body, division: Division | None, text: str) -> Body:
    """妇联 after 县关工委 is 县妇联, after 云湖县委 that of 云湖县."""
    if division is not None:
        return Body(f"{full_name(division)}{text}", division, canonical(text))
    level = lexicon("place_relative_levels").longest_prefix(before.name, 0, len(before.name)) or ""
    return Body(f"{level}{text}", None, canonical(f"{level}{text}"))


def _school_before(known: Sequence[Body], offset: int) -> Body | None:
    schools = [b for b in known if b.first_before(offset) and b.parent is None and subclass_of(b.name) == "School"]
    return max(schools, key=lambda b: b.last_before(offset), default=None)


def _host(known: Sequence[Body], body: Body) -> Body:
    """The body whose section `body` is, or itself: 某协会 for 某协会外联部."""
    if body.parent is not None:
        return body.parent
    if not is_section(body.name):
        return body
    wholes = [b for b in known if body.name.startswith(b.name) and len(b.name) < len(body.name)]
    return max(wholes, key=lambda b: len(b.name)) if wholes else body


def spoken_of(known: Sequence[Body], offset: int) -> Body | None:
    """The body mentioned last before `offset`."""
    before = [body for body in known if body.first_before(offset)]
    return max(before, key=lambda body: body.last_before(offset), default=None)


def is_bureau(text: str) -> bool:
    """A whole name of a government's department: 社会福利署, 劳工处; not 办公室."""
    if len(text) < 3 or text == OFFICE_OF_STREET or text in lexicon("section_heads"):
        return False
    told = text[-1] in "局署" or text.endswith(COURTS)
    return told or (text[-1] in "处司厅部" and text in lexicon("organization_suffixes"))


def stands_alone(text: str) -> bool:
    """社会保障基金, 劳工局就业厅 in a text without places of the mainland: bodies with whole names of their own."""
    if is_bureau(text) or (len(text) > 3 and lexicon("own_named_endings").longest_suffix(text, 0, len(text))):
        return True
    heads = lexicon("organization_suffixes").find(text)
    return any(head.start == 0 and head.stop < len(text) and is_bureau(head.word) for head in heads)


def _county_or_above(division: Division | None) -> Division | None:
    """Towns have no bureaus of their own: 民政局 after a 街道办事处 is the district's."""
    if division is not None and division.level == "township" and division.parent:
        return gazetteer().get(division.parent)
    return division
