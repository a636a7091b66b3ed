"""Readings as bytes: what the ledger keeps of a file.

JSON, compressed; nothing in it is code. A file is a list of readings, a reading an
object of seven tables:

    document     [title, date, publisher, text, [[start, stop, line, role], …]]
    sentences    [start, stop, role]
    mentions     [sentence, start, stop, kind, name, rule]
    claims       [relation, subject, object, sentence, rule, modality, title, tenure, date]
    entities     [key, kind, name, [alias, …], code, subclass, [mention, …]]
    assertions   [subject, relation, object, [claim, …], confidence, modality, tenure, title, since, until, reference]

A sentence, mention or claim is told by its place in its table. The document's id and
source are not kept: the id follows from the text, the source is where the file lies now.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from kg.errors import GraphError
from kg.ids import document_id
from kg.model import (
    Assertion,
    Claim,
    Document,
    Entity,
    Mention,
    Modality,
    Paragraph,
    Reading,
    Role,
    Sentence,
    Tenure,
)

Row = list[Any]
Tables = dict[str, Any]
_Value = TypeVar("_Value")


def encode(readings: Iterable[Reading]) -> bytes:
    """The readings of one file; the same readings give the same bytes."""
    tables = [_Encoder().tables(reading) for reading in readings]
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def decode(data: bytes, *, source: str) -> tuple[Reading, ...]:
    """What `encode` was given, in a file that now lies at `source`; raises GraphError on other bytes."""
    try:
        text = zlib.decompress(data).decode()
        return tuple(_reading(tables, source) for tables in json.loads(text))
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise GraphError(f"{source}: what the ledger keeps of it is damaged ({error})") from error


class _Encoder:
    """Gives each sentence, mention and claim its number when it first appears."""

    def __init__(self) -> None:
        self.sentences: dict[Sentence, int] = {}
        self.mentions: dict[Mention, int] = {}
        self.claims: dict[Claim, int] = {}
        self.rows: dict[str, list[Row]] = {"sentences": [], "mentions": [], "claims": []}

    def tables(self, reading: Reading) -> Tables:
        document = reading.document
        paragraphs = [[p.start, p.stop, p.line, p.role.value] for p in document.paragraphs]
        return {
            "document": [document.title, document.date, document.publisher, document.text, paragraphs],
            "entities": [self.entity(entity) for entity in reading.entities],
            "assertions": [self.assertion(fact) for fact in reading.assertions],
            **self.rows,
        }

    def entity(self, entity: Entity) -> Row:
        mentions = [self.mention(mention) for mention in entity.mentions]
        return [entity.key, entity.kind, entity.name, list(entity.aliases), entity.code, entity.subclass, mentions]

    def assertion(self, fact: Assertion) -> Row:
        ends = [fact.subject, fact.relation, fact.object, [self.claim(claim) for claim in fact.claims]]
        how = [fact.confidence, fact.modality.value, fact.tenure.value]
        return [*ends, *how, fact.title, fact.since, fact.until, fact.reference]

    def claim(self, claim: Claim) -> int:
        if claim not in self.claims:
            title = None if claim.title is None else self.mention(claim.title)
            ends = [claim.relation, self.mention(claim.subject), self.mention(claim.object)]
            said = [self.sentence(claim.sentence), claim.rule, claim.modality.value]
            self.rows["claims"].append([*ends, *said, title, claim.tenure.value, claim.date])
            self.claims[claim] = len(self.claims)
        return self.claims[claim]

    def mention(self, mention: Mention) -> int:
        if mention not in self.mentions:
            span = [self.sentence(mention.sentence), mention.start, mention.stop]
            self.rows["mentions"].append([*span, mention.kind, mention.name, mention.rule])
            self.mentions[mention] = len(self.mentions)
        return self.mentions[mention]

    def sentence(self, sentence: Sentence) -> int:
        if sentence not in self.sentences:
            self.rows["sentences"].append([sentence.start, sentence.stop, sentence.role.value])
            self.sentences[sentence] = len(self.sentences)
        return self.sentences[sentence]


def _reading(tables: Tables, source: str) -> Reading:
    paper = _document(tables["document"], source)
    sentences = [
        Sentence(document=paper, start=start, stop=stop, role=Role(role)) for start, stop, role in tables["sentences"]
    ]
    mentions = [_mention(row, sentences) for row in tables["mentions"]]
    claims = [_claim(row, sentences, mentions) for row in tables["claims"]]
    return Reading(
        document=paper,
        entities=tuple(_entity(row, mentions) for row in tables["entities"]),
        assertions=tuple(_assertion(row, claims) for row in tables["assertions"]),
    )


def _document(row: Row, source: str) -> Document:
    title, date, publisher, text, paragraphs = row
    return Document(
        id=document_id(text),
        source=source,
        title=title,
        date=date,
        publisher=publisher,
        text=text,
        paragraphs=tuple(Paragraph(start=a, stop=b, line=line, role=Role(role)) for a, b, line, role in paragraphs),
    )


def _mention(row: Row, sentences: Sequence[Sentence]) -> Mention:
    sentence, start, stop, kind, name, rule = row
    return Mention(sentence=sentences[sentence], start=start, stop=stop, kind=kind, name=name, rule=rule)


def _claim(row: Row, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Claim:
    relation, subject, object_, sentence, rule, modality, title, tenure, date = row
    return Claim(
        relation=relation,
        subject=mentions[subject],
        object=mentions[object_],
        sentence=sentences[sentence],
        rule=rule,
        modality=Modality(modality),
        title=None if title is None else mentions[title],
        tenure=Tenure(tenure),
        date=date,
    )


def _entity(row: Row, mentions: Sequence[Mention]) -> Entity:
    key, kind, name, aliases, code, subclass, named = row
    return Entity(
        key=key,
        kind=kind,
        name=name,
        aliases=tuple(aliases),
        code=code,
        subclass=subclass,
        mentions=_picked(named, mentions),
    )


def _assertion(row: Row, claims: Sequence[Claim]) -> Assertion:
    subject, relation, object_, said, confidence, modality, tenure, title, since, until, reference = row
    return Assertion(
        subject=subject,
        relation=relation,
        object=object_,
        claims=_picked(said, claims),
        confidence=confidence,
        modality=Modality(modality),
        tenure=Tenure(tenure),
        title=title,
        since=since,
        until=until,
        reference=reference,
    )


def _picked(numbers: Iterable[int], among: Sequence[_Value]) -> tuple[_Value, ...]:
    return tuple(among[number] for number in numbers)
