"""`kg evaluate` against an independent scorer: on made-up texts, on graphs made of values, on random ones."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import reference_scorer
from hypothesis import given, settings
from hypothesis import strategies as st
from toygraph import toy

from kg.config import ONTOLOGY, Config
from kg.errors import InputError
from kg.evaluate.built import read_triples
from kg.evaluate.gold import read_gold, same
from kg.evaluate.measure import Outcome, Scores, folds, measure, scores
from kg.evaluate.scoring import Built, f1
from kg.rdf.graph import triples
from kg.rdf.store import read_turtle

GOLD = Path(__file__).parent / "gold"
KINDS = sorted(reference_scorer.TYPES)
GROUPS = ("nodes", "nodes_core", "edges", "edges_core")


def _agree(ours: Scores, theirs: dict[str, Any]) -> None:
    """Every number that the independent scorer prints is ours too."""

    def numbers(row: Any) -> dict[str, Any]:
        rounded = {name: round(getattr(row, name), 4) for name in ("p", "r", "f1")}
        return {**rounded, **{name: getattr(row, name) for name in ("right", "predicted", "gold")}}

    assert ours.documents == theirs["documents"]
    assert {name: numbers(ours.groups[name]) for name in GROUPS} == {name: theirs[name] for name in GROUPS}
    assert {name: numbers(row) for name, row in ours.kinds.items()} == theirs["by_type"]
    assert {name: numbers(row) for name, row in ours.relations.items()} == theirs["by_relation"]
    for share in ("named", "codes", "titles"):
        assert round(getattr(ours, share), 4) == theirs[share], share


def _same_errors(ours: Scores, theirs: dict[str, list[tuple[Any, ...]]]) -> None:
    def flat(part: Any) -> str:
        return part[0] if isinstance(part, list) else part

    expected = sorted((kind, *map(flat, row)) for kind, rows in theirs.items() for row in rows)
    assert sorted(ours.errors) == expected


def _folder(tmp_path: Path, **documents: dict[str, Any]) -> Path:
    for name, record in documents.items():
        (tmp_path / f"{name}.json").write_text(json.dumps({"id": name, **record}), encoding="utf-8")
        (tmp_path / f"{name}.txt").write_text("甲", encoding="utf-8")
    return tmp_path


def test_made_up_texts_score_as_the_independent_scorer_says(tmp_path: Path) -> None:
    from kg.build import build
    from kg.evaluate.reading import reader

    for text in sorted(GOLD.glob("*.txt")):
        build([text], out=tmp_path / text.stem, config=Config(jobs=1))
    theirs, errors = reference_scorer.score(GOLD, tmp_path, show_errors=True)
    ours = scores(measure(GOLD, reader(Config())))
    assert ours.groups["nodes"].right > 0, "nothing right at all: the comparison would say little"
    assert not ours.not_built
    _agree(ours, theirs)
    _same_errors(ours, errors)


def test_a_known_graph_scores_as_counted_by_hand(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        toy={
            "nodes": [
                {"type": "Organization", "name": "云岭省民政厅", "aliases": ["省民政厅"]},
                {"type": "Organization", "name": "慈善联合会", "aliases": ["云岭省慈善联合会"]},
                {"type": "Official", "name": "甘雨田", "aliases": []},
                {"type": "Official", "name": "不在其中", "aliases": []},
                {"type": "Place", "name": "云岭省", "aliases": [], "code": "990000"},
                {"type": "Program", "name": "暖阳行动", "aliases": [], "optional": True},
            ],
            "edges": [
                ["甘雨田", "leads", "云岭省民政厅"],
                ["甘雨田", "holds_post", "云岭省民政厅", "厅长"],
                ["慈善联合会", "cooperates_with", "云岭省民政厅"],
                ["不在其中", "leads", "云岭省民政厅"],
                ["云岭省民政厅", "located_in", "云岭省"],
            ],
        },
    )
    found = scores(measure(folder, lambda _: read_triples(triples(toy(), Config()))))
    row = found.kinds["Organization"]
    assert (row.right, row.predicted, row.gold) == (2, 3, 2)
    assert found.named == pytest.approx(3 / 4)  # the union is right by an alias alone
    assert (found.codes, found.titles) == (1.0, 1.0)
    leads = found.relations["leads"]
    assert (leads.right, leads.predicted, leads.gold) == (1, 2, 2)
    assert found.relations["cooperates_with"].f1 == 1.0, "either direction is right"
    assert ("missed node", "toy", "Official", "不在其中") in found.errors
    assert "issues" not in found.relations, "the gold set never uses it"


NAMES = ["甲局", "乙局", "“甲局”", "丙·丁", "丙•丁", "戊"]
RELATIONS = sorted(reference_scorer.RELATIONS.values())
node = st.fixed_dictionaries(
    {
        "type": st.sampled_from(KINDS),
        "name": st.sampled_from(NAMES),
        "aliases": st.lists(st.sampled_from(NAMES), max_size=2),
    },
    optional={"optional": st.booleans(), "code": st.sampled_from(["110000", "120000"])},
)


@st.composite
def golds(draw: st.DrawFn) -> dict[str, Any]:
    nodes = draw(st.lists(node, max_size=6, unique_by=lambda n: n["name"]))
    ends = st.sampled_from([n["name"] for n in nodes]) if nodes else st.nothing()
    title = st.lists(st.sampled_from(["局长", "书记、局长"]), max_size=1)
    edge = st.builds(lambda s, r, o, t: [s, r, o, *t], ends, st.sampled_from(RELATIONS), ends, title)
    edges = st.lists(edge, max_size=6) if nodes else st.just([])
    return {"nodes": nodes, "edges": draw(edges), "edges_optional": draw(edges)}


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """A graph in Turtle, as a program that knows nothing of ours might write it."""
    count = draw(st.integers(0, 6))
    lines = [f"@prefix kg: <{ONTOLOGY}> .", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."]
    lines.append("@prefix org: <http://www.w3.org/ns/org#> .")
    for number in range(count):
        kind, name = draw(st.sampled_from(KINDS)), draw(st.sampled_from(NAMES))
        lines.append(f'<urn:n{number}> a kg:{kind} ; skos:prefLabel "{name}"@zh .')
        lines += [
            f'<urn:n{number}> skos:altLabel "{n}"@zh .' for n in draw(st.lists(st.sampled_from(NAMES), max_size=2))
        ]
        if draw(st.booleans()):
            lines.append(f'<urn:n{number}> kg:divisionCode "110000" .')
    ends = st.integers(0, count - 1) if count else st.nothing()
    edge = st.tuples(ends, st.sampled_from(sorted(reference_scorer.RELATIONS)), ends)
    for subject, relation, object_ in draw(st.lists(edge, max_size=8)) if count else []:
        lines.append(f"<urn:n{subject}> kg:{relation} <urn:n{object_}> .")
        title = draw(st.sampled_from(["局长", "“局长”", "科长"]))
        post = f"<urn:m{subject}-{object_}> org:member <urn:n{subject}> ; org:organization <urn:n{object_}>"
        lines.append(f'{post} ; kg:title "{title}" .')
    return "\n".join(lines)


def _asymmetric(gold: dict[str, Any]) -> bool:
    """The independent scorer picks at random where a gold set states a symmetric edge both ways."""
    pairs = [(e[0], e[2]) for e in gold["edges"] if e[1] == "cooperates_with"]
    return not any((o, s) in pairs for s, o in pairs)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(golds().filter(_asymmetric), graphs()), min_size=1, max_size=3))
def test_random_graphs_score_alike(sets: list[tuple[dict[str, Any], str]]) -> None:
    with TemporaryDirectory() as name:
        folder, built = Path(name, "gold"), Path(name, "built")
        folder.mkdir()
        for number, (gold, turtle) in enumerate(sets):
            _folder(folder, **{f"d{number}": gold})
            (built / f"d{number}").mkdir(parents=True)
            (built / f"d{number}" / "graph.ttl").write_text(turtle, encoding="utf-8")
        theirs, errors = reference_scorer.score(folder, built, show_errors=True)
        ours = scores(measure(folder, lambda text: read_triples(read_turtle(built / text.stem / "graph.ttl"))))
    _agree(ours, theirs)
    _same_errors(ours, errors)


def test_a_text_that_cannot_be_read_is_told_and_counts_as_missed(tmp_path: Path) -> None:
    folder = _folder(tmp_path, bad={"nodes": [{"type": "Place", "name": "甲市"}], "edges": []})

    def refuse(text: Path) -> Built:
        raise InputError(f"{text}: empty")

    found = scores(measure(folder, refuse))
    assert found.not_built == (("bad", f"{folder / 'bad.txt'}: empty"),)
    assert found.kinds["Place"].gold == 1
    assert found.groups["nodes"].f1 == 0


def test_folds_split_by_document_and_never_change() -> None:
    outcomes = measure(GOLD, lambda _: Built(nodes={}, edges=frozenset(), titles={}))
    opened, sealed = folds(outcomes)
    assert {o.gold.id for o in opened} | {o.gold.id for o in sealed} == {o.gold.id for o in outcomes}
    assert [o.gold.id for o in sealed] == ["made-up-2"]
    assert all(not o.gold.sealed for o in opened)


def test_intervals_hold_the_value_and_narrow_with_more_documents(tmp_path: Path) -> None:
    half = {"nodes": [{"type": "Place", "name": "甲市"}, {"type": "Place", "name": "乙市"}], "edges": []}
    whole = {"nodes": [{"type": "Place", "name": "甲市"}], "edges": []}
    folder = _folder(tmp_path, **{f"d{n}": half if n % 2 else whole for n in range(40)})
    turtle = f'<urn:a> a <{ONTOLOGY}Place> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "甲市"@zh .'
    (tmp_path / "g.ttl").write_text(turtle, encoding="utf-8")
    outcomes = measure(folder, lambda _: read_triples(read_turtle(tmp_path / "g.ttl")))

    def spread(some: tuple[Outcome, ...]) -> float:
        row = scores(some).groups["nodes"]
        assert row.low <= row.f1 <= row.high
        return row.high - row.low

    assert scores(outcomes) == scores(outcomes), "the same documents give the same intervals"
    assert 0 < spread(outcomes) < spread(outcomes[:4])


@pytest.mark.parametrize(
    ("name", "record", "complaint"),
    [
        ("a", "{", "cannot be read as JSON"),
        ("a", '{"nodes": [], "edges": []}', "'id' is missing"),
        ("a", '{"id": "a", "nodes": [{"type": "Place"}], "edges": []}', "'name' is missing"),
        ("a", '{"id": "a", "nodes": [], "edges": [["x", "leads", "y"]]}', "is no node"),
        ("a", '{"id": "a", "nodes": [], "edges": [["x"]]}', "not in the form"),
        ("a", "[]", "not in the form"),
        ("b", '{"id": "b", "nodes": [], "edges": []}', "b.txt: missing"),
    ],
)
def test_malformed_gold_names_the_file(tmp_path: Path, name: str, record: str, complaint: str) -> None:
    (tmp_path / f"{name}.json").write_text(record, encoding="utf-8")
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    with pytest.raises(InputError, match=complaint) as caught:
        read_gold(tmp_path)
    assert str(tmp_path / name) in str(caught.value)


def test_folders_without_gold_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold facts"):
        read_gold(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        read_gold(tmp_path / "missing")


@pytest.mark.parametrize(
    ("one", "other"),
    [("“邻里灯火”", "邻里灯火"), ("《指南》", "指南"), ("阿依·古丽", "阿依•古丽"), ("GB/T 1", "gb/t1")],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same(one) == same(other) == reference_scorer.norm(one)


def test_f1() -> None:
    assert f1(0, 0, 0) == f1(0, 3, 0) == 0
    assert f1(1, 2, 2) == pytest.approx(0.5)
