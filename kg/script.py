"""Traditional and simplified characters: texts are read in simplified ones, and told in their own.

The mapping is one character to one, so offsets stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from kg.lexicon import lexicon
from kg.model import Assertion, Claim, Document, Entity, Mention, Reading, Sentence


@cache
def _table() -> dict[int, int]:
    return {ord(char): ord(fields["simplified"]) for char, fields in lexicon("traditional_chars").entries.items()}


def simplified(text: str) -> str:
    """`text` in simplified characters; the same length."""
    return text.translate(_table())


def in_simplified(document: Document) -> Document:
    """The document as rules read it: itself where it holds no traditional character."""
    text = simplified(document.text)
    if text == document.text:
        return document
    told = [simplified(value) if value else None for value in (document.title, document.publisher)]
    return replace(document, text=text, title=told[0], publisher=told[1])


class Original:
    """Puts what was read in the simplified copy of a document back into the document itself."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sentences: dict[int, Sentence] = {}

    def mention(self, mention: Mention) -> Mention:
        """The same span of the original; its name in the original's characters where the span says it."""
        sentence = self.sentence(mention.sentence)
        told = self._document.text[mention.start : mention.stop]
        name, plain = mention.name, simplified(mention.name)
        if len(name) <= len(told) and (at := simplified(told).find(plain)) >= 0:
            name = told[at : at + len(name)]
        return replace(mention, sentence=sentence, name=name)

    def sentence(self, sentence: Sentence) -> Sentence:
        if sentence.start not in self._sentences:
            self._sentences[sentence.start] = replace(sentence, document=self._document)
        return self._sentences[sentence.start]

    def claim(self, claim: Claim) -> Claim:
        return replace(
            claim,
            subject=self.mention(claim.subject),
            object=self.mention(claim.object),
            sentence=self.sentence(claim.sentence),
            title=self.mention(claim.title) if claim.title else None,
        )

    def reading(self, reading: Reading) -> Reading:
        """Entities keep their keys; names and aliases are those of the original text where it has them."""
        return Reading(
            document=self._document,
            entities=tuple(self._entity(entity) for entity in reading.entities),
            assertions=tuple(self._assertion(fact) for fact in reading.assertions),
        )

    def _entity(self, entity: Entity) -> Entity:
        mentions = tuple(self.mention(mention) for mention in entity.mentions)
        forms = [mention.name for mention in mentions if mention.name] + [mention.text.strip() for mention in mentions]
        name = _told(entity.name, forms)
        aliases = {_told(alias, forms) for alias in entity.aliases} | {simplified(name)}
        return replace(entity, name=name, aliases=tuple(sorted(aliases - {name})), mentions=mentions)

    def _assertion(self, fact: Assertion) -> Assertion:
        claims = tuple(self.claim(claim) for claim in fact.claims)
        titles = ["".join(claim.title.name.split()) for claim in claims if claim.title]
        title = _told(fact.title, titles) if fact.title else None
        return replace(fact, claims=claims, title=title)


def _told(name: str, forms: Iterable[str]) -> str:
    """`name` as one of the forms writes it, else as it is."""
    return next((form for form in forms if simplified(form) == name), name)
