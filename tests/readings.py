"""Texts read as the program reads them, and what was understood in words that tests can compare."""

from __future__ import annotations

from kg.model import Document, Entity, Mention, Reading
from kg.pipeline import read_document, read_mentions
from kg.read.reader import read_text
from kg.segment import sentences
from kg.view import Page, View

Fact = tuple[str, str, str, str | None]  # subject, relation, object, title


def document(text: str, *, source: str = "texts/一.txt") -> Document:
    """The one article of a text."""
    (article,) = read_text(text, source=source)
    return article


def view(text: str, *kinds: str) -> View:
    """The first sentence, with the mentions of these kinds that the whole reading finds."""
    article = document(text)
    sentence = sentences(article)[0]
    known = [m for m in read_mentions(article) if m.kind in kinds and m.sentence == sentence]
    return View(sentence=sentence, page=Page(article), mentions=known)


def reading(text: str, *, source: str = "texts/一.txt") -> Reading:
    """What is understood of the one article of a text."""
    return read_document(document(text, source=source))


def named(read: Reading, name: str) -> Entity:
    """The one entity of this name."""
    (entity,) = [entity for entity in read.entities if entity.name == name]
    return entity


def names(read: Reading, kind: str) -> set[str]:
    """Names of the entities of a kind."""
    return {entity.name for entity in read.entities if entity.kind == kind}


def facts(read: Reading, *relations: str) -> set[Fact]:
    """The facts of some relations, or of all."""
    name = {entity.key: entity.name for entity in read.entities}
    return {
        (name[fact.subject], fact.relation, name[fact.object], fact.title)
        for fact in read.assertions
        if not relations or fact.relation in relations
    }


def spans(mentions: tuple[Mention, ...], *kinds: str) -> list[tuple[str, str]]:
    """Kind and words of mentions, in their order."""
    return [(m.kind, m.text) for m in mentions if not kinds or m.kind in kinds]
