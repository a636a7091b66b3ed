"""What the server says of itself, of its data, and of single resources, as CONSTRUCT queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.config import ONTOLOGY

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")


def service(origin: str, triples: int) -> str:
    """The SPARQL 1.1 Service Description of the endpoint at `origin` (ending with /)."""
    forms = ", ".join(f"<{_FORMATS}{name}>" for name in (*_RESULTS, *_GRAPHS))
    return f"""PREFIX sd: <{SD}> CONSTRUCT {{
  _:service a sd:Service ; sd:endpoint <{origin}sparql> ; sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {forms} ; sd:defaultDataset _:dataset .
  _:dataset a sd:Dataset ; sd:defaultGraph _:graph .
  _:graph a sd:Graph, void:Dataset ; void:triples {triples} ; void:sparqlEndpoint <{origin}sparql> .
}} WHERE {{}}"""


def void(origin: str, base: str, counts: Mapping[str, Mapping[str, int]], dumps: Iterable[str]) -> str:
    """The VoID description: numbers by class and relation, the endpoint, and the files to download."""
    triples = counts["triples"].get("", 0)
    lines = [
        f"<{base}dataset/graph> a void:Dataset ; dcterms:title ?title ; void:triples {triples} ;",
        f"  void:uriSpace {quoted(base)} ; void:sparqlEndpoint <{origin}sparql> ; void:vocabulary <{ONTOLOGY}> ;",
        f"  void:uriLookupEndpoint <{origin}search?q=> .",
    ]
    lines += [f"<{base}dataset/graph> void:dataDump <{origin}download/{name}> ." for name in dumps]
    for number, (name, count) in enumerate(sorted(counts["relation"].items())):
        lines.append(
            f"<{base}dataset/graph> void:propertyPartition _:p{number} . "
            f"_:p{number} void:property <{_full(name)}> ; void:triples {count} ."
        )
    for number, (name, count) in enumerate(sorted(counts["class"].items())):
        lines.append(
            f"<{base}dataset/graph> void:classPartition _:c{number} . "
            f"_:c{number} void:class <{_full(name)}> ; void:entities {count} ."
        )
    body = "\n".join(lines)
    # One solution alone: blank nodes are made anew for each.
    title = f'SELECT (SAMPLE(?t) AS ?title) {{ <{base}dataset/graph> dcterms:title ?t FILTER(LANG(?t) = "en") }}'
    return f"CONSTRUCT {{\n{body}\n}} WHERE {{ {title} }}"


def resource(iri: str) -> str:
    """All that is said of a resource and in one step about it, with the names of what it is linked to."""
    return f"""CONSTRUCT {{ <{iri}> ?p ?o . ?o skos:prefLabel ?name . ?s ?q <{iri}> }} WHERE {{
  {{ <{iri}> ?p ?o OPTIONAL {{ ?o skos:prefLabel ?name }} }} UNION {{ ?s ?q <{iri}> }}
}}"""


def quoted(value: str) -> str:
    """A text as a literal of SPARQL."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _full(name: str) -> str:
    return name if ":" in name else ONTOLOGY + name
