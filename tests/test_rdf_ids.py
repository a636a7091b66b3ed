"""IRIs: readable, stable, one for each thing."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toygraph import document, entity, fact

from kg.ids import assertion_key, digest, entity_key, evidence_key, iri, membership_key, segment
from kg.model import Modality, Tenure

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize(
    "name",
    ["云岭省民政厅", "甘雨田·阿里", "（筹）甲乙", "“暖阳”行动", "A-b_c~d.e", "1+1=2;x,y", "民发〔2024〕1号", "𠮷县"],
)
def test_what_an_iri_allows_stays(name: str) -> None:
    assert segment(name) == name


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a b", "a%20b"),
        ("a/b", "a%2Fb"),
        ("50%", "50%25"),
        ("a?b#c", "a%3Fb%23c"),
        ('<"{|}^`\\>', "%3C%22%7B%7C%7D%5E%60%5C%3E"),
        ("..", "%2E%2E"),
        ("甲\u202e乙", "甲%E2%80%AE乙"),
        ("\ue000", "%EE%80%80"),
        ("\uffff", "%EF%BF%BF"),
    ],
)
def test_what_an_iri_forbids_is_encoded(name: str, path: str) -> None:
    assert segment(name) == path


@given(NAMES)
def test_encoding_can_be_undone(name: str) -> None:
    assert unquote(segment(name)) == name
    assert "/" not in segment(name)


@given(NAMES)
def test_an_encoded_key_is_not_encoded_again(name: str) -> None:
    key = entity_key("program", name)
    assert iri("https://example.org/", key) == "https://example.org/" + key


def test_a_raw_key_is_made_safe() -> None:
    assert iri("https://example.org/", "program/甲 乙") == "https://example.org/program/甲%20乙"


def test_nameless_things_are_refused() -> None:
    with pytest.raises(ValueError, match="without a name"):
        entity_key("program", "")


def test_keys() -> None:
    assert entity_key("place", "云岭省", code="990000") == "place/990000"
    assert entity_key("place", "老茶馆") == "place/老茶馆"
    assert entity_key("standard", "规范", code="DB1") == "standard/规范"
    assert entity_key("organization", "鼓楼区民政局", place="320106") == "organization/鼓楼区民政局/320106"
    assert entity_key("official", "甘雨田", owner="云岭省/民政厅") == "official/甘雨田/云岭省%2F民政厅"


def test_digest_tells_parts_apart() -> None:
    assert len({digest("a", "b"), digest("ab"), digest("a", "b", None), digest("a", "b", ""), digest("b", "a")}) == 5


def test_an_assertion_keeps_its_key_when_evidence_comes() -> None:
    paper = document()
    one, other = entity("official", "甘雨田"), entity("organization", "云岭省民政厅")
    post = fact("holds_post", one, other, 0, paper, title="厅长")
    assert assertion_key(post) == assertion_key(replace(post, confidence=0.5, since="2020", claims=post.claims * 2))
    changes = (
        {"title": "副厅长"},
        {"tenure": Tenure.FORMER},
        {"modality": Modality.PLANNED},
        {"subject": "official/乙"},
    )
    assert len({assertion_key(post), *(assertion_key(replace(post, **change)) for change in changes)}) == 5
    assert membership_key(post) == membership_key(replace(post, modality=Modality.ONGOING))
    assert membership_key(post) != membership_key(replace(post, tenure=Tenure.FORMER))


def test_evidence_is_known_by_its_place() -> None:
    paper = document()
    post = fact("holds_post", entity("official", "甘雨田"), entity("organization", "云岭省民政厅"), 0, paper)
    claim = post.claims[0]
    elsewhere = replace(claim, sentence=replace(claim.sentence, stop=claim.sentence.stop - 1))
    keys = {evidence_key("assertion/a", c) for c in (claim, elsewhere, replace(claim, rule="other"))}
    assert len(keys | {evidence_key("assertion/b", claim)}) == 4
