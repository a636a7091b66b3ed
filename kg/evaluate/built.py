"""What of a graph's RDF counts in a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.evaluate.gold import same
from kg.evaluate.scoring import Built, BuiltNode
from kg.rdf.terms import Literal, Term, Triple
from kg.rdf.vocabulary import ORG, RDF, RDFS, SKOS, vocabulary

_MAIN = (SKOS + "prefLabel", RDFS + "label")
_OTHER = SKOS + "altLabel"
_Own = dict[str, list[Term]]  # what is said of one subject, by property
_Said = dict[str, _Own]
_CHINESE = frozenset({"", "zh", "zh-Hans", "zh-CN", "zh-hans", "zh-Hant"})


def read_triples(triples: Iterable[Triple]) -> Built:
    """Entities, straight facts and the titles of posts; everything else is passed over."""
    said: _Said = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        said[triple.subject][triple.predicate].append(triple.object)
    nodes = _nodes(said)
    properties = {term.iri: name for name, term in vocabulary().relations.items()}
    edges = {
        (subject, relation, str(object_))
        for subject in nodes
        for property_, relation in properties.items()
        for object_ in said[subject].get(property_, ())
        if object_ in nodes
    }
    return Built(nodes=nodes, edges=frozenset(edges), titles=_titles(said))


def _nodes(said: _Said) -> dict[str, BuiltNode]:
    classes: dict[str, str] = {term.iri: term.name for term in vocabulary().kinds.values()}
    code = vocabulary()["divisionCode"]
    nodes = {}
    for subject, own in said.items():
        kind = next((classes[one] for one in map(str, own.get(RDF + "type", ())) if one in classes), None)
        if kind:
            mains = [name for property_ in _MAIN for name in _texts(own, property_, chinese=True)]
            nodes[subject] = BuiltNode(
                kind=kind,
                label=mains[0] if mains else subject,
                labels=frozenset(map(same, mains)),
                names=frozenset(map(same, [*mains, *_texts(own, _OTHER)])),
                codes=frozenset(_texts(own, code)),
            )
    return nodes


def _titles(said: _Said) -> dict[tuple[str, str], frozenset[str]]:
    titles: dict[tuple[str, str], frozenset[str]] = {}
    for own in list(said.values()):
        for person in own.get(ORG + "member", ()):
            for body in own.get(ORG + "organization", ()):
                ends = str(person), str(body)
                found = frozenset(map(same, _texts(own, vocabulary()["title"])))
                titles[ends] = titles.get(ends, frozenset()) | found
    return titles


def _texts(own: _Own, property_: str, *, chinese: bool = False) -> list[str]:
    found = [one for one in own.get(property_, ()) if isinstance(one, Literal)]
    return [one.value for one in found if not chinese or one.language in _CHINESE]
