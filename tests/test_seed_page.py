"""The explorer's page of the seeds: its data says what the graph says, and nothing in it reaches out."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import Told, told
from toygraph import document, entity, fact

from kg.explorer.data import page_data
from kg.explorer.evidence import units
from kg.explorer.page import page, positions
from kg.graph import Graph
from kg.rdf.vocabulary import vocabulary

Data = dict[str, Any]
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(lambda name: name.strip())
BLOCKS = ("graph", "evidence", "readings", "words")


class Elements(HTMLParser):
    """The elements of a page, and what stands in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in ("script", "style") else None

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            before = self.inside.pop()[2] if self.inside and self.inside[-1][1] is self._open[1] else ""
            self.inside.append((*self._open, before + data))


@pytest.fixture(scope="module")
def text(seed_graph: Path) -> str:
    return (seed_graph / "graph.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def elements(text: str) -> Elements:
    return Elements(text)


@pytest.fixture(scope="module")
def data(elements: Elements) -> dict[str, Data]:
    """What the page's scripts read, by name."""
    blocks = {attrs["id"]: body for tag, attrs, body in elements.inside if attrs.get("type") == "application/json"}
    return {name: json.loads(blocks[f"data-{name}"]) for name in BLOCKS}


@pytest.fixture
def graph(seed_graph: Path) -> Told:
    return told(seed_graph)


class TestWhatItSays:
    def test_the_same_things(self, data: dict[str, Data], graph: Told) -> None:
        columns = data["graph"]
        kinds = [columns["kinds"][kind] for kind in columns["kind"]]
        assert sorted(zip(kinds, columns["name"], strict=True)) == sorted(
            (graph.kind[iri].lower(), name) for iri, name in graph.name.items()
        )

    def test_the_same_aliases(self, data: dict[str, Data], graph: Told) -> None:
        columns = data["graph"]
        found = sorted((columns["name"][int(at)], *sorted(names)) for at, names in columns["aliases"].items())
        assert found == sorted((graph.name[iri], *sorted(names)) for iri, names in graph.aliases.items() if names)

    def test_the_same_facts(self, data: dict[str, Data], graph: Told) -> None:
        columns, facts = data["graph"], data["graph"]["facts"]
        terms = {name: term.name for name, term in vocabulary().relations.items()}
        found = sorted(
            (columns["name"][s], terms[columns["relations"][r]], columns["name"][o], columns["modalities"][m])
            for s, r, o, m in zip(facts["s"], facts["r"], facts["o"], facts["modality"], strict=True)
        )
        assert found == sorted(
            (graph.name[f.subject], f.relation, graph.name[f.object], f.modality) for f in graph.facts
        )

    def test_the_same_sentences(self, data: dict[str, Data], graph: Told) -> None:
        found = {(line, text) for _, line, text in data["evidence"]["sentences"]}
        assert found == {(proof.line, proof.quote) for fact in graph.facts for proof in fact.proofs}

    def test_each_fact_has_its_sentences(self, data: dict[str, Data], graph: Told) -> None:
        counts = sorted(len(claims) for claims in data["evidence"]["facts"])
        assert counts == sorted(len(fact.proofs) for fact in graph.facts)

    def test_the_same_titles(self, data: dict[str, Data], graph: Told) -> None:
        found = sorted(data["graph"]["facts"]["title"].values())
        assert found == sorted(fact.title for fact in graph.facts if fact.title)

    def test_the_same_documents(self, data: dict[str, Data], graph: Told) -> None:
        assert data["graph"]["documents"] == len(graph.documents()) == len(data["evidence"]["documents"])

    def test_marks_lie_in_their_sentences(self, data: dict[str, Data]) -> None:
        sentences = data["evidence"]["sentences"]
        for claims in data["evidence"]["facts"]:
            for number, _, *ends in claims:
                room = units(sentences[number][2])
                assert 0 <= ends[0] <= ends[1] <= room
                assert 0 <= ends[2] <= ends[3] <= room

    def test_every_thing_has_a_place_of_its_own(self, data: dict[str, Data]) -> None:
        places = list(zip(data["graph"]["x"], data["graph"]["y"], strict=True))
        assert len(set(places)) == len(places)

    def test_positions_are_those_of_the_page(self, data: dict[str, Data], seed_graph: Path, graph: Told) -> None:
        found = positions(seed_graph / "graph.html")
        assert sorted(found.values()) == sorted(zip(data["graph"]["x"], data["graph"]["y"], strict=True))
        assert {f"https://w3id.org/govkg/id/{key}" for key in found} == graph.name.keys()


class TestThatItStandsAlone:
    def test_nothing_is_asked_for(self, elements: Elements) -> None:
        for tag, attrs in elements.found:
            assert not {"src", "href", "action", "srcset"} & {k for k, v in attrs.items() if v and "//" in v}, tag
            assert tag not in ("iframe", "object", "embed", "base", "link") or not attrs.get("href", "").startswith(
                "http"
            )

    def test_no_handler_stands_in_an_attribute(self, elements: Elements) -> None:
        assert not [(tag, name) for tag, attrs in elements.found for name in attrs if name.startswith("on")]

    def test_the_policy_allows_its_scripts_and_no_connection(self, elements: Elements) -> None:
        (policy,) = [
            a["content"] or "" for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"
        ]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "connect-src" not in policy or "connect-src 'none'" in policy
        for tag, attrs, body in elements.inside:
            if tag == "script" and not attrs.get("type"):
                assert f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" in policy

    def test_it_says_its_language_and_encoding(self, text: str) -> None:
        assert re.search(r'<html[^>]* lang="zh', text)
        assert re.search(r'<meta charset="utf-8"', text[:400], re.IGNORECASE)

    def test_every_id_is_there_once(self, elements: Elements) -> None:
        ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
        assert len(ids) == len(set(ids))


def small(names: list[str]) -> Graph:
    """Bodies of these names, each in the one place."""
    paper, place = document(), entity("place", "暖阳市", code="990100")
    bodies = [entity("organization", name) for name in names]
    facts = tuple(fact("located_in", body, place, 0, paper) for body in bodies)
    return Graph(documents=(paper,), entities=(place, *bodies), assertions=facts)


class TestAnyGraph:
    @settings(max_examples=25, deadline=None)
    @given(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    def test_columns_are_of_one_length(self, names: list[str]) -> None:
        columns = page_data(small(names)).graph
        assert columns["name"] == [*sorted(names, key=lambda n: entity("organization", n).key), "暖阳市"]
        for name in ("kind", "x", "y", "r", "group"):
            assert len(columns[name]) == len(names) + 1  # type: ignore[arg-type]

    @settings(max_examples=5, deadline=None)
    @given(st.lists(NAMES, min_size=1, max_size=3, unique=True), st.sampled_from(["vis", "canvas"]))
    def test_whatever_names_hold_the_page_is_whole(self, names: list[str], engine: str) -> None:
        found = Elements(page(small(names), title=names[0], engine=engine))
        blocks = {a["id"]: body for _, a, body in found.inside if a.get("type") == "application/json"}
        assert {f"data-{name}" for name in BLOCKS} <= blocks.keys()
        assert set(names) <= set(json.loads(blocks["data-graph"])["name"])

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_lengths_are_as_browsers_count(self, text: str) -> None:
        assert units(text) == len(text.encode("utf-16-le")) // 2
