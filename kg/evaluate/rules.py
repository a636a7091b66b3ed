"""What each rule is worth: how often it fired on annotated texts, and how often that was right.

Of a rule of kinds, the mentions it proposed count, right where their entity is; of a
rule of relations, the facts it stated, once a document; of a rule of titles, the posts
that bear them. What is optional in the gold counts neither way, nor does what nothing
came of: a mention or claim that resolution dropped.

    kg evaluate GOLD_DIR --rules --write     writes kg/resolve/rule_precision.tsv
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import ids
from kg.config import Config
from kg.errors import InputError
from kg.evaluate.built import read_triples
from kg.evaluate.gold import GoldDocument, read_gold, same
from kg.evaluate.reading import read_graph
from kg.evaluate.scoring import POST, Built, edge_right, match, node_right
from kg.graph import Graph
from kg.model import Assertion, Claim
from kg.rdf.graph import is_standing, triples
from kg.resolve.confidence import COUNTS

_HEADER = """\
# How often each rule fired on annotated texts and how often it was right; confidence.py makes precision of it.
# Written by: kg evaluate GOLD_DIR --rules --write
rule\tright\tfired
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A fact of one document that counts, and whether the gold has it."""

    claims: tuple[Claim, ...]
    stated: float  # its confidence
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one gold document says of the rules."""

    sealed: bool  # whether the document belongs to the sealed third
    fired: Counter[str]
    right: Counter[str]
    facts: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A rule on all documents."""

    rule: str
    right: int
    fired: int

    @property
    def share(self) -> float:
        """Of its firings, those that were right; 0 where it never fired."""
        return self.right / self.fired if self.fired else 0.0

    @property
    def is_doubtful(self) -> bool:
        """Never fired, or wrong more than half of the time."""
        return self.share < 0.5


def try_rules(folder: Path, config: Config) -> tuple[Trial, ...]:
    """One trial for each gold document; raises InputError on a folder without gold or a text that cannot be read."""
    golds = read_gold(folder)
    relations = frozenset(relation for gold in golds for relation in gold.relations)
    return tuple(_trial(gold, relations, config) for gold in golds)


def tallies(trials: Iterable[Trial], known: Iterable[str] = ()) -> tuple[Tally, ...]:
    """Every rule that fired, and of `known` those that did not; by kind or relation, then the most used first."""
    fired, right = Counter[str](), Counter[str]()
    for trial in trials:
        fired.update(trial.fired)
        right.update(trial.right)
    found = [Tally(rule=rule, right=right[rule], fired=fired[rule]) for rule in {*fired, *known}]
    return tuple(sorted(found, key=lambda one: (one.rule.split(".")[0], -one.fired, one.rule)))


def write_counts(found: Sequence[Tally], path: Path = COUNTS) -> None:
    """Write what confidence is made of. Raises InputError when nothing fired, OSError."""
    lines = [f"{one.rule}\t{one.right}\t{one.fired}\n" for one in sorted(found, key=lambda one: one.rule) if one.fired]
    if not lines:
        raise InputError("no rule fired on these texts; give a folder of gold facts whose texts say something")
    path.write_text(_HEADER + "".join(lines), encoding="utf-8")


def _trial(gold: GoldDocument, relations: frozenset[str], config: Config) -> Trial:
    graph = read_graph(gold.text, config)
    built = read_triples(triples(graph, config))
    pairs = match(gold, built)
    facts = tuple(_facts(gold, graph, built, pairs, relations, config.base))
    verdicts = [
        *_of_kinds(gold, graph, built, pairs, config.base),
        *_of_relations(facts),
        *_of_titles(gold, graph, pairs, config.base),
    ]
    return Trial(
        sealed=gold.sealed,
        fired=Counter(rule for rule, _ in verdicts),
        right=Counter(rule for rule, right in verdicts if right),
        facts=facts,
    )


def _of_kinds(
    gold: GoldDocument, graph: Graph, built: Built, pairs: Mapping[str, int], base: str
) -> Iterator[tuple[str, bool]]:
    for entity in graph.entities:
        right = node_right(gold, built, pairs, ids.iri(base, entity.key))
        if right is not None:
            yield from ((mention.rule, right) for mention in entity.mentions)


def _facts(
    gold: GoldDocument, graph: Graph, built: Built, pairs: Mapping[str, int], relations: frozenset[str], base: str
) -> Iterator[Judged]:
    for fact in graph.assertions:
        if fact.reference or not is_standing(fact) or fact.relation not in relations:
            continue
        right = edge_right(gold, built, pairs, _edge(fact, base))
        if right is not None:
            yield Judged(claims=fact.claims, stated=fact.confidence, right=right)


def _of_relations(facts: Iterable[Judged]) -> Iterator[tuple[str, bool]]:
    for fact in facts:
        yield from ((rule, fact.right) for rule in {claim.rule for claim in fact.claims})


def _of_titles(gold: GoldDocument, graph: Graph, pairs: Mapping[str, int], base: str) -> Iterator[tuple[str, bool]]:
    """Titles of right posts alone: of others the gold does not tell the title."""
    for fact in graph.assertions:
        subject, _, object_ = _edge(fact, base)
        if fact.relation != POST or not is_standing(fact) or subject not in pairs or object_ not in pairs:
            continue
        wanted = gold.titles.get((pairs[subject], pairs[object_]))
        if wanted:
            rules = {claim.title.rule for claim in fact.claims if claim.title}
            yield from ((rule, same(fact.title or "") in wanted) for rule in rules)


def _edge(fact: Assertion, base: str) -> tuple[str, str, str]:
    return ids.iri(base, fact.subject), fact.relation, ids.iri(base, fact.object)
