"""Every fact of the seeds leads back to its words: `kg annotate`, `kg why` and `kg where` agree with the graph."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, SEEDS, Done, one_line
from told import KG, Fact, Told, told

from kg.commands.rules import place, rules, says
from kg.discover import kind_extractors, relation_extractors
from kg.ids import document_id, document_key, iri
from kg.rdf import why as proofs
from kg.rdf.vocabulary import vocabulary

Kg = Callable[..., Done]
Record = dict[str, Any]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """What `kg annotate seeds` prints."""
    from kg.annotate.records import annotate
    from kg.read import find_files, read_file

    lines = [json.dumps(annotate(one), ensure_ascii=False) for file in find_files([SEEDS]) for one in read_file(file)]
    return [json.loads(line) for line in lines]


@pytest.fixture
def graph(seed_graph: Path) -> Told:
    return told(seed_graph)


def claims(records: list[Record]) -> list[tuple[Record, Record]]:
    return [(record, claim) for record in records for claim in record["claims"]]


class TestAnnotations:
    def test_every_offset_holds(self, records: list[Record]) -> None:
        for record in records:
            for one in record["mentions"]:
                assert 0 <= one["start"] < one["stop"] <= len(record["text"])
                assert record["text"][one["start"] : one["stop"]] == one["text"]

    def test_every_end_of_a_claim_is_a_mention_or_left_out(self, records: list[Record]) -> None:
        for record, claim in claims(records):
            known = {(one["start"], one["stop"], one["kind"]) for one in record["mentions"]}
            for end in (claim["subject"], claim["object"]):
                assert (end["start"], end["stop"], end["kind"]) in known or end["start"] == end["stop"]

    def test_ends_lie_in_the_sentence_of_their_claim(self, records: list[Record]) -> None:
        for _, claim in claims(records):
            sentence = claim["sentence"]
            for end in filter(None, (claim["subject"], claim["object"], claim["title"])):
                assert sentence["start"] <= end["start"] <= end["stop"] <= sentence["stop"]

    def test_a_sentence_is_no_more_than_a_paragraph(self, records: list[Record]) -> None:
        for record, claim in claims(records):
            sentence = claim["sentence"]
            assert "\n" not in record["text"][sentence["start"] : sentence["stop"]]

    def test_mentions_come_in_the_order_of_the_text(self, records: list[Record]) -> None:
        for record in records:
            places = [(one["start"], -one["stop"]) for one in record["mentions"]]
            assert places == sorted(places)

    def test_no_mention_stands_twice(self, records: list[Record]) -> None:
        for record in records:
            places = [(one["start"], one["stop"], one["kind"]) for one in record["mentions"]]
            assert len(set(places)) == len(places)

    def test_no_two_of_a_kind_cross(self, records: list[Record]) -> None:
        for record in records:
            for one in record["mentions"]:
                for other in record["mentions"]:
                    if one["kind"] == other["kind"]:
                        assert not one["start"] < other["start"] < one["stop"] < other["stop"]

    def test_names_have_no_padding(self, records: list[Record]) -> None:
        for record in records:
            for one in record["mentions"]:
                assert one["name"] == one["name"].strip()
                assert one["name"] or one["rule"].endswith(".reference")  # 该标准 has no name of its own

    def test_the_id_is_that_of_the_text(self, records: list[Record]) -> None:
        assert [record["id"] for record in records] == [document_id(record["text"]) for record in records]

    def test_the_graph_holds_these_documents(self, records: list[Record], graph: Told) -> None:
        base = "https://w3id.org/govkg/id/"
        assert {str(one) for one in graph.documents()} == {iri(base, document_key(r["id"])) for r in records}

    def test_what_is_resolved_is_an_entity_of_the_graph(self, records: list[Record], graph: Told) -> None:
        known = {
            (graph.kind[one].lower(), name) for one in graph.name for name in graph.aliases[one] | {graph.name[one]}
        }
        for record in records:
            for one in record["mentions"]:
                if one["entity"] is not None:
                    assert (one["kind"], one["entity"]) in known

    def test_every_rule_named_exists(self, records: list[Record]) -> None:
        known = rules()
        for record, claim in claims(records):
            assert claim["rule"] in known, record["id"]
            assert claim["rule"].split(".")[0] == claim["relation"]

    def test_the_command_prints_them(self, kg: Kg, records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        printed = [json.loads(line) for line in kg("annotate", "seeds").out.splitlines()]
        for one, other in zip(printed, records, strict=True):
            assert {**one, "source": None} == {**other, "source": None}
            assert one["source"].startswith("seeds/")


class TestEvidence:
    def test_each_fact_of_a_text_has_a_sentence(self, graph: Told) -> None:
        for fact in graph.facts:
            assert fact.reference != bool(fact.proofs), fact.iri

    def test_each_quote_stands_where_it_says(self, graph: Told, records: list[Record]) -> None:
        texts = {record["id"]: record["text"] for record in records}
        for fact in graph.facts:
            for proof in fact.proofs:
                assert texts[proof.document.rpartition("/")[2]][proof.start : proof.stop] == proof.quote

    def test_each_end_is_a_name_of_its_thing_or_left_out(self, graph: Told, records: list[Record]) -> None:
        texts = {record["id"]: record["text"] for record in records}
        for fact in graph.facts:
            for proof in fact.proofs:
                text = texts[proof.document.rpartition("/")[2]]
                for start, stop in (proof.ends[:2], proof.ends[2:]):
                    assert 0 <= start <= stop <= len(text), fact.iri
                    assert text[start:stop].strip() == text[start:stop]

    def test_each_sentence_stands_on_its_line_of_the_file(self, graph: Told) -> None:
        for fact in graph.facts:
            for proof in fact.proofs:
                lines = Path(proof.file).read_text(encoding="utf-8").splitlines()
                rest = "".join("".join(lines[proof.line - 1 :]).split())
                head = "".join(proof.quote.split())[:8]
                assert head in rest, f"{proof.file}:{proof.line}"

    def test_claims_and_evidence_are_the_same(self, graph: Told, records: list[Record]) -> None:
        told_there = {(p.document.rpartition("/")[2], p.start, p.rule) for f in graph.facts for p in f.proofs}
        said_here = {(record["id"], claim["sentence"]["start"], claim["rule"]) for record, claim in claims(records)}
        own = {row for row in told_there if row[2] in rules()}  # others are found by looking at the whole document
        assert own
        assert own <= said_here

    def test_a_straight_triple_for_each_standing_fact_and_for_nothing_else(self, graph: Told) -> None:
        assert graph.edges == {(f.subject, f.relation, f.object) for f in graph.facts if f.stands}

    def test_confidence_lies_between_none_and_all(self, graph: Told) -> None:
        assert all(0 < fact.confidence <= 1 for fact in graph.facts)

    def test_what_is_mentioned_is_told(self, graph: Told) -> None:
        for fact in graph.facts:
            for proof in fact.proofs:
                assert (next(n for n in graph.documents() if str(n) == proof.document), None, None) in graph.graph
        assert set(graph.graph.objects(None, KG.evidence)) == set(graph.graph.subjects(KG.quote, None))


def by_pair(graph: Told) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in graph.facts:
        found.setdefault((fact.subject, fact.object), []).append(fact)
    return found


class TestWhy:
    def test_each_fact_by_its_iri(self, graph: Told, seed_graph: Path) -> None:
        for fact in graph.facts:
            (found,) = proofs.why(seed_graph, fact.iri)
            assert (found.iri, found.relation, found.title) == (fact.iri, fact.relation, fact.title)
            assert (found.subject, found.object) == (graph.name[fact.subject], graph.name[fact.object])
            assert [p.sentence for p in found.proofs] == [p.quote for p in fact.proofs]
            assert {p.source for p in found.proofs} == {f"{p.file}:{p.line}" for p in fact.proofs}

    def test_each_pair_by_name(self, kg: Kg, graph: Told, seed_graph: Path) -> None:
        for (subject, object_), facts in by_pair(graph).items():
            done = kg("why", graph.name[subject], graph.name[object_], "--graph", seed_graph)
            assert (done.status, done.err) == (0, "")
            for fact in facts:
                assert f"<{fact.iri}>" in done.out
                assert all(f"“{' '.join(proof.quote.split())}”" in done.out for proof in fact.proofs)

    def test_each_rule_with_its_file_and_line(self, kg: Kg, graph: Told, seed_graph: Path) -> None:
        known = rules()
        for fact in graph.facts:
            if fact.proofs and fact.proofs[0].rule in known:
                rule = fact.proofs[0].rule
                assert f"{rule} ({place(known[rule])})" in kg("why", fact.iri, "--graph", seed_graph).out

    def test_each_thing_by_each_of_its_names(self, graph: Told, seed_graph: Path) -> None:
        for one in graph.name:
            own = {fact.iri for fact in graph.facts if one in (fact.subject, fact.object)}
            for name in (graph.name[one], *graph.aliases[one]):
                assert own <= {fact.iri for fact in proofs.why(seed_graph, name)}

    def test_either_way_round(self, graph: Told, seed_graph: Path) -> None:
        for subject, object_ in list(by_pair(graph))[:8]:
            names = graph.name[subject], graph.name[object_]
            assert proofs.why(seed_graph, *names) == proofs.why(seed_graph, *reversed(names))

    @pytest.mark.parametrize(
        "name", ["查无此名", "", " ", "a\\b", 'x"y', "official:", "https://example.org/none", "甲\n乙"]
    )
    def test_names_that_nothing_bears(self, kg: Kg, seed_graph: Path, name: str) -> None:
        one_line(kg("why", name, "--graph", seed_graph), "nothing in the graph is called")


class TestWhere:
    @pytest.mark.parametrize("full", sorted(rules()))
    def test_each_rule(self, kg: Kg, full: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        done = kg("where", full)
        found = re.fullmatch(r"(\S+)  (\S+):(\d+)  (.+)\n", done.out)
        assert found, done.out
        assert found[1] == full
        assert found[4] == says(rules()[full])
        line = (ROOT / found[2]).read_text(encoding="utf-8").splitlines()[int(found[3]) - 1]
        assert line.lstrip().startswith((f"def {full.split('.')[1]}(", "@"))

    def test_all_together(self, kg: Kg) -> None:
        listed = [line.split()[0] for line in kg("where").out.splitlines()]
        assert listed == list(rules())

    @pytest.mark.parametrize("one", [*kind_extractors(), *relation_extractors()], ids=lambda one: one.name)
    def test_each_kind_and_relation(self, kg: Kg, one: Any) -> None:
        listed = [line.split()[0] for line in kg("where", one.name).out.splitlines()]
        assert listed == [f"{one.name}.{rule.__name__}" for rule in one.rules]

    def test_every_relation_and_kind_has_rules(self) -> None:
        heads = {full.split(".")[0] for full in rules()}
        assert heads - {"title"} == {*vocabulary().kinds, *vocabulary().relations}
