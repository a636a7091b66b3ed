"""From the readings of many texts to one graph: who and what is one."""

from __future__ import annotations

from itertools import permutations

import pytest
from readings import reading

from kg.graph import Graph
from kg.model import Assertion, Entity, Reading
from kg.resolve.across import merge
from kg.resolve.confidence import precision


def graph(*texts: str) -> Graph:
    return merge(reading(text, source=f"texts/{number}.txt") for number, text in enumerate(texts))


def of(found: Graph, kind: str) -> list[Entity]:
    return [entity for entity in found.entities if entity.kind == kind]


def between(found: Graph, relation: str) -> list[Assertion]:
    return [fact for fact in found.assertions if fact.relation == relation]


FIRST = "遵义市民政局局长赵志远出席首届邻里节。"
SECOND = "近日，遵义市民政局局长赵志远走访社区。"


class TestBodies:
    def test_one_name_at_one_place_is_one_body(self) -> None:
        found = graph(FIRST, "遵义市召开会议\n\n市民政局印发《社工要点》。\n")
        (body,) = of(found, "organization")
        assert (body.name, body.aliases) == ("遵义市民政局", ("市民政局",))
        assert {mention.sentence.document.source for mention in body.mentions} == {"texts/0.txt", "texts/1.txt"}

    def test_two_spellings_in_two_texts(self) -> None:
        found = graph("遵义市人社局参加首届邻里节。", "遵义市人力资源和社会保障局参加首届邻里节。")
        (body,) = of(found, "organization")
        assert (body.name, body.aliases) == ("遵义市人力资源和社会保障局", ("遵义市人社局",))

    def test_one_name_at_two_places_is_two_bodies(self) -> None:
        found = graph("南京市鼓楼区民政局参加首届邻里节。", "福州市鼓楼区民政局参加首届邻里节。")
        assert [body.name for body in of(found, "organization")] == ["南京市鼓楼区民政局", "福州市鼓楼区民政局"]

    def test_bodies_of_districts_that_no_text_places_stay_apart(self) -> None:
        found = graph("鼓楼区民政局参加首届邻里节。", "朝阳区民政局参加首届邻里节。")
        assert {body.name for body in of(found, "organization")} == {"鼓楼区民政局", "朝阳区民政局"}


class TestPeople:
    def test_one_name_in_one_body_is_one_person(self) -> None:
        (person,) = of(graph(FIRST, SECOND), "official")
        assert len(person.mentions) == 2

    def test_one_name_in_two_bodies_is_two_people(self) -> None:
        found = graph(FIRST, "贵阳市教育局局长赵志远走访学校。")
        people = of(found, "official")
        assert [person.name for person in people] == ["赵志远", "赵志远"]
        posts = {fact.subject: fact.object for fact in between(found, "holds_post")}
        assert posts == {
            "official/赵志远/贵阳市教育局": "organization/贵阳市教育局",
            "official/赵志远/遵义市民政局": "organization/遵义市民政局",
        }
        assert {person.key for person in people} == set(posts)

    def test_a_text_that_knows_both_posts_joins_them(self) -> None:
        both = "遵义市民政局局长赵志远走访社区。此前，赵志远任贵阳市教育局副局长。"
        assert len(of(graph(FIRST, "贵阳市教育局副局长赵志远走访学校。", both), "official")) == 1

    def test_who_is_tied_to_nothing_stays_apart(self) -> None:
        assert len(of(graph("赵志远同志先进事迹很感人。", "大家向赵志远同志学习。"), "official")) == 2


class TestEventsAndPrograms:
    @pytest.mark.parametrize("place", ["遵义市", "贵阳市"])
    def test_a_gathering_is_one_where_its_host_is(self, place: str) -> None:
        found = graph("遵义市民政局举办首届邻里节。", f"{place}民政局举办首届邻里节。近日天气很好。")
        assert len(of(found, "event")) == (1 if place == "遵义市" else 2)

    def test_a_program_likewise(self) -> None:
        one = "遵义市民政局实施“暖巢”关爱项目。"
        assert len(of(graph(one, f"近日，{one}"), "program")) == 1
        assert len(of(graph(one, "贵阳市民政局实施“暖巢”关爱项目。"), "program")) == 2


class TestFacts:
    def test_what_two_texts_say_is_one_fact_and_surer(self) -> None:
        (fact,) = between(graph(FIRST, SECOND), "leads")
        (alone,) = between(graph(FIRST), "leads")
        assert [claim.sentence.document.source for claim in fact.claims] in (
            ["texts/0.txt", "texts/1.txt"],
            ["texts/1.txt", "texts/0.txt"],
        )
        assert fact.confidence > alone.confidence == round(precision("leads.head_before_name"), 3)

    def test_dates_reach_over_both_texts(self) -> None:
        found = graph("2024年5月12日，遵义市民政局印发《社工要点》。", "2023年6月1日，遵义市民政局印发《社工要点》。")
        (fact,) = between(found, "issues")
        assert (fact.since, fact.until) == ("2023-06-01", "2024-05-12")

    def test_ends_of_facts_are_entities(self) -> None:
        found = graph(FIRST, SECOND, "贵阳市教育局局长赵志远在南明区走访学校。")
        keys = {entity.key for entity in found.entities}
        assert len(keys) == len(found.entities)
        assert all({fact.subject, fact.object} <= keys for fact in found.assertions)

    def test_the_same_text_in_two_files_is_one_document(self) -> None:
        found = graph(FIRST, FIRST)
        assert [document.source for document in found.documents] == ["texts/0.txt"]
        assert found == graph(FIRST)


class TestContainment:
    def test_the_places_above_a_place_come_from_the_gazetteer(self) -> None:
        found = graph("汇川区的社工参加首届邻里节。")
        assert {place.name: place.code for place in of(found, "place")} == {
            "汇川区": "520303",
            "遵义市": "520300",
            "贵州省": "520000",
        }
        chain = [(f.subject, f.object, f.reference, f.claims) for f in between(found, "located_in")]
        assert chain == [
            ("place/520300", "place/520000", True, ()),
            ("place/520303", "place/520300", True, ()),
        ]

    def test_what_a_text_says_itself_stands_once_and_keeps_its_claim(self) -> None:
        found = graph("遵义市汇川区的社工参加首届邻里节。")
        (fact,) = [f for f in between(found, "located_in") if f.subject == "place/520303"]
        assert not fact.reference
        assert fact.claims


def test_the_order_of_the_readings_does_not_matter() -> None:
    texts = [FIRST, SECOND, "贵阳市教育局局长赵志远走访汇川区的学校。", "遵义市人社局参加首届邻里节。"]
    read: list[Reading] = [reading(text, source=f"texts/{number}.txt") for number, text in enumerate(texts)]
    expected = merge(read)
    assert all(merge(order) == expected for order in permutations(read))


def test_no_readings_make_an_empty_graph() -> None:
    assert merge([]) == Graph()
