"""How a graph is laid out on paper: its sections, their order, and the prefixes of IRIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.rdf.vocabulary import RDF, RDFS, SKOS, STANDARD_PREFIXES, vocabulary

DATASET = "dataset"  # the graph itself and the gazetteer
_SUPPORT = {
    "assertion": "事实 Facts",
    "membership": "任职 Posts",
    "inference": "推断 Inferences",
    "evidence": "证据 Evidence",
    "document": "文档 Documents",
    "correction": "更正 Corrections",
}
_FIRST = (
    RDF + "type",
    SKOS + "prefLabel",
    RDFS + "label",
    SKOS + "altLabel",
    RDF + "subject",
    RDF + "predicate",
    RDF + "object",
)


def sections() -> Mapping[str, str]:
    """Headings by the first segment of a key, in the order in which an export goes through them."""
    kinds = {name: f"{kind.labels['zh']} {kind.labels['en']}" for name, kind in vocabulary().kinds.items()}
    return {DATASET: "数据集 Dataset"} | kinds | _SUPPORT


def section_of(base: str) -> Callable[[str], str]:
    """A function that tells an IRI's section; the empty string for an IRI outside the base."""
    known, at = frozenset(sections()), len(base)

    def section(iri: str) -> str:
        head = iri[at : iri.find("/", at)] if iri.startswith(base) else ""
        return head if head in known else ""

    return section


def subject_order(base: str) -> Callable[[str], tuple[int, str]]:
    """A sort key for subjects: by section, then by IRI; those outside the base come last."""
    rank = {name: number for number, name in enumerate(sections())}
    section = section_of(base)
    return lambda iri: (rank.get(section(iri), len(rank)), iri)


def predicate_order(iri: str) -> tuple[int, str]:
    """A sort key for predicates: type, names and the three parts of a fact first."""
    return (_FIRST.index(iri) if iri in _FIRST else len(_FIRST), iri)


def prefixes(base: str) -> dict[str, str]:
    """Prefix names with their IRIs: the vocabularies', and one for each section of the graph."""
    return dict(sorted({**STANDARD_PREFIXES, **{name: f"{base}{name}/" for name in sections()}}.items()))
