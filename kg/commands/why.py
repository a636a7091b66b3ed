"""`kg why`"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.shared import graph_option, settings
from kg.errors import GraphError

if TYPE_CHECKING:
    from kg.commands.rules import Rule
    from kg.rdf.why import Fact, Proof


@click.command(short_help="The sentences and rules behind a fact.  事实的出处")
@click.argument("one", metavar="NAME|IRI")
@click.argument("other", metavar="[NAME|IRI]", required=False)
@graph_option
def why(one: str, other: str | None, folder: Path | None, config_file: Path | None) -> None:
    """Print the facts between two things, or of one, each with its sentences, its rules and its document.

    给出两个名称（或一个名称、一个 IRI），列出其间的事实及其原句、规则与文档。
    """
    from kg.commands.rules import rules
    from kg.rdf import why as proofs

    config = settings(config_file)
    facts = proofs.why(folder or config.output, one, other)
    if not facts:
        raise GraphError(f"the graph states no fact {f'between {one!r} and {other!r}' if other else f'of {one!r}'}")
    known = rules(config.extensions)
    for fact in facts:
        click.echo("\n".join(_told(fact, known)))


def _told(fact: Fact, known: Mapping[str, Rule]) -> Iterator[str]:
    title = f"（{fact.title}）" if fact.title else ""
    yield f"{fact.subject} — {fact.label.get('zh', '')} {fact.relation}{title} → {fact.object}"
    held = " – ".join(dict.fromkeys(date for date in (fact.since, fact.until) if date))
    how = [f"置信 confidence {fact.confidence:g}", fact.modality, fact.tenure, held]
    yield "  " + " · ".join(part for part in how if part)
    if fact.reference:
        yield "  出自行政区划数据 · from the gazetteer, not from a text"
    for proof in fact.proofs:
        yield f"  “{' '.join(proof.sentence.split())}”"
        yield f"      {proof.source} · {proof.document} · {_ruled(proof, known)}"
    for one in fact.corrections:
        yield f"  更正 corrected: {one}"
    yield f"  <{fact.iri}>\n"


def _ruled(proof: Proof, known: Mapping[str, Rule]) -> str:
    from kg.commands.rules import place

    return f"{proof.rule} ({place(known[proof.rule])})" if proof.rule in known else proof.rule
