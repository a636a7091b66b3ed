"""Names met again: who and what was introduced once is recognised without its title or frame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.lexicon import lexicon
from kg.model import OFFICIAL, ORGANIZATION, PLACE, TITLE, Mention, Sentence
from kg.view import Page

SHORTEST_BODY = 4  # characters; shorter names of bodies are too often parts of other words


def propose(page: Page, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions of known officials and bodies at places where no rule saw them."""
    yield from _again(page, sentences, mentions, OFFICIAL)
    yield from _again(page, sentences, mentions, ORGANIZATION)
    yield from _surname_and_title(sentences, mentions)
    yield from _tails(mentions)


def _tails(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """明德学院 where the text names 云湖大学明德学院: a bare head noun that the known name reaches beyond."""
    names = {m.name for m in mentions if m.kind == ORGANIZATION and _repeatable(m)}
    for bare in mentions:
        if bare.rule not in ("organization.reference", "organization.section"):
            continue
        text, best = bare.sentence.document.text, bare.start
        for start in range(bare.start - 2, max(bare.sentence.start, bare.start - 8) - 1, -1):
            if any(name.endswith(text[start : bare.stop]) for name in names):
                best = start
        if best < bare.start:
            yield replace(bare, start=best, name=text[best : bare.stop], rule="organization.echo")


def _again(page: Page, sentences: Sequence[Sentence], mentions: Sequence[Mention], kind: str) -> Iterator[Mention]:
    names = sorted({m.name for m in mentions if m.kind == kind and _repeatable(m)})
    if not names:
        return
    starts = {token.start for token in page.tokens[0]}
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    longer = [m for m in mentions if m.kind not in (kind, PLACE, TITLE)]
    covered = {(m.start, m.stop) for m in mentions if m.kind == kind}
    for sentence in sentences:
        for match in pattern.finditer(sentence.document.text, sentence.start, sentence.stop):
            if match.span() in covered or (kind == OFFICIAL and not _whole(match, starts)):
                continue
            if any(
                m.start <= match.start() and match.end() <= m.stop for m in longer if m.stop - m.start > len(match[0])
            ):
                continue
            yield Mention(
                sentence=sentence, start=match.start(), stop=match.end(), kind=kind, name=match[0], rule=f"{kind}.echo"
            )


def _repeatable(mention: Mention) -> bool:
    if mention.kind == OFFICIAL:
        return True
    return len(mention.name) >= SHORTEST_BODY and mention.rule not in ("organization.reference", "organization.section")


def _whole(match: re.Match[str], starts: set[int]) -> bool:
    """A two-character name could be a piece of a longer word; the segmenter has a veto."""
    return len(match[0]) > 2 or (match.start() in starts and match.end() in starts)


def _surname_and_title(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """张局长, where the document knows one 张 only."""
    by_surname: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.kind == OFFICIAL:
            by_surname.setdefault(mention.name[0], set()).add(mention.name)
    for title in mentions:
        before = title.sentence.document.text[title.start - 1 : title.start]
        if title.kind == TITLE and len(by_surname.get(before, ())) == 1 and before in lexicon("surnames"):
            start = title.start - 1
            if any(m.start <= start < m.stop for m in mentions):
                continue
            (name,) = by_surname[before]
            yield Mention(
                sentence=title.sentence, start=start, stop=start + 1, kind=OFFICIAL, name=name, rule="official.surname"
            )
