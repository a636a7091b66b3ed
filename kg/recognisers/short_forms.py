"""Short forms that a text declares itself: 某某协会（以下简称“协会”）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import ORGANIZATION, Document, Mention, Sentence

DECLARED = re.compile(
    r"[”』》]?[（(](?:原(?P<former>[^，,；（）]{2,24})[，,；])?(?:以下|下文|下称|以下均|以下统一|后文|后)?(?:简称|统称|下称|称)(?:为|作)?[：:，,]?\s*"
    r"[“‘「『\"《]?(?P<short>[^”’」』\"》（）()，。；]{1,20})[”’」』\"》]?[）)]"
)
ABBREVIATED = re.compile(r"[（(](?P<short>[\u4e00-\u9fff]{2,6})[）)]")


def abbreviates(short: str, name: str) -> bool:
    """社署 of 社会福利署: its characters in their order, the last one included."""
    rest = iter(name)
    return len(short) < len(name) and short[-1] == name[-1] and all(char in rest for char in short)


def declarations(document: Document, mentions: Sequence[Mention]) -> dict[str, Mention]:
    """Each declared short form (without quotation marks) and the mention it stands for."""
    ends = {m.stop: m for m in sorted(mentions, key=lambda m: m.stop - m.start)}
    found: dict[str, Mention] = {}
    for match in DECLARED.finditer(document.text):
        full = ends.get(match.start()) or ends.get(match.start() + 1)
        if full is not None:
            for short in re.split("或|、", match["short"]):
                found.setdefault(short.strip('“”‘’"《》'), full)
    for match in ABBREVIATED.finditer(document.text):
        full = ends.get(match.start())
        if full is not None and full.kind == ORGANIZATION and abbreviates(match["short"], full.text):
            found.setdefault(match["short"], full)
    return found


def propose(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Every later place at which a declared short form stands."""
    for short, full in declarations(document, mentions).items():
        for sentence in sentences:
            if sentence.stop <= full.stop:
                continue
            for match in re.finditer(re.escape(short), sentence.text):
                start = sentence.start + match.start()
                if start >= full.stop:
                    yield replace(
                        full, sentence=sentence, start=start, stop=start + len(short), name=short, rule="short_form"
                    )
