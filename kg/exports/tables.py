"""Tables: entities, relations, and facts with their sentences."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.exports.files import make_folder, write_text
from kg.exports.rows import Edge, Node, Rows
from kg.exports.said import LABEL, Said, relations, said, term
from kg.exports.source import Again
from kg.exports.spool import Spool
from kg.rdf.terms import Iri
from kg.rdf.vocabulary import DCTERMS, PROV, vocabulary

Row = Sequence[str | int | float | bool]
NODES = ("id", "name", "kind", "subclass", "code", "aliases")
EDGES = ("source", "target", "relation", "title", "sentences", "confidence", "reference", "inferred")
FACTS = (
    "subject", "relation", "object", "title", "modality", "tenure", "since", "until", "confidence",
    "correction",
    "sentence", "document", "date", "source", "line", "rule", "subject_id", "object_id",
)  # fmt: skip
DOCUMENTS = ("title", "date", "publisher", "source", "id")
_TITLE, _DATE, _PUBLISHER, _SOURCE = (Iri(DCTERMS + name) for name in ("title", "date", "publisher", "source"))
_CREATOR = Iri(DCTERMS + "creator")
_FROM = Iri(PROV + "wasDerivedFrom")


def write_csv(again: Again, folder: Path) -> None:
    """nodes.csv, edges.csv and facts.csv; UTF-8 with the mark by which Excel knows it.

    Raises GraphError when they cannot be written.
    """
    make_folder(folder)
    rows = Rows(again())
    _write(folder / "nodes.csv", NODES, map(node_row, rows.nodes()))
    _write(folder / "edges.csv", EDGES, map(edge_row, rows.edges()))
    _write(folder / "facts.csv", FACTS, fact_rows(again))


def write_neo4j(again: Again, folder: Path) -> None:
    """nodes.csv and relationships.csv as `neo4j-admin database import full` reads them.

        neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv

    Line breaks within a value become spaces, and ; within an alias becomes ；.
    Raises GraphError when they cannot be written.
    """
    make_folder(folder)
    rows = Rows(again())
    nodes = ("iri:ID", "name", "kind", "code", "aliases:string[]", ":LABEL")
    edges = (
        ":START_ID", ":END_ID", ":TYPE", "title", "sentences:int", "confidence:double", "reference:boolean",
        "inferred:boolean",
    )  # fmt: skip
    classes = {name: kind.name for name, kind in vocabulary().kinds.items()}
    _write(folder / "nodes.csv", nodes, (_neo4j_node(node, classes[node.kind]) for node in rows.nodes()), "utf-8")
    _write(folder / "relationships.csv", edges, map(_neo4j_edge, rows.edges()), "utf-8")


def node_row(node: Node) -> Row:
    """A node under `NODES`."""
    return node.iri, node.label, node.kind, node.subclass, node.code, "|".join(node.aliases)


def edge_row(edge: Edge) -> Row:
    """An edge under `EDGES`."""
    ends = (edge.source, edge.target, edge.relation, edge.title)
    return *ends, edge.sentences, edge.confidence, _yes(edge.reference), _yes(edge.inferred)


def _neo4j_node(node: Node, class_: str) -> Row:
    aliases = ";".join(_line(alias).replace(";", "；") for alias in node.aliases)
    labels = ";".join(dict.fromkeys([class_, *filter(None, node.subclass.split("|"))]))
    return node.iri, _line(node.label), node.kind, node.code, aliases, labels


def _neo4j_edge(edge: Edge) -> Row:
    ends = (edge.source, edge.target, edge.relation, _line(edge.title))
    return *ends, edge.sentences, edge.confidence, _yes(edge.reference), _yes(edge.inferred)


def _line(text: str) -> str:
    return " ".join(text.splitlines())


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _write(path: Path, head: Sequence[str], rows: Iterable[Row], encoding: str = "utf-8-sig") -> None:
    write_text(path, _lines([head], rows), encoding=encoding)


def _lines(*parts: Iterable[Row]) -> Iterator[str]:
    for rows in parts:
        for row in rows:
            out = io.StringIO()
            csv.writer(out, lineterminator="\r\n").writerow(row)
            yield out.getvalue()


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows of facts take from elsewhere."""

    names: dict[Iri, str] = field(default_factory=dict)
    documents: dict[Iri, Row] = field(default_factory=dict)  # under DOCUMENTS
    corrections: dict[Iri, str] = field(default_factory=dict)  # verdict, who, when
    facts: dict[Iri, tuple[Row, Row]] = field(default_factory=dict)  # by evidence: columns before it, the two ids


def fact_rows(again: Again) -> Iterator[Row]:
    """Every fact under `FACTS`, once for each sentence that says it; by the names of its ends."""
    known, spool = _Known(), Spool()
    for look in (_look_for_names, _look_for_facts):
        for resource in again():
            look(said(resource), known, spool)
    for resource in again():
        one = said(resource)
        if one.is_a("Evidence") and one.subject in known.facts:
            _put(spool, _evidence_row(one, known))
    return (tuple(json.loads(text)) for _, text in spool)


def document_rows(again: Again) -> Iterator[Row]:
    """Every document under `DOCUMENTS`."""
    return (_document_row(one) for one in map(said, again()) if one.is_a("Document"))


def _document_row(one: Said) -> Row:
    return (*(one.text(part) for part in (_TITLE, _DATE, _PUBLISHER)), " ".join(one.texts(_SOURCE)), one.subject)


_Look = Callable[[Said, _Known, Spool], None]


def _look_for_names(one: Said, known: _Known, _: Spool) -> None:
    if one.kind:
        known.names[one.subject] = one.text(LABEL)
    elif one.is_a("Document"):
        known.documents[one.subject] = _document_row(one)
    elif one.is_a("Correction"):
        known.corrections[one.subject] = " ".join((one.own("verdict"), one.text(_CREATOR), one.text(_DATE)))


def _look_for_facts(one: Said, known: _Known, spool: Spool) -> None:
    if not one.is_a("Assertion"):
        return
    subject, predicate, end = one.ends
    if predicate not in relations() or not {subject, end} <= known.names.keys():
        return  # of the user's own
    told: list[str | float] = [known.names[subject], relations()[predicate].name, known.names[end]]
    told += [one.own("title"), one.own("modality"), one.own("tenure") or "current", one.own("since"), one.own("until")]
    told.append(float(one.own("confidence") or 0))
    told.append("; ".join(known.corrections[made] for made in one.iris(vocabulary()["correction"])))
    evidence = one.iris(term("evidence"))
    known.facts.update(dict.fromkeys(evidence, (told, (subject, end))))
    if not evidence:
        _put(spool, (*told, "", "", "", "", "", "", subject, end))


def _evidence_row(one: Said, known: _Known) -> Row:
    row, ends = known.facts[one.subject]
    title, date, _, source, _ = known.documents[one.iris(_FROM)[0]]
    where = str(source).split(" ")[0].rpartition(":")[0]
    return (*row, one.own("quote"), title, date, where, int(one.own("line") or 0), one.own("rule"), *ends)


def _put(spool: Spool, row: Row) -> None:
    text = json.dumps(row, ensure_ascii=False)
    spool.put(text, text)
