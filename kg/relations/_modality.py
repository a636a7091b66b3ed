"""How a sentence presents a fact: done, ongoing, planned, called for, denied.

Read at the word that says the fact, from the cues before it and how far each reaches
(`lexicons/relation_modality.tsv`). The nearest cue that reaches the word decides.
"""

from __future__ import annotations

import re

from kg.kinds._patterns import worded
from kg.lexicon import Hit, lexicon
from kg.model import OFFICIAL, ORGANIZATION, Claim, Modality
from kg.relations._dates import date_at
from kg.view import Link, View

CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n]")
CHAIN_END = re.compile(r"[；;。！？!?\n]")
UNDER_ORDERS = r"«relation_under_orders»"
BEFORE_OBJECT = r"«relation_before_objects»"
NOUN_TAGS = ("n", "r", "nr", "ns", "nt", "nz", "m", "x", "vn", "l", "q")
SHORT = 1  # characters: a cue this short must also be where the segmenter begins a word


def claim(view: View, link: Link, relation: str, rule: str) -> Claim:
    """The claim a link makes, with its modality (unless the rule states it) and date."""
    return Claim(
        relation=relation,
        subject=link.subject,
        object=link.object,
        sentence=view.sentence,
        rule=rule,
        modality=link.modality or modality_at(view, link.anchor),
        title=link.title,
        tenure=link.tenure,
        date=date_at(view, link.anchor),
    )


def modality_at(view: View, anchor: int) -> Modality:
    """How the sentence presents what the word at `anchor` says."""
    if any(m.start <= anchor < m.stop for m in view.of(ORGANIZATION, OFFICIAL)):
        return Modality.DONE  # said by a name itself: it stands
    if view.text[anchor : anchor + 6].find("了") in (2, 3) and not _denied(view, anchor):
        return Modality.DONE
    return _said_by_cues(view, anchor)


def _said_by_cues(view: View, anchor: int) -> Modality:
    """The nearest cue decides, but 继续 under 要 is still called for."""
    found = Modality.DONE
    for cue in reversed(_cues(view)):
        if cue.stop <= anchor and _reaches(view, cue, anchor):
            said = Modality(cue.fields["modality"])
            if said is not Modality.ONGOING:
                return said if found is Modality.DONE or said is not Modality.DONE else found
            found = said
    return found


def _denied(view: View, anchor: int) -> bool:
    return any(
        cue.fields["modality"] == "denied" and cue.stop <= anchor and _reaches(view, cue, anchor) for cue in _cues(view)
    )


def _cues(view: View) -> tuple[Hit, ...]:
    if "cues" not in view.memo:
        view.memo["cues"] = tuple(hit for hit in view.hits("relation_modality") if _is_cue(view, hit))
    memo: tuple[Hit, ...] = view.memo["cues"]
    return memo


def _is_cue(view: View, hit: Hit) -> bool:
    if hit.fields["modality"] == "none" or any(m.start <= hit.start < m.stop for m in view.mentions):
        return False
    if len(hit.word) == SHORT and hit.start not in view.token_starts:
        return False
    if hit.word in ("将", "將"):
        return not _takes_object(view, hit.stop)
    if hit.word in ("应", "應"):
        return not re.match(r"[^，。；]{2,20}(?:邀请|邀請|之邀|要求|邀)", view.text[hit.stop : view.stop])
    if hit.word in lexicon("relation_nominal_cues"):
        return _is_verb(view, hit)
    return True


def _takes_object(view: View, stop: int) -> bool:
    """将活动办成品牌: what follows at once is a noun, so 将 means 把."""
    if lexicon("relation_adverbs").longest_prefix(view.text, stop, view.stop):
        return False
    if any(m.start == stop for m in view.mentions) or view.text[stop : stop + 1] in "“《":
        return True
    following = next((token for token in view.tokens if token.start == stop), None)
    return following is not None and following.tag in NOUN_TAGS and following.tag != "m"


def _is_verb(view: View, hit: Hit) -> bool:
    """计划举办, 要求各地: not 行动计划, not 按照要求."""
    text, before = view.text, view.text[hit.start - 1 : hit.start]
    if before in ("的", "《", "“") or text[hit.stop : hit.stop + 1] in ("的", "、", "》", "”", "书", ""):
        return False
    clause = _clause_start(view, hit.start)
    if worded(UNDER_ORDERS).search(text, clause, hit.start):
        return False
    if text[hit.stop] in "，：":
        return True  # 会议要求，…
    last = next((token for token in view.tokens if token.stop == hit.start), None)
    named = any(m.stop == hit.start for m in view.mentions)
    return hit.start == clause or named or last is None or last.tag not in ("n", "vn", "nz", "j")


def _clause_start(view: View, offset: int) -> int:
    ends = [match.end() for match in CLAUSE_END.finditer(view.text, view.start, offset)]
    return ends[-1] if ends else view.start


def _reaches(view: View, cue: Hit, anchor: int) -> bool:
    text, reach = view.text, cue.fields["reach"]
    if _closes_quotation(text[cue.stop : anchor]):
        return False
    if reach == "sentence":
        return True
    same_clause = CLAUSE_END.search(text, cue.stop, anchor) is None
    if reach == "narrow":
        return same_clause and not re.search(r"[^是]的", text[cue.stop : anchor])
    if reach == "clause":
        return same_clause
    return same_clause or (CHAIN_END.search(text, cue.stop, anchor) is None and not _own_subject(view, anchor))


def _closes_quotation(stretch: str) -> bool:
    """A closing quotation mark whose opening one stands before the cue."""
    depth = 0
    for char in stretch:
        depth += (char in "“「") - (char in "”」")
        if depth < 0:
            return True
    return False


def _own_subject(view: View, anchor: int) -> bool:
    """A body or person before the word, in its own clause, that no preposition makes an object.

    A host shares the time of what it hosts: 论坛将于5月举行，某某协会承办.
    """
    if lexicon("relation_bare_organizers").longest_prefix(view.text, anchor, view.stop):
        return False
    start = _clause_start(view, anchor)
    for mention in view.of(ORGANIZATION, OFFICIAL):
        if start <= mention.start and mention.stop <= anchor:
            before = view.text[max(start, mention.start - 2) : mention.start]
            if not any(match.end() == len(before) for match in worded(BEFORE_OBJECT).finditer(before)):
                return True
    return False
