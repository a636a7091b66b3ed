"""Where exports take their triples from: a built graph, resource by resource, in the order of exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

from kg.exports.terms import Terms, terms_of
from kg.ledger.inputs import intact
from kg.rdf.folder import STORE, reading
from kg.rdf.infer import inferred, with_inferred
from kg.rdf.layout import subject_order
from kg.rdf.query import base_of
from kg.rdf.store import Store, read_turtle
from kg.rdf.terms import Resource

TURTLE = "graph.ttl"
Again: TypeAlias = Callable[[], Iterator[Resource]]  # goes through the resources once more


@dataclass(frozen=True, slots=True)
class Source:
    """A graph that can be gone through several times, in the order of `kg.rdf.layout.subject_order`."""

    base: str
    again: Again
    terms: Terms


@contextmanager
def source(folder: Path, *, infer: bool = False) -> Iterator[Source]:
    """The graph in a folder, in one state as long as the block lasts; with what follows from it if asked.

    Raises GraphError when there is no graph, or a damaged one.
    """
    with reading(folder):
        store = Store(folder / STORE)
        base = base_of(store)
        turtle = folder / TURTLE
        # The file is sorted already: going through it needs no memory. One that somebody touched does not count.
        again = partial(_grouped, turtle) if intact(folder, TURTLE) else partial(_stored, store, base)
        terms = terms_of(store)
        if infer:
            more = inferred(store, base)
            yield Source(base, lambda: with_inferred(again(), more, base), terms)
        else:
            yield Source(base, again, terms)


def _grouped(turtle: Path) -> Iterator[Resource]:
    for subject, triples in groupby(read_turtle(turtle), key=attrgetter("subject")):
        yield Resource(subject, tuple((triple.predicate, triple.object) for triple in triples))


def _stored(store: Store, base: str) -> Iterator[Resource]:
    return map(store.resource, sorted(store.subjects(), key=subject_order(base)))
