"""From the mentions and claims of one text to its entities and facts."""

from __future__ import annotations

import pytest
from readings import document, facts, named, names, reading

from kg.model import Assertion, Modality, Reading, Tenure
from kg.resolve.confidence import combined, precision
from kg.resolve.subclass import subclass_of

ARTICLE = (
    "遵义市召开社会工作推进会\n\n"
    "5月12日，遵义市民政局召开推进会。市民政局党组书记、局长赵志远出席，省民政厅副厅长孙丽华讲话。\n\n"
    "会上，赵局长表示，将建立遵义市云杉志愿者协会。局长赵志远还到汇川区走访。\n"
)


def one(read: Reading, relation: str) -> Assertion:
    (fact,) = [fact for fact in read.assertions if fact.relation == relation]
    return fact


@pytest.fixture(scope="module")
def article() -> Reading:
    return reading(ARTICLE)


class TestTheWhole:
    def test_every_entity_has_its_full_name(self, article: Reading) -> None:
        assert names(article, "organization") == {"遵义市民政局", "贵州省民政厅", "遵义市云杉志愿者协会"}
        assert names(article, "official") == {"赵志远", "孙丽华"}
        assert names(article, "event") == {"社会工作推进会"}
        assert {"遵义市", "汇川区", "贵州省"} >= names(article, "place") >= {"遵义市", "汇川区"}

    def test_every_fact_stands_on_claims_of_the_text(self, article: Reading) -> None:
        keys = {entity.key for entity in article.entities}
        assert article.assertions
        for fact in article.assertions:
            assert {fact.subject, fact.object} <= keys
            assert fact.subject != fact.object
            assert fact.claims
            for claim in fact.claims:
                assert claim.sentence.document == article.document
                assert claim.sentence.start <= claim.subject.start <= claim.subject.stop <= claim.sentence.stop

    def test_every_mention_is_where_it_says(self, article: Reading) -> None:
        seen = [mention for entity in article.entities for mention in entity.mentions]
        assert len(seen) == len(set(seen)), "a mention speaks of one entity"
        for mention in seen:
            assert mention.text == article.document.text[mention.start : mention.stop] != ""

    def test_it_is_the_same_every_time(self, article: Reading) -> None:
        assert reading(ARTICLE) == article

    def test_nothing_said_nothing_found(self) -> None:
        read = reading("今天天气很好，大家都很高兴。")
        assert (read.entities, read.assertions) == ((), ())


class TestPosts:
    def test_a_post_met_again_is_the_post_as_first_told(self, article: Reading) -> None:
        mine = {fact for fact in facts(article, "holds_post", "leads") if fact[0] == "赵志远"}
        assert mine == {
            ("赵志远", "holds_post", "遵义市民政局", "党组书记、局长"),
            ("赵志远", "leads", "遵义市民政局", "党组书记、局长"),
        }

    def test_surname_and_title_are_the_person(self, article: Reading) -> None:
        person = named(article, "赵志远")
        assert [mention.text for mention in person.mentions] == ["赵志远", "赵", "赵志远"]
        assert person.aliases == ()  # 赵 alone names nobody

    def test_a_former_post_is_a_fact_of_its_own(self) -> None:
        read = reading("遵义市民政局原局长赵志远出席首届邻里节。遵义市民政局局长孙丽华讲话。")
        told = {(f.subject, f.tenure) for f in read.assertions if f.relation == "leads"}
        assert told == {("official/赵志远", Tenure.FORMER), ("official/孙丽华", Tenure.CURRENT)}

    def test_the_body_left_out_is_the_one_of_the_list(self) -> None:
        read = reading(
            "关于成立遵义市养老服务协调小组的通知\n\n决定设立遵义市养老服务协调小组，名单如下：\n\n"
            "组　长：赵志远　遵义市民政局局长\n\n副组长：孙丽华　遵义市财政局副局长\n"
        )
        assert facts(read, "holds_post") == {
            ("赵志远", "holds_post", "遵义市养老服务协调小组", "组长"),
            ("赵志远", "holds_post", "遵义市民政局", "局长"),
            ("孙丽华", "holds_post", "遵义市养老服务协调小组", "副组长"),
            ("孙丽华", "holds_post", "遵义市财政局", "副局长"),
        }

    def test_the_body_left_out_is_one_that_can_have_the_post(self) -> None:
        read = reading("遵义市社会工作协会换届，遵义市民政局派人到场。会议选举赵志远为会长，孙丽华为秘书长。")
        assert {fact[2] for fact in facts(read, "holds_post")} == {"遵义市社会工作协会"}

    def test_a_deputy_mayor_has_no_body_unless_one_is_named(self) -> None:
        read = reading("副市长赵志远出席首届邻里节。")
        assert names(read, "official") == {"赵志远"}
        assert not facts(read, "holds_post")

    def test_a_general_secretary_has_no_post_in_a_local_body(self) -> None:
        read = reading("遵义市委召开会议。遵义市委书记赵志远说，要学习钱大同总书记的讲话。")
        assert {fact[:3] for fact in facts(read, "holds_post")} == {("赵志远", "holds_post", "遵义市委")}

    def test_the_publisher_is_the_body_that_a_bare_head_leads(self) -> None:
        read = reading("局长走访老人\n\n来源：遵义市民政局\n\n近日，局长赵志远走访老人，副局长孙丽华陪同。\n")
        assert document(ARTICLE).publisher is None
        assert facts(read, "leads") == {("赵志远", "leads", "遵义市民政局", "局长")}
        assert facts(read, "holds_post") >= {("孙丽华", "holds_post", "遵义市民政局", "副局长")}


class TestHowAFactIsTold:
    def test_planned_is_told_as_planned(self, article: Reading) -> None:
        read = reading("遵义市民政局将成立遵义市云杉志愿者协会。")
        assert one(read, "establishes").modality is Modality.PLANNED

    def test_done_and_planned_are_two_facts(self) -> None:
        read = reading("遵义市民政局将成立遵义市云杉志愿者协会。去年，遵义市民政局成立遵义市云杉志愿者协会。")
        assert {f.modality for f in read.assertions if f.relation == "establishes"} == {Modality.PLANNED, Modality.DONE}

    def test_dates_span_what_the_sentences_tell(self) -> None:
        fact = one(
            reading("2024年6月1日，遵义市民政局印发《社工要点》。2024年5月12日，遵义市民政局还发布《社工要点》。"),
            "issues",
        )
        assert (fact.since, fact.until) == ("2024-05-12", "2024-06-01")
        assert [claim.date for claim in fact.claims] == ["2024-06-01", "2024-05-12"]  # in the text's order

    def test_confidence_is_that_of_the_rules(self, article: Reading) -> None:
        for fact in article.assertions:
            assert fact.confidence == combined(fact.claims)
            assert 0 < fact.confidence < 1

    def test_an_unknown_rule_is_believed_as_much_as_rules_are_beforehand(self) -> None:
        assert precision("no.such_rule") == pytest.approx(0.8)


class TestPlaces:
    def test_a_place_is_its_division(self) -> None:
        read = reading("遵义市汇川区的社工参加首届邻里节。遵义的老人也来了。")
        assert named(read, "遵义市").code == "520300"
        assert named(read, "遵义市").aliases == ("遵义",)
        assert named(read, "汇川区").key == "place/520303"
        assert ("汇川区", "located_in", "遵义市", None) in facts(read)

    def test_a_name_of_several_divisions_without_context_has_no_code(self) -> None:
        read = reading("鼓楼区的社工参加首届邻里节。")
        assert named(read, "鼓楼区").code is None

    def test_words_for_a_division_unknown_here_are_no_place(self) -> None:
        assert names(reading("市、县民政局参加首届邻里节。"), "place") == set()

    def test_a_body_lies_where_the_text_is(self) -> None:
        read = reading("遵义市召开推进会\n\n遵义市委组织部、宣传部参加推进会。\n")
        assert ("遵义市委宣传部", "located_in", "遵义市", None) in facts(read)


@pytest.mark.parametrize(
    ("name", "subclass"),
    [
        ("遵义市民政局", "GovernmentBody"),
        ("遵义市委组织部", "PartyBody"),
        ("遵义市社会工作联席会议", "CoordinatingBody"),
        ("遵义晨曦大学", "School"),
        ("民政部", "GovernmentBody"),
        ("云杉", None),
    ],
)
def test_the_class_of_a_body_by_its_name(name: str, subclass: str | None) -> None:
    assert subclass_of(name) == subclass


def test_a_college_of_a_university_that_the_text_speaks_of_is_its_part() -> None:
    told = reading("云南云湖大学举行仪式。云南云湖大学社会学院师生参加仪式。\n")
    assert facts(told, "part_of") == {("云南云湖大学社会学院", "part_of", "云南云湖大学", None)}


def test_a_station_named_after_a_body_is_no_section_of_it() -> None:
    told = reading("遵义市云湖街道办事处举行仪式。遵义市云湖街道社工站参加仪式。\n")
    assert not facts(told, "part_of")
