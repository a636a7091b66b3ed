"""The sentences behind the facts, in tables that name each document, rule and sentence once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Assertion, Claim, Document, Mention


class Evidence:
    """Collects the sources of facts; `tables` is what the page reads when a panel first opens."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents: dict[str, int] = {}
        self._rows: list[list[object]] = []
        self._sentences: dict[tuple[str, int, int], int] = {}
        self._texts: list[list[object]] = []
        self._rules: dict[str, int] = {}
        self._facts: list[list[list[object]]] = []
        for document in documents:
            self._document(document)

    def add(self, assertion: Assertion) -> None:
        """Keeps the sources of the next fact."""
        self._facts.append([self._claim(claim) for claim in assertion.claims])

    def tables(self) -> dict[str, object]:
        return {
            "documents": self._rows,  # title, date, publisher, file, id
            "sentences": self._texts,  # document, line, text
            "rules": list(self._rules),
            "facts": self._facts,  # a fact: sentence, rule, subject and object from, to, modality, title, date
        }

    def _document(self, document: Document) -> int:
        number = self._documents.get(document.id)
        if number is None:
            number = self._documents[document.id] = len(self._rows)
            self._rows.append([document.title, document.date, document.publisher, document.source, document.id])
        return number

    def _claim(self, claim: Claim) -> list[object]:
        sentence = claim.sentence
        key = (sentence.document.id, sentence.start, sentence.stop)
        number = self._sentences.get(key)
        if number is None:
            number = self._sentences[key] = len(self._texts)
            line = sentence.document.line_of(sentence.start)
            self._texts.append([self._document(sentence.document), line, sentence.text])
        rule = self._rules.setdefault(claim.rule, len(self._rules))
        title = claim.title.text if claim.title and not claim.title.is_ellipsis else None
        marks = (*_mark(claim, claim.subject), *_mark(claim, claim.object))
        return [number, rule, *marks, claim.modality.value, title, claim.date]


def _mark(claim: Claim, mention: Mention) -> Sequence[int]:
    """The mention as a range of UTF-16 units in the claim's sentence; (0, 0) when it is not there."""
    sentence = claim.sentence
    if mention.is_ellipsis or not sentence.start <= mention.start <= mention.stop <= sentence.stop:
        return (0, 0)
    if mention.sentence.document.id != sentence.document.id:
        return (0, 0)
    start = units(sentence.text[: mention.start - sentence.start])
    return (start, start + units(mention.text))


def units(text: str) -> int:
    """How long a browser takes the text to be."""
    return len(text) + sum(sign > "\uffff" for sign in text)
