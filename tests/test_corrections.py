"""Corrections: what each verdict does to a graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from toygraph import build, document, entity, fact, mention, toy

from kg.config import Config
from kg.graph import Graph
from kg.model import Correction, Modality, Tenure, Verdict
from kg.rdf.graph import is_standing, triples
from kg.rdf.store import Row
from kg.resolve.corrections import as_stated, corrected, unmatched

BUREAU, UNION, PLAN = "云岭省民政厅", "云岭省慈善联合会", "暖阳行动"


def said(verdict: str, subject: str, object_: str, relation: str | None = None, **more: str) -> Correction:
    return Correction(
        verdict=Verdict(verdict), subject=subject, relation=relation, object=object_, by="王", on="2025-03-31", **more
    )  # type: ignore[arg-type]


def facts(graph: Graph, relation: str, *, standing: bool = True) -> set[tuple[str, str, str | None]]:
    names = {one.key: one.name for one in graph.entities}
    return {
        (names[one.subject], names[one.object], one.title)
        for one in graph.assertions
        if one.relation == relation and (is_standing(one) or not standing)
    }


class TestFacts:
    def test_a_wrong_fact_stays_as_such(self) -> None:
        graph = corrected(toy(), [said("wrong", "甘雨田", BUREAU, "leads")])
        assert ("甘雨田", BUREAU, "厅长") not in facts(graph, "leads")
        assert ("甘雨田", BUREAU, "厅长") in facts(graph, "holds_post"), "another relation, another fact"
        (wrong,) = (one for one in graph.assertions if one.is_wrong)
        assert wrong.confidence == 0
        assert wrong.claims, "its sentence stays behind it"
        assert wrong not in as_stated(graph).assertions
        assert not unmatched(graph)

    def test_one_title_of_several(self) -> None:
        graph = corrected(toy(), [said("wrong", "甘雨田", UNION, "holds_post", title="名誉会长")])
        assert facts(graph, "holds_post") == {("甘雨田", BUREAU, "厅长"), ("钱可风", UNION, "会长")}
        missed = corrected(toy(), [said("wrong", "甘雨田", UNION, "holds_post", title="秘书长")])
        assert len(unmatched(missed)) == 1
        assert missed.assertions == toy().assertions or facts(missed, "holds_post") == facts(toy(), "holds_post")

    def test_a_former_post_is_not_meant_where_a_present_one_is(self) -> None:
        graph = toy()
        more = fact("holds_post", graph.entities[7], graph.entities[3], 4, document(), title="处长")
        assert (graph.entities[7].name, graph.entities[3].name) == ("钱可风", BUREAU)
        found = corrected(
            replace(graph, assertions=(*graph.assertions, more)), [said("wrong", "钱可风", BUREAU, "holds_post")]
        )
        assert {one.title for one in found.assertions if one.is_wrong} == {"处长"}
        alone = corrected(graph, [said("wrong", "钱可风", BUREAU, "holds_post")])
        assert {one.title for one in alone.assertions if one.is_wrong} == {"副厅长"}

    def test_all_posts_but_one_are_wrong(self) -> None:
        lines = [
            said("wrong", "甘雨田", UNION, "holds_post"),
            said("right", "甘雨田", UNION, "holds_post", title="名誉会长"),
        ]
        for order in (lines, lines[::-1]):
            graph = corrected(toy(), order)
            assert ("甘雨田", UNION, "名誉会长") in facts(graph, "holds_post")
            assert not unmatched(graph)
            assert '"wrong"' not in str([one for one in triples(graph, Config()) if "assertion/" in one.subject])
        vague = [
            said("wrong", "甘雨田", UNION, "holds_post", title="名誉会长"),
            said("right", "甘雨田", UNION, "holds_post"),
        ]
        assert facts(corrected(toy(), vague), "holds_post") >= {("甘雨田", UNION, None)}
        list(triples(corrected(toy(), vague), Config()))

    def test_who_contradicts_himself_by_another_name_is_heard_last(self) -> None:
        lines = [said("wrong", "甘雨田", "省民政厅", "guides"), said("right", BUREAU, UNION, "guides")]
        lines.append(said("wrong", "省民政厅", UNION, "guides"))
        graph = corrected(toy(), lines)
        assert (BUREAU, UNION, None) in facts(graph, "guides")
        list(triples(graph, Config()))

    def test_either_direction_of_what_has_none(self) -> None:
        for ends in ((BUREAU, UNION), (UNION, BUREAU)):
            for verdict in ("wrong", "right"):
                graph = corrected(toy(), [said(verdict, *ends, "cooperates_with")])
                assert len(graph.assertions) == len(toy().assertions)
                assert not unmatched(graph)

    def test_a_right_fact_is_sure(self) -> None:
        graph = corrected(toy(), [said("right", "甘雨田", BUREAU, "leads")])
        (right,) = (one for one in graph.assertions if one.corrections)
        assert (right.confidence, right.title) == (1.0, "厅长")
        assert len(graph.assertions) == len(toy().assertions)

    def test_a_right_fact_that_no_text_says(self) -> None:
        graph = corrected(toy(), [said("right", "钱可风", BUREAU, "leads", title="厅长")])
        assert ("钱可风", BUREAU, "厅长") in facts(graph, "leads")

    def test_a_right_fact_that_was_only_planned(self) -> None:
        graph = corrected(toy(), [said("right", BUREAU, PLAN, "organizes")])
        assert (BUREAU, PLAN, None) in facts(graph, "organizes")
        assert any(one.modality is Modality.PLANNED for one in graph.assertions), "what the text says stays"

    def test_aliases_and_kinds_name_things_too(self) -> None:
        graph = corrected(toy(), [said("wrong", "official/甘雨田", "省民政厅", "leads")])
        assert not unmatched(graph)
        assert len(facts(graph, "leads")) == 1

    @pytest.mark.parametrize(
        "one",
        [
            said("wrong", "不在其中", BUREAU, "leads"),
            said("wrong", "甘雨田", PLAN, "organizes"),
            said("right", "不在其中", BUREAU, "leads"),
            said("one", BUREAU, "甘雨田"),
            said("two", "甘雨田", PLAN),
            said("name", "不在其中", "新名"),
        ],
    )
    def test_what_matches_nothing_is_kept_and_told(self, one: Correction) -> None:
        graph = corrected(toy(), [one])
        assert unmatched(graph) == (one,)
        assert {e.name for e in graph.entities} == {e.name for e in toy().entities}
        assert len(graph.assertions) == len(toy().assertions)


class TestEntities:
    def test_two_are_one(self) -> None:
        graph = corrected(toy(), [said("one", BUREAU, UNION)])
        (whole,) = (one for one in graph.entities if one.kind == "organization" and "处" not in one.name)
        assert (whole.name, whole.key) == (BUREAU, f"organization/{BUREAU}")
        assert UNION in whole.aliases
        assert ("钱可风", BUREAU, "会长") in facts(graph, "leads")
        assert not facts(graph, "cooperates_with"), "nothing cooperates with itself"
        assert not unmatched(graph)

    def test_facts_that_become_one_keep_all_their_claims(self) -> None:
        graph = corrected(toy(), [said("one", BUREAU, UNION)])
        (hosts,) = (one for one in graph.assertions if one.relation == "organizes" and is_standing(one))
        assert len(hosts.claims) == 2

    def test_a_full_name(self) -> None:
        graph = corrected(toy(), [said("name", UNION, "云岭省慈善事业联合会")])
        (union,) = (one for one in graph.entities if one.name == "云岭省慈善事业联合会")
        assert UNION in union.aliases
        assert union.key == f"organization/{UNION}", "its IRI stays"

    def test_a_full_name_that_another_has_joins_them(self) -> None:
        graph = corrected(toy(), [said("name", UNION, BUREAU)])
        assert UNION not in {one.name for one in graph.entities}
        assert not unmatched(graph)

    def test_corrections_see_what_others_did(self) -> None:
        new = "云岭省慈善事业联合会"
        lines = [said("wrong", "钱可风", new, "leads"), said("name", UNION, new)]
        for order in (lines, lines[::-1]):
            assert not unmatched(corrected(toy(), order))

    def test_the_order_of_lines_does_not_matter(self) -> None:
        lines = [
            said("name", UNION, "慈联"),
            said("one", BUREAU, "云岭省民政厅慈善处"),
            said("wrong", "甘雨田", BUREAU, "leads"),
            said("right", "钱可风", BUREAU, "leads"),
        ]
        one, other = corrected(toy(), lines), corrected(toy(), lines[::-1])
        assert (one.entities, one.assertions) == (other.entities, other.assertions)


def namesakes() -> Graph:
    """甘雨田 of two documents, taken for one person."""
    papers = document(), replace(document("云岭省红枫学院院长甘雨田授课。", source="b.txt"), id="b" * 16)
    bureau, college = entity("organization", BUREAU), entity("organization", "云岭省红枫学院")
    person = entity("official", "甘雨田", *(mention(paper, "甘雨田", "official", 0) for paper in papers))
    held = [
        fact("holds_post", person, bureau, 0, papers[0], title="厅长", since="2024-03-19"),
        fact("holds_post", person, college, 0, papers[1], title="院长"),
        fact("leads", person, college, 0, papers[1], title="院长"),
    ]
    return Graph(documents=papers, entities=(bureau, college, person), assertions=tuple(held))


class TestTwo:
    def test_one_of_two_documents(self) -> None:
        graph = corrected(namesakes(), [said("two", "甘雨田", "云岭省红枫学院")])
        people = {one.key: one for one in graph.entities if one.kind == "official"}
        assert set(people) == {"official/甘雨田", "official/甘雨田/云岭省红枫学院"}
        assert {one.object for one in graph.assertions if one.subject == "official/甘雨田"} == {
            f"organization/{BUREAU}"
        }
        assert [len(one.mentions) for one in people.values()] == [1, 1]
        assert len(graph.assertions) == 3
        assert not unmatched(graph)
        list(triples(graph, Config()))

    def test_the_namesake_may_have_the_key(self) -> None:
        graph = namesakes()
        key = "official/甘雨田/云岭省红枫学院"
        person = replace(graph.entities[2], key=key)
        moved = tuple(replace(one, subject=key) for one in graph.assertions)
        merged = replace(graph, entities=(*graph.entities[:2], person), assertions=moved)
        for reference in ("云岭省红枫学院", key):
            found = corrected(merged, [said("two", "甘雨田", reference)])
            keys = {one.key for one in found.entities if one.kind == "official"}
            assert keys == {key, f"official/甘雨田/{BUREAU}"}
            assert not unmatched(found)

    def test_within_one_document_the_facts_tell_them_apart(self) -> None:
        graph = corrected(toy(), [said("two", "甘雨田", UNION)])
        assert {one.subject for one in graph.assertions if one.object == f"organization/{UNION}"} >= {
            f"official/甘雨田/{UNION}"
        }
        assert ("甘雨田", BUREAU, "厅长") in facts(graph, "leads")
        assert len(graph.assertions) == len(toy().assertions)

    def test_two_that_stand_apart_already(self) -> None:
        done = corrected(namesakes(), [said("two", "甘雨田", "云岭省红枫学院")])
        again = corrected(done, [said("two", "甘雨田", "云岭省红枫学院")])
        assert {one.key for one in again.entities} == {one.key for one in done.entities}
        assert not unmatched(again)

    def test_an_ambiguous_name_is_told_and_its_owner_helps(self) -> None:
        split = corrected(namesakes(), [said("two", "甘雨田", "云岭省红枫学院")])
        vague = said("name", "甘雨田", "甘雨天")
        assert unmatched(corrected(split, [vague])) == (vague,)
        exact = corrected(split, [said("name", "official/甘雨田/云岭省红枫学院", "甘雨天")])
        assert {one.name for one in exact.entities if one.kind == "official"} == {"甘雨田", "甘雨天"}

    def test_former_posts_are_no_standing_facts(self) -> None:
        graph = corrected(toy(), [said("right", "钱可风", BUREAU, "holds_post")])
        assert any(one.tenure is Tenure.FORMER for one in graph.assertions)
        assert ("钱可风", BUREAU, None) in facts(graph, "holds_post")


class TestWhatReadersSee:
    def test_pages_do_not_show_what_is_wrong(self, tmp_path: Path) -> None:
        from kg.rdf.layout import prefixes
        from kg.rdf.store import Store
        from kg.server.facts import facts as shown
        from kg.server.facts import groups

        base = Config().base

        def told(graph: Graph, name: str) -> tuple[dict[tuple[str, str], int], list[str]]:
            store = Store(build(graph, tmp_path / name) / "store")

            def ask(sparql: str) -> list[Row]:
                found = store.query(sparql, prefixes(base))
                assert isinstance(found, tuple)
                return found[1]

            iri = f"{base}organization/{BUREAU}"
            return groups(ask, iri), [one.subject_name for one in shown(ask, iri, "leads", "in")]

        before, heads = told(toy(), "before")
        after, none = told(corrected(toy(), [said("wrong", "甘雨田", BUREAU, "leads")]), "after")
        assert (heads, none) == (["甘雨田"], [])
        assert before.pop(("leads", "in")) == 1
        assert after == before

    def test_networks_have_no_edge_that_is_wrong(self) -> None:
        from kg.exports.network import network
        from kg.rdf.graph import resources

        graph = network(resources(corrected(toy(), [said("wrong", "甘雨田", BUREAU, "leads")]), Config()))
        assert network(resources(toy(), Config())).number_of_edges() == graph.number_of_edges() + 1

    def test_tables_say_who_corrected_a_fact(self, tmp_path: Path) -> None:
        from kg.exports.tables import FACTS, fact_rows
        from kg.rdf.graph import resources

        graph = corrected(toy(), [said("wrong", "甘雨田", BUREAU, "leads"), said("right", "钱可风", BUREAU, "leads")])
        rows = [dict(zip(FACTS, row, strict=True)) for row in fact_rows(lambda: resources(graph, Config()))]
        found = {row["subject"]: (row["correction"], row["confidence"]) for row in rows if row["correction"]}
        assert found == {"甘雨田": ("wrong 王 2025-03-31", 0.0), "钱可风": ("right 王 2025-03-31", 1.0)}
