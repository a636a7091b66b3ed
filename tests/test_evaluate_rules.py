"""What `kg evaluate --rules` counts, on texts made up for it; confidence and its calibration."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from running import ROOT, Done, one_line
from toygraph import toy

from kg.config import Config
from kg.errors import InputError
from kg.evaluate.calibration import ENOUGH, as_stated, held_out
from kg.evaluate.rules import Judged, Tally, Trial, tallies, try_rules, write_counts
from kg.lexicon import read_lexicon
from kg.model import Claim
from kg.resolve.confidence import COUNTS, PRIOR_RIGHT, PRIOR_WRONG, combined, precision, smoothed

Kg = Callable[..., Done]
TEXT = "石家庄市民政局局长纪怀瑜出席会议。石家庄市民政局副局长蓝秋白主持会议。\n"
NODES = [
    {"type": "Organization", "name": "石家庄市民政局", "aliases": []},
    {"type": "Official", "name": "纪怀瑜", "aliases": []},
    {"type": "Official", "name": "蓝秋白", "aliases": []},
]
EDGES = [
    ["纪怀瑜", "holds_post", "石家庄市民政局", "局长"],
    ["纪怀瑜", "leads", "石家庄市民政局"],
    ["蓝秋白", "holds_post", "石家庄市民政局", "副局长"],
]


def gold(folder: Path, *, nodes: object = NODES, edges: object = EDGES, name: str = "a", **more: object) -> Path:
    folder.mkdir(exist_ok=True)
    record = {"id": name, "nodes": nodes, "edges": edges, **more}
    (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return folder


def counts(folder: Path) -> dict[str, tuple[int, int]]:
    return {one.rule: (one.right, one.fired) for one in tallies(try_rules(folder, Config()))}


class TestCounts:
    def test_all_right(self, tmp_path: Path) -> None:
        found = counts(gold(tmp_path / "g"))
        assert found["official.after_title"] == (2, 2)
        assert found["holds_post.before_name"] == (2, 2)
        assert found["leads.head_before_name"] == (1, 1)
        assert found["title.post"] == (2, 2)

    def test_a_wrong_entity_a_wrong_fact_and_a_wrong_title(self, tmp_path: Path) -> None:
        edges = [["纪怀瑜", "holds_post", "石家庄市民政局", "处长"], ["纪怀瑜", "leads", "石家庄市民政局"]]
        found = counts(gold(tmp_path / "g", nodes=NODES[:2], edges=edges))
        assert found["official.after_title"] == (1, 2)
        assert found["holds_post.before_name"] == (1, 2)
        assert found["title.post"] == (0, 1), "of a post that the gold does not have, it knows no title"

    def test_what_is_optional_counts_neither_way(self, tmp_path: Path) -> None:
        nodes = [*NODES[:2], {**NODES[2], "optional": True}]
        found = counts(gold(tmp_path / "g", nodes=nodes, edges=EDGES[:1], edges_optional=[EDGES[1]]))
        assert found["official.after_title"] == (1, 1)
        assert found["holds_post.before_name"] == (1, 1)
        assert "leads.head_before_name" not in found

    def test_documents_add_up_and_silent_rules_are_listed(self, tmp_path: Path) -> None:
        folder = gold(gold(tmp_path / "g"), name="b")
        trials = try_rules(folder, Config())
        found = {one.rule: one for one in tallies(trials, ["leads.made_up"])}
        assert found["holds_post.before_name"].fired == 4
        assert found["leads.made_up"] == Tally(rule="leads.made_up", right=0, fired=0)
        assert found["leads.made_up"].is_doubtful
        assert not found["holds_post.before_name"].is_doubtful

    def test_sorted_by_extractor_then_use(self, tmp_path: Path) -> None:
        found = tallies(try_rules(gold(tmp_path / "g"), Config()))
        keys = [(one.rule.split(".")[0], -one.fired) for one in found]
        assert keys == sorted(keys)

    def test_a_text_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        folder = gold(tmp_path / "g")
        (folder / "a.txt").write_bytes(b"")
        with pytest.raises(InputError, match=r"a\.txt"):
            try_rules(folder, Config())


class TestTheFileOfCounts:
    def test_what_is_written_can_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "counts.tsv"
        write_counts([Tally(rule="b.x", right=1, fired=2), Tally(rule="a.y", right=0, fired=0)], path)
        assert {rule: dict(fields) for rule, fields in read_lexicon(path).entries.items()} == {
            "b.x": {"right": "1", "fired": "2"}
        }

    def test_nothing_fired(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no rule fired"):
            write_counts([Tally(rule="a.y", right=0, fired=0)], tmp_path / "counts.tsv")
        assert not (tmp_path / "counts.tsv").exists()

    def test_the_packaged_counts_are_possible(self) -> None:
        for rule, fields in read_lexicon(COUNTS).entries.items():
            assert 0 <= int(fields["right"]) <= int(fields["fired"]), rule
            assert int(fields["fired"]) > 0, rule


def claim(rule: str, document: int = 0) -> Claim:
    from dataclasses import replace

    found = toy().assertions[0].claims[0]
    paper = replace(found.sentence.document, id=str(document))
    return replace(found, rule=rule, sentence=replace(found.sentence, document=paper))


class TestConfidence:
    def test_a_rule_never_seen_has_the_mean_of_the_prior(self) -> None:
        assert precision("never.seen") == PRIOR_RIGHT / (PRIOR_RIGHT + PRIOR_WRONG)

    def test_many_firings_outweigh_the_prior(self) -> None:
        assert smoothed(500, 1000) == pytest.approx(0.5, abs=0.005)
        assert smoothed(0, 2) > 0.5, "two failures do not"

    def test_documents_are_independent_sentences_of_one_are_not(self) -> None:
        def half(_: str) -> float:
            return 0.5

        assert combined([claim("a.x")], half) == 0.5
        assert combined([claim("a.x"), claim("a.y")], half) == 0.5
        assert combined([claim("a.x", 1), claim("a.x", 2)], half) == 0.75

    def test_the_best_rule_of_a_document_speaks_for_it(self) -> None:
        assert combined([claim("a.x"), claim("a.y")], {"a.x": 0.3, "a.y": 0.6}.__getitem__) == 0.6

    def test_nothing_is_certain(self) -> None:
        assert combined([claim("a.x", number) for number in range(40)], lambda _: 0.9) == 0.999


def trial(rule: str, *, right: int, wrong: int, stated: float) -> Trial:
    facts = [Judged(claims=(claim(rule),), stated=stated, right=number < right) for number in range(right + wrong)]
    fired = Counter({rule: right + wrong})
    return Trial(sealed=False, fired=fired, right=Counter({rule: right}), facts=tuple(facts))


class TestCalibration:
    def test_bins_hold_every_fact_once(self) -> None:
        trials = [trial("a.x", right=3, wrong=1, stated=value) for value in (0.0, 0.5, 0.85, 0.95, 1.0)]
        bins = as_stated(trials)
        assert sum(one.facts for one in bins) == 20
        assert [one.low for one in bins] == [0.0, 0.5, 0.85, 0.95]
        assert all(one.right == 0.75 for one in bins)
        assert bins[-1].facts == 8
        assert bins[-1].gap == pytest.approx(0.975 - 0.75)

    def test_small_bins_do_not_count(self) -> None:
        assert not as_stated([trial("a.x", right=ENOUGH - 1, wrong=0, stated=0.9)])[0].counts
        assert as_stated([trial("a.x", right=ENOUGH, wrong=0, stated=0.9)])[0].counts

    def test_a_document_does_not_vouch_for_itself(self) -> None:
        alone = trial("a.x", right=100, wrong=0, stated=0.99)
        (one,) = held_out([alone])
        assert one.stated == pytest.approx(PRIOR_RIGHT / (PRIOR_RIGHT + PRIOR_WRONG))
        (two,) = held_out([alone, alone])
        assert two.stated == pytest.approx(smoothed(100, 100), abs=0.001)


class TestCommand:
    def test_the_table(self, kg: Kg, tmp_path: Path) -> None:
        done = kg("evaluate", gold(tmp_path / "g"), "--rules")
        assert done.status == 0
        rows = {line.split()[0]: line.split()[1:] for line in done.out.splitlines() if line.strip()}
        assert rows["holds_post.before_name"] == ["2/2", "1.000"]
        assert "leads.under_leadership" in done.out.split("never fired: ")[1].splitlines()[0]
        assert "stated" in done.out

    def test_open_and_sealed_apart(self, kg: Kg, tmp_path: Path) -> None:
        folder = gold(gold(tmp_path / "g", name="made-up-1"), name="made-up-2")  # the second is sealed
        rows = {
            line.split()[0]: line.split()[1:]
            for line in kg("evaluate", folder, "--rules", "--folds").out.splitlines()
            if line
        }
        assert rows["holds_post.before_name"] == ["4/4", "1.000", "2/2", "1.000", "2/2", "1.000"]

    def test_json(self, kg: Kg) -> None:
        found = json.loads(kg("evaluate", ROOT / "tests/gold", "--rules", "--json").out)
        assert set(found) == {"rules", "stated", "held_out"}
        assert sum(one["facts"] for one in found["stated"]) == sum(one["facts"] for one in found["held_out"]) > 0

    def test_no_text_of_a_document_is_told(self, kg: Kg, tmp_path: Path) -> None:
        said = kg("evaluate", gold(tmp_path / "g", name="made-up-2"), "--rules").out
        assert not any(node["name"] in said for node in NODES)

    @pytest.mark.parametrize("options", [["--write"], ["--rules", "--errors"]])
    def test_options_that_do_not_go_together(self, kg: Kg, options: list[str]) -> None:
        one_line(kg("evaluate", ROOT / "tests/gold", *options), "--rules")

    def test_counts_are_kept_where_asked(self, kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "counts.tsv"
        monkeypatch.setattr(write_counts, "__defaults__", (path,))
        folder = copytree(ROOT / "tests/gold", tmp_path / "gold")
        assert kg("evaluate", folder, "--rules").status == 0
        assert not path.exists()
        assert kg("evaluate", folder, "--rules", "--write").status == 0
        assert "holds_post.before_name" in read_lexicon(path)
