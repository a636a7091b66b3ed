"""A made-up graph of any size, in the shape of a real one: entities, facts, sentences, documents."""

from __future__ import annotations

from collections.abc import Iterator

from kg.config import BASE
from kg.rdf.terms import Iri, Literal, Resource, Term, date, decimal, integer
from kg.rdf.vocabulary import DCTERMS, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, VOID, vocabulary

TRIPLES_EACH = 32  # for one body with its fact, sentence and document


def resources(triples: int) -> Iterator[Resource]:
    """About so many triples, subject by subject, in the order of exports."""
    count = triples // TRIPLES_EACH
    width = len(str(count))
    graph = ((VOID + "uriSpace", Literal(BASE)), (OWL + "versionInfo", Literal("1")))
    yield _resource(f"{BASE}dataset/graph", VOID + "Dataset", *graph)
    for make in (_body, _fact, _sentence, _document):
        for number in range(count):
            yield make(number, count, width)


def _resource(subject: str, type_: str, *pairs: tuple[str, Term]) -> Resource:
    return Resource(Iri(subject), ((Iri(RDF + "type"), Iri(type_)), *((Iri(p), end) for p, end in pairs)))


def _name(number: int, width: int) -> str:
    return f"云岭省第{number:0{width}}民政局"


def _iri(number: int, width: int) -> Iri:
    return Iri(f"{BASE}organization/{_name(number, width)}")


def _other(number: int, count: int) -> int:
    return (number * 7 + 1) % count


def _body(number: int, count: int, width: int) -> Resource:
    term, label = vocabulary(), Literal(_name(number, width), "zh")
    names = ((SKOS + "prefLabel", label), (RDFS + "label", label))
    end = (term["cooperatesWith"], _iri(_other(number, count), width))
    return _resource(_iri(number, width), term["Organization"], *names, end)


def _fact(number: int, count: int, width: int) -> Resource:
    term, other = vocabulary(), _iri(_other(number, count), width)
    ends = (
        (RDF + "subject", _iri(number, width)),
        (RDF + "predicate", term["cooperatesWith"]),
        (RDF + "object", other),
    )
    how = ((term["confidence"], decimal(0.9)), (term["modality"], Literal("done")))
    evidence = (term["evidence"], Iri(f"{BASE}evidence/{number:016x}"))
    return _resource(f"{BASE}assertion/{number:016x}", term["Assertion"], *ends, *how, evidence)


def _sentence(number: int, count: int, width: int) -> Resource:
    term, one, other = vocabulary(), _name(number, width), _name(_other(number, count), width)
    text = f"{one}与{other}联合举办2024年社会工作宣传周启动仪式。"
    spans = (0, len(text), 0, len(one), len(one) + 1, len(one) + 1 + len(other), number % 90 + 1)
    names = ("start", "stop", "subjectStart", "subjectStop", "objectStart", "objectStop", "line")
    numbers = ((term[name], integer(value)) for name, value in zip(names, spans, strict=True))
    said = ((term["quote"], Literal(text)), (term["rule"], Literal("cooperates_with.jointly")))
    source = (PROV + "wasDerivedFrom", Iri(f"{BASE}document/{number:016x}"))
    return _resource(f"{BASE}evidence/{number:016x}", term["Evidence"], *said, *numbers, source)


def _document(number: int, count: int, width: int) -> Resource:
    about = (
        (DCTERMS + "title", Literal(f"社工宣传周启动，第{number}篇")),
        (DCTERMS + "date", date("2024-03-19")),
        (DCTERMS + "publisher", Literal("云岭社工")),
        (DCTERMS + "source", Literal(f"texts/{number}.txt:1")),
        (vocabulary()["contentHash"], Literal(f"sha256:{number:064x}")),
    )
    named = (number, _other(number, count))
    mentions = ((SCHEMA + "mentions", _iri(one, width)) for one in named)
    return _resource(f"{BASE}document/{number:016x}", vocabulary()["Document"], *about, *mentions)
