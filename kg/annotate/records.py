"""One JSON object a document: its text, its mentions and its claims.

    {"id", "source", "title", "date", "publisher", "text",
     "mentions": [{"start", "stop", "kind", "text", "name", "entity", "rule"}],
     "claims": [{"relation", "subject": {…}, "object": {…}, "title": {…} or null, "rule",
                 "modality", "tenure", "date", "sentence": {"start", "stop"}}]}

`start` and `stop` are half-open code points into `text`; an end that its sentence
leaves out has `start == stop`. `name` is the mention's normal form, `entity` the
full name it was resolved to, or null.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from kg.model import Claim, Document, Mention
from kg.pipeline import read_claims, read_document, read_mentions


class SpanRecord(TypedDict):
    """A stretch of the text."""

    start: int
    stop: int


class MentionRecord(SpanRecord):
    """A mention; ends of claims have the same form."""

    kind: str
    text: str
    name: str
    entity: str | None
    rule: str


class ClaimRecord(TypedDict):
    """A claim with its ends."""

    relation: str
    subject: MentionRecord
    object: MentionRecord
    title: MentionRecord | None
    rule: str
    modality: str
    tenure: str
    date: str | None
    sentence: SpanRecord


class DocumentRecord(TypedDict):
    """A document with all that was read in it."""

    id: str
    source: str
    title: str | None
    date: str | None
    publisher: str | None
    text: str
    mentions: list[MentionRecord]
    claims: list[ClaimRecord]


_Names = dict[tuple[int, int, str], str]


def annotate(document: Document, extensions: Path | None = None) -> DocumentRecord:
    """Everything read in one document, in the order of the text."""
    mentions = read_mentions(document, extensions)
    claims = read_claims(document, mentions, extensions)
    names = {
        _place(mention): one.name for one in read_document(document, extensions).entities for mention in one.mentions
    }
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "date": document.date,
        "publisher": document.publisher,
        "text": document.text,
        "mentions": [_mention(m, names) for m in sorted(mentions, key=lambda m: (m.start, -m.stop, m.kind, m.rule))],
        "claims": [
            _claim(c, names) for c in sorted(claims, key=lambda c: (c.sentence.start, c.subject.start, c.relation))
        ],
    }


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.stop, mention.kind


def _mention(mention: Mention, names: _Names) -> MentionRecord:
    return {
        "start": mention.start,
        "stop": mention.stop,
        "kind": mention.kind,
        "text": mention.text,
        "name": mention.name,
        "entity": names.get(_place(mention)),
        "rule": mention.rule,
    }


def _claim(claim: Claim, names: _Names) -> ClaimRecord:
    return {
        "relation": claim.relation,
        "subject": _mention(claim.subject, names),
        "object": _mention(claim.object, names),
        "title": _mention(claim.title, names) if claim.title else None,
        "rule": claim.rule,
        "modality": claim.modality.value,
        "tenure": claim.tenure.value,
        "date": claim.date,
        "sentence": {"start": claim.sentence.start, "stop": claim.sentence.stop},
    }
