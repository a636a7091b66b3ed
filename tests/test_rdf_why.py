"""Why the graph says something."""

from pathlib import Path

import pytest
from toygraph import build, toy

from kg.errors import GraphError
from kg.ids import assertion_key
from kg.rdf.why import why


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(toy(), tmp_path_factory.mktemp("why") / "graph")


def test_two_names(folder: Path) -> None:
    facts = why(folder, "甘雨田", "云岭省民政厅")
    assert [(f.relation, f.title) for f in facts] == [("holdsPostIn", "厅长"), ("leads", "厅长")]
    post = facts[0]
    assert (post.subject, post.label["zh"], post.object) == ("甘雨田", "任职于", "云岭省民政厅")
    assert (post.confidence, post.modality, post.tenure, post.since) == (0.9, "done", "current", "2024-03-19")
    (proof,) = post.proofs
    assert proof.sentence == "云岭省民政厅厅长甘雨田出席会议。"
    assert (proof.rule, proof.document, proof.source) == ("holds_post.toy", "社工宣传周启动", "texts/第一期.txt:3")


def test_either_direction_and_any_name(folder: Path) -> None:
    assert why(folder, "省民政厅", "甘雨田") == why(folder, "甘雨田", "云岭省民政厅")
    assert why(folder, "organization:云岭省民政厅", "甘雨田") == why(folder, "甘雨田", "省民政厅")
    assert why(
        folder, "https://w3id.org/govkg/id/official/甘雨田", "<https://w3id.org/govkg/id/organization/云岭省民政厅>"
    )


def test_one_thing_gives_all_its_facts(folder: Path) -> None:
    facts = why(folder, "钱可风")
    assert [(f.relation, f.tenure) for f in facts] == [
        ("holdsPostIn", "current"),
        ("holdsPostIn", "former"),
        ("leads", "current"),
    ]
    assert all(proof.source == "texts/第一期.txt:7" for fact in facts for proof in fact.proofs)


def test_one_assertion(folder: Path) -> None:
    planned = next(f for f in toy().assertions if f.modality == "planned")
    key = assertion_key(planned)
    (fact,) = why(folder, key.replace("/", ":"))
    assert (fact.modality, fact.object) == ("planned", "暖阳行动")
    assert why(folder, f"https://w3id.org/govkg/id/{key}") == (fact,)


def test_reference_facts_have_no_sentence(folder: Path) -> None:
    (fact,) = why(folder, "暖阳市", "云岭省")
    assert fact.reference
    assert fact.proofs == ()


def test_two_things_without_a_fact(folder: Path) -> None:
    assert why(folder, "甘雨田", "钱可风") == ()


@pytest.mark.parametrize("name", ["无此人", 'a"b\\c\n', "<x>", "https://example.org/none", "", "place:000000"])
def test_a_name_that_nothing_bears(folder: Path, name: str) -> None:
    with pytest.raises(GraphError, match="nothing in the graph is called"):
        why(folder, name)


def test_without_a_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such folder"):
        why(tmp_path / "none", "甲")
