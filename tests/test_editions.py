"""`kg diff`: two graphs of values compared, in words and as RDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from running import Done, one_line
from toygraph import TEXT, build, document, entity, fact, toy

from kg.config import ONTOLOGY
from kg.editions.compare import Changes, compare
from kg.editions.edition import read_edition
from kg.editions.statements import turtle
from kg.editions.words import NOTHING, told
from kg.graph import Graph
from kg.model import Assertion, Entity, Modality, Tenure

Kg = Callable[..., Done]
BUREAU, UNION, PLAN = "organization/云岭省民政厅", "organization/云岭省慈善联合会", "program/暖阳行动"
RDF = rdflib.RDF
KG = rdflib.Namespace(ONTOLOGY)


def of(graph: Graph, key: str) -> Entity:
    return next(one for one in graph.entities if one.key == key)


def with_entity(graph: Graph, key: str, new: Entity) -> Graph:
    """The graph with another entity in place of one, its facts moved."""
    facts = [
        replace(one, subject=new.key if one.subject == key else one.subject,
                object=new.key if one.object == key else one.object)
        for one in graph.assertions
    ]  # fmt: skip
    entities = [new if one.key == key else one for one in graph.entities]
    return replace(graph, entities=tuple(entities), assertions=tuple(facts))


def plus(graph: Graph, *facts: Assertion, entities: tuple[Entity, ...] = ()) -> Graph:
    return replace(graph, assertions=(*graph.assertions, *facts), entities=(*graph.entities, *entities))


def without(graph: Graph, *keys: str) -> Graph:
    return replace(
        graph,
        entities=tuple(one for one in graph.entities if one.key not in keys),
        assertions=tuple(one for one in graph.assertions if not {one.subject, one.object} & set(keys)),
    )


@pytest.fixture
def compared(tmp_path: Path) -> Callable[[Graph, Graph], Changes]:
    """Compares two graphs, built."""

    def run(old: Graph, new: Graph) -> Changes:
        return compare(*(read_edition(build(graph, tmp_path / name)) for name, graph in (("o", old), ("n", new))))

    return run


Compared = Callable[[Graph, Graph], Changes]
PAPER = document(TEXT)


def test_the_same_graph_says_the_same(compared: Compared) -> None:
    changes = compared(toy(), toy())
    assert not changes
    assert list(told(changes)) == [NOTHING]
    assert "kg:Change" not in "".join(turtle(changes))


def test_a_new_head(compared: Compared) -> None:
    old, chair = toy(), of(toy(), "official/钱可风")
    moved = [one for one in old.assertions if one.relation != "leads" or one.object != BUREAU]
    new = replace(
        old,
        assertions=(
            *moved,
            fact("leads", chair, of(old, BUREAU), 4, PAPER, title="厅长"),
            fact("holds_post", chair, of(old, BUREAU), 4, PAPER, title="厅长"),
        ),
    )
    changes = compared(old, new)
    (one,) = changes.heads
    assert (one.body.name, one.head.name, one.title) == ("云岭省民政厅", "钱可风", "厅长")
    assert [thing.name for thing in one.before] == ["甘雨田"]
    assert not changes.posts, "the post of a new head is told once"
    assert not changes.added
    assert [one.subject.rpartition("/")[2] for one in changes.removed] == ["甘雨田"]
    assert "  云岭省民政厅：甘雨田 → 钱可风（厅长）" in list(told(changes))


def test_the_head_of_a_new_body_is_no_change_of_heads(compared: Compared) -> None:
    body, head = entity("organization", "云岭省红枫学院"), entity("official", "白鹭洲")
    new = plus(toy(), fact("leads", head, body, 0, PAPER, title="院长"), entities=(body, head))
    changes = compared(toy(), new)
    assert not changes.heads
    assert [one.relation.rpartition("#")[2] for one in changes.added] == ["leads"]
    assert {thing.name for thing in changes.came} == {"云岭省红枫学院", "白鹭洲"}


def test_new_posts_and_new_titles(compared: Compared) -> None:
    head, union = of(toy(), "official/甘雨田"), of(toy(), UNION)
    changes = compared(toy(), plus(toy(), fact("holds_post", head, union, 0, PAPER, title="理事")))
    assert [(one.person.name, one.body.name, one.title) for one in changes.posts] == [
        ("甘雨田", "云岭省慈善联合会", "理事")
    ]
    assert not changes.added, "the fact itself stood before"


@pytest.mark.parametrize("how", [{"modality": Modality.PLANNED}, {"tenure": Tenure.FORMER}])
def test_what_does_not_stand_is_no_news(compared: Compared, how: dict[str, object]) -> None:
    person, bureau = of(toy(), "official/钱可风"), of(toy(), BUREAU)
    changes = compared(toy(), plus(toy(), fact("holds_post", person, bureau, 0, PAPER, title="处长", **how)))
    assert not changes


def test_standards_and_programs(compared: Compared) -> None:
    norm = entity("standard", "社区助餐服务规范", code="DB99/T 5678-2025")
    new = plus(without(toy(), PLAN), fact("issues", of(toy(), BUREAU), norm, 1, PAPER), entities=(norm,))
    changes = compared(toy(), new)
    assert [thing.name for thing in changes.standards] == ["社区助餐服务规范"]
    assert [thing.name for thing in changes.programs] == ["暖阳行动"]
    assert not changes.came
    assert not changes.went
    lines = list(told(changes))
    assert "  社区助餐服务规范（DB99/T 5678-2025）" in lines
    assert "不再提到的项目 Programs no longer mentioned (1)" in lines


def test_a_name_that_changed_under_one_iri(compared: Compared) -> None:
    new = with_entity(toy(), UNION, replace(of(toy(), UNION), name="云岭省慈善总会"))
    changes = compared(toy(), new)
    assert [(one.before.name, one.now.name) for one in changes.names] == [("云岭省慈善联合会", "云岭省慈善总会")]
    assert not changes.added
    assert not changes.came


@pytest.mark.parametrize("turned", [False, True])
def test_a_name_that_changed_the_iri_is_known_by_its_alias(compared: Compared, turned: bool) -> None:
    longer = replace(
        of(toy(), UNION),
        key="organization/云岭省慈善事业联合会",
        name="云岭省慈善事业联合会",
        aliases=("云岭省慈善联合会",),
    )
    graphs = toy(), with_entity(toy(), UNION, longer)
    changes = compared(*(graphs[::-1] if turned else graphs))
    assert len(changes.names) == 1
    assert not changes.added
    assert not changes.removed
    assert not changes.posts


def test_a_person_whose_iri_changed_is_the_same(compared: Compared) -> None:
    new = with_entity(
        toy(), "official/甘雨田", replace(of(toy(), "official/甘雨田"), key="official/甘雨田/云岭省民政厅")
    )
    assert not compared(toy(), new)


def test_namesakes_are_not_taken_for_one_another(compared: Compared) -> None:
    person = of(toy(), "official/甘雨田")
    two = [replace(person, key=f"official/甘雨田/{owner}") for owner in ("甲", "乙")]
    new = plus(without(toy(), person.key), entities=tuple(two))
    changes = compared(toy(), new)
    assert [thing.iri.rpartition("/")[2] for thing in changes.came] == ["乙", "甲"]
    assert [thing.name for thing in changes.went] == ["甘雨田"]


def test_other_facts_are_counted_or_listed(compared: Compared) -> None:
    new = plus(without(toy(), "place/990100"), fact("guides", of(toy(), UNION), of(toy(), BUREAU), 1, PAPER))
    changes = compared(toy(), new)
    lines = list(told(changes))
    assert "其他事实 Other facts (+1 −1)" in lines
    assert "  指导 guides         +1 −0" in lines
    assert "  地点 Place  +0 −1" in lines
    listed = list(told(changes, facts=True))
    assert "  云岭省慈善联合会 — 指导 guides → 云岭省民政厅" in listed
    assert any("位于 is located in → 暖阳市" in line for line in listed)


def test_facts_of_the_gazetteer_are_no_news(compared: Compared) -> None:
    old = replace(toy(), assertions=tuple(one for one in toy().assertions if not one.reference))
    assert not compared(old, toy())


def test_as_rdf(compared: Compared) -> None:
    norm = entity("standard", "社区助餐服务规范")
    union = replace(of(toy(), UNION), name="云岭省慈善总会")
    new = with_entity(plus(without(toy(), PLAN), entities=(norm,)), UNION, union)
    new = plus(new, fact("leads", of(toy(), "official/甘雨田"), union, 0, PAPER, title="会长"))
    changes = compared(toy(), new)
    text = "".join(turtle(changes))
    assert text == "".join(turtle(changes))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    kinds = {str(graph.value(one, KG.change)): one for one in graph.subjects(RDF.type, KG.Change)}
    assert set(kinds) == {"new-head", "new-standard", "program-gone", "new-name"}
    head = kinds["new-head"]
    assert str(graph.value(head, KG.title)) == "会长"
    assert str(graph.value(graph.value(head, KG.formerly), rdflib.RDFS.label)) == "钱可风"
    renamed = kinds["new-name"]
    assert (str(graph.value(renamed, KG.oldName)), str(graph.value(renamed, KG.newName))) == (
        "云岭省慈善联合会",
        "云岭省慈善总会",
    )
    spoken_of = {*graph.objects(None, KG.about), *graph.objects(None, RDF.subject), *graph.objects(None, RDF.object)}
    assert all(graph.value(one, rdflib.RDFS.label) for one in spoken_of)


def test_every_fact_that_came_or_went_is_in_the_rdf(compared: Compared) -> None:
    changes = compared(toy(), without(toy(), UNION))
    graph = rdflib.Graph().parse(data="".join(turtle(changes)), format="turtle")
    removed = list(graph.subjects(KG.change, rdflib.Literal("fact-removed")))
    assert len(removed) == len(changes.removed) > 5
    back = rdflib.Graph().parse(data="".join(turtle(compared(without(toy(), UNION), toy()))), format="turtle")
    assert len(list(back.subjects(KG.change, rdflib.Literal("entity-added")))) == 1


class TestCommand:
    def test_words_and_turtle(self, kg: Kg, tmp_path: Path, toy_graph: Path) -> None:
        build(without(toy(), PLAN), tmp_path / "new")
        done = kg("diff", toy_graph, tmp_path / "new")
        assert (done.status, done.err) == (0, "")
        assert done.out == "不再提到的项目 Programs no longer mentioned (1)\n  暖阳行动\n"
        assert "kg:Change" in kg("diff", toy_graph, tmp_path / "new", "--format", "turtle").out
        assert kg("diff", toy_graph, toy_graph).out == f"{NOTHING}\n"

    def test_facts_are_listed_on_request(self, kg: Kg, tmp_path: Path, toy_graph: Path) -> None:
        build(without(toy(), UNION), tmp_path / "new")
        assert "甘雨田 — 任职于" not in kg("diff", toy_graph, tmp_path / "new").out
        assert "甘雨田 — 任职于" in kg("diff", toy_graph, tmp_path / "new", "--facts").out

    def test_a_real_build_of_more_texts(self, kg: Kg, tmp_path: Path, article: Path) -> None:
        kg("build", article, "--out", tmp_path / "old")
        later = tmp_path / "又一篇.txt"
        later.write_text("石家庄市民政局局长安如海讲话，发布《石家庄市社区助餐办法》。\n", encoding="utf-8")
        kg("build", article, later, "--out", tmp_path / "new")
        said = kg("diff", tmp_path / "old", tmp_path / "new").out
        assert "石家庄市民政局：纪怀瑜 → 安如海（局长）" in said
        assert "社区助餐办法" in said

    @pytest.mark.parametrize("missing", [0, 1])
    def test_a_graph_that_is_not_there(self, kg: Kg, tmp_path: Path, toy_graph: Path, missing: int) -> None:
        folders = [toy_graph, toy_graph]
        folders[missing] = tmp_path / "无"
        one_line(kg("diff", *folders), "无", "kg build")

    def test_usage(self, kg: Kg, toy_graph: Path) -> None:
        one_line(kg("diff", toy_graph), "NEW", "kg diff --help")
        one_line(kg("diff", toy_graph, toy_graph, "--format", "pdf"), "'pdf'", "turtle")
