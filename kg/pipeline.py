"""From a document to its mentions and claims: what happens to one document alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from kg.arbiter import settle
from kg.discover import KindExtractor, kind_extractors, relation_extractors
from kg.model import Claim, Document, Mention, Reading, Sentence
from kg.recognisers import echo, relative, short_forms
from kg.relations import _modality as modality
from kg.resolve.within import resolve_document
from kg.script import Original, in_simplified
from kg.view import Page, View


def read_document(document: Document, extensions: Path | None = None) -> Reading:
    """Mentions, claims and the entities they speak of.

    `extensions` is the folder of the user's own kinds and relations, here and below.
    """
    plain = in_simplified(document)
    page = Page(plain, extensions)
    mentions = _mentions(page)
    reading = resolve_document(plain, mentions, _claims(page, mentions))
    return reading if plain is document else Original(document).reading(reading)


def read_mentions(document: Document, extensions: Path | None = None) -> tuple[Mention, ...]:
    """All mentions of a document, titles of posts too, by start."""
    plain = in_simplified(document)
    found = _mentions(Page(plain, extensions))
    return found if plain is document else tuple(map(Original(document).mention, found))


def read_claims(document: Document, mentions: Sequence[Mention], extensions: Path | None = None) -> tuple[Claim, ...]:
    """All claims of a document over its mentions, sentence by sentence."""
    plain, original = in_simplified(document), Original(document)
    found = _claims(Page(plain, extensions), [Original(plain).mention(mention) for mention in mentions])
    return tuple(original.claim(claim) for claim in found)


def _mentions(page: Page) -> tuple[Mention, ...]:
    spans = page.sentences
    found = settle(m for sentence in spans for m in _kinds(sentence, page))
    found = _with(found, short_forms.propose(page.document, spans, found))
    found = _with(found, echo.propose(page, spans, found))
    return _with(found, relative.propose(found))


def _with(settled: tuple[Mention, ...], proposals: Iterable[Mention]) -> tuple[Mention, ...]:
    """What stands beside further proposals; most documents have none."""
    new = tuple(proposals)
    return settle([*settled, *new]) if new else settled


def _kinds(sentence: Sentence, page: Page) -> list[Mention]:
    found: list[Mention] = []
    for extractor in kind_extractors(page.extensions):
        view = View(sentence=sentence, page=page, mentions=[m for m in found if m.kind in extractor.needs])
        if proposals := _run(extractor, view):
            found.extend(settle(proposals))
    return found


def _run(extractor: KindExtractor, view: View) -> list[Mention]:
    return [
        Mention(
            sentence=view.sentence,
            start=span.start,
            stop=span.stop,
            kind=extractor.name,
            name=view.text[span.start : span.stop] if span.name is None else span.name,
            rule=f"{extractor.name}.{rule.__name__}",
        )
        for rule in extractor.rules
        for span in rule(view)
    ]


def _claims(page: Page, mentions: Sequence[Mention]) -> tuple[Claim, ...]:
    by_sentence = {start: list(group) for start, group in groupby(mentions, key=lambda m: m.sentence.start)}
    found: dict[Claim, None] = {}
    for sentence in page.sentences:
        if sentence.start not in by_sentence:
            continue
        view = View(sentence=sentence, page=page, mentions=by_sentence[sentence.start])
        for extractor in relation_extractors(page.extensions):
            for rule in extractor.rules:
                for link in rule(view):
                    found[modality.claim(view, link, extractor.name, f"{extractor.name}.{rule.__name__}")] = None
    return tuple(found)
