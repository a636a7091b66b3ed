"""Gold facts as files, and what is counted of a graph beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import ARTICLE, ROOT, Done, one_line

from kg.errors import InputError
from kg.evaluate.gold import GoldDocument, read_gold, same
from kg.evaluate.scoring import Built, BuiltNode, compare, f1

Kg = Callable[..., Done]
BUREAU = {"type": "Organization", "name": "石家庄市民政局", "aliases": ["市民政局"]}
HEAD = {"type": "Official", "name": "纪怀瑜"}
CITY = {"type": "Place", "name": "石家庄市", "code": "130100"}
LEADS, HOLDS = ["纪怀瑜", "leads", "石家庄市民政局"], ["纪怀瑜", "holds_post", "石家庄市民政局", "党组书记、局长"]
WHOLE: dict[str, Any] = {"id": "a", "nodes": [BUREAU, HEAD, CITY], "edges": [LEADS, HOLDS]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def gold(folder: Path, whole: object) -> GoldDocument:
    text = whole if isinstance(whole, str) else json.dumps(whole, ensure_ascii=False)
    (folder / "a.json").write_text(text, encoding="utf-8")
    (found,) = read_gold(folder)
    return found


def built(*nodes: tuple[str, str], edges: tuple[tuple[str, str, str], ...] = ()) -> Built:
    """A graph whose IRIs are its names."""
    made = {
        name: BuiltNode(kind=kind, label=name, labels=frozenset([same(name)]), names=frozenset([same(name)]),
                        codes=frozenset())
        for kind, name in nodes
    }  # fmt: skip
    return Built(nodes=made, edges=frozenset(edges), titles={})


RIGHT = built(("Organization", "石家庄市民政局"), ("Official", "纪怀瑜"), ("Place", "石家庄市"),
              edges=(("纪怀瑜", "leads", "石家庄市民政局"), ("纪怀瑜", "holds_post", "石家庄市民政局")))  # fmt: skip
RELATIONS = frozenset(["leads", "holds_post"])


class TestFiles:
    def test_what_they_hold(self, folder: Path) -> None:
        found = gold(folder, WHOLE)
        assert [node.name for node in found.nodes] == ["石家庄市民政局", "纪怀瑜", "石家庄市"]
        assert found.edges == {(1, "leads", 0), (1, "holds_post", 0)}
        assert found.titles == {(1, 0): {"党组书记、局长", "党组书记", "局长"}}
        assert found.relations == RELATIONS
        assert found.text == folder / "a.txt"

    def test_an_edge_of_an_optional_node_is_free(self, folder: Path) -> None:
        found = gold(folder, {**WHOLE, "nodes": [BUREAU, {**HEAD, "optional": True}]})
        assert found.edges == frozenset()
        assert found.free == {(1, "leads", 0), (1, "holds_post", 0)}

    def test_an_edge_that_is_firm_and_optional_is_free(self, folder: Path) -> None:
        assert gold(folder, {**WHOLE, "edges_optional": [LEADS]}).edges == {(1, "holds_post", 0)}

    @pytest.mark.parametrize(
        ("whole", "said"),
        [
            ("", "cannot be read as JSON"), ("{", "cannot be read as JSON"), ("[]", "not in the form"),
            ("3", "not in the form"), ({}, "'nodes' is missing"), ({"nodes": []}, "'edges' is missing|'id' is missing"),
            ({"nodes": [{}], "edges": []}, "'name' is missing"), ({"nodes": [3], "edges": []}, "not in the form"),
            ({"id": "a", "nodes": [HEAD], "edges": [["纪怀瑜"]]}, "not in the form"),
            ({"id": "a", "nodes": [HEAD], "edges": [LEADS]}, "an end of 纪怀瑜 leads 石家庄市民政局 is no node"),
        ],
    )  # fmt: skip
    def test_what_is_malformed_is_named(self, kg: Kg, folder: Path, whole: object, said: str) -> None:
        with pytest.raises(InputError, match=said) as caught:
            gold(folder, whole)
        assert str(folder / "a.json") in str(caught.value)
        one_line(kg("evaluate", folder), "a.json")

    def test_a_text_that_is_missing(self, kg: Kg, folder: Path) -> None:
        gold(folder, WHOLE)
        (folder / "a.txt").unlink()
        one_line(kg("evaluate", folder), "a.txt: missing")

    @given(st.text(max_size=8))
    def test_one_spelling(self, name: str) -> None:
        assert same(same(name)) == same(name)
        assert same(f"《{name}》") == same(f"“{name}” ") or name.startswith("《") or name.endswith("》")


class TestCounting:
    def test_all_of_it(self, folder: Path) -> None:
        found = compare(gold(folder, WHOLE), RIGHT, RELATIONS)
        assert found.right == found.predicted == found.gold
        assert found.errors == ()
        assert found.gold["Official"] == found.gold["leads"] == 1

    def test_nothing_of_it(self, folder: Path) -> None:
        found = compare(gold(folder, WHOLE), built(), RELATIONS)
        assert not found.right
        assert not found.predicted
        assert {error[0] for error in found.errors} == {"missed node", "missed edge"}

    def test_an_alias_is_enough(self, folder: Path) -> None:
        found = compare(gold(folder, WHOLE), built(("Organization", "市民政局")), RELATIONS)
        assert found.right["Organization"] == 1
        assert found.named == 0

    def test_another_kind_is_not(self, folder: Path) -> None:
        found = compare(gold(folder, WHOLE), built(("Program", "石家庄市民政局")), RELATIONS)
        assert found.right["Organization"] == found.right["Program"] == 0
        assert found.predicted["Program"] == 1

    def test_a_thing_split_in_two_is_right_once(self, folder: Path) -> None:
        found = compare(
            gold(folder, WHOLE), built(("Organization", "石家庄市民政局"), ("Organization", "市民政局")), RELATIONS
        )
        assert (found.right["Organization"], found.predicted["Organization"]) == (1, 2)

    def test_the_wrong_way_round_is_wrong(self, folder: Path) -> None:
        nodes = (("Organization", "石家庄市民政局"), ("Official", "纪怀瑜"))
        turned = built(*nodes, edges=(("石家庄市民政局", "leads", "纪怀瑜"),))
        assert compare(gold(folder, WHOLE), turned, RELATIONS).right["leads"] == 0

    def test_cooperation_has_no_direction(self, folder: Path) -> None:
        other = {"type": "Organization", "name": "遵义市社会工作协会"}
        whole = {
            "id": "a",
            "nodes": [BUREAU, other],
            "edges": [["石家庄市民政局", "cooperates_with", "遵义市社会工作协会"]],
        }
        nodes = (("Organization", "石家庄市民政局"), ("Organization", "遵义市社会工作协会"))
        for one, other_one in (("石家庄市民政局", "遵义市社会工作协会"), ("遵义市社会工作协会", "石家庄市民政局")):
            edge = (one, "cooperates_with", other_one)
            assert compare(gold(folder, whole), built(*nodes, edges=(edge,)), frozenset([edge[1]])).right[edge[1]] == 1

    def test_what_is_optional_counts_neither_way(self, folder: Path) -> None:
        whole = {**WHOLE, "nodes": [BUREAU, {**HEAD, "optional": True}, CITY]}
        for graph in (RIGHT, built(("Organization", "石家庄市民政局"), ("Place", "石家庄市"))):
            found = compare(gold(folder, whole), graph, RELATIONS)
            assert found.right == found.predicted == found.gold

    @given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
    def test_f1_lies_between_precision_and_recall(self, right: int, wrong: int, missed: int) -> None:
        value = f1(right, right + wrong, right + missed)
        if right:
            shares = right / (right + wrong), right / (right + missed)
            assert min(shares) - 1e-9 <= value <= max(shares) + 1e-9
        else:
            assert value == 0


def test_the_tables_and_the_json_say_the_same(kg: Kg) -> None:
    found = json.loads(kg("evaluate", ROOT / "tests/gold", "--json").out)
    table = kg("evaluate", ROOT / "tests/gold").out
    for name in ("nodes", "nodes_core", "edges", "edges_core"):
        row = found[name]
        (line,) = [line for line in table.splitlines() if line.split()[0] == name]
        assert f"{row['right']}/{row['predicted']} predicted, {row['gold']} gold" in line
        assert row["low"] <= row["f1"] <= row["high"]
