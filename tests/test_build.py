"""The whole pipeline: files in, a folder with the graph out; all of it or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import ARTICLE, ROOT

import kg.explorer.page
import kg.rdf.store
import kg.resolve.across
from kg.build import build
from kg.config import Config
from kg.errors import GraphError, InputError
from kg.rdf.query import Rows, run_query

CONFIG = Config(jobs=1)
OUTPUTS = ("graph.ttl", "graph.graphml", "graph.html")
OUT = Path("out")
TEXTS = {
    "一/推进会.txt": ARTICLE,
    "一/换届.txt": "遵义市社会工作协会换届。会议选举赵志远为会长，孙丽华为秘书长。\n",
    "二/规范.txt": "2024年5月12日，遵义市民政局发布《社区助老服务规范》，该规范由遵义市社会工作协会起草。\n",
    "二/简报.txt": "遵义市民政局局长钱进走访社区\n\n近日，遵义市民政局局长钱进走访汇川区的社区。\n",
}


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts, in the folder from which the build is run."""
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        path = Path("texts", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Path("texts")


def contents(out: Path = OUT) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def asked(query: str, out: Path = OUT) -> list[tuple[str, ...]]:
    """The answers of the store, sorted."""
    answer = run_query(out, query)
    assert isinstance(answer, Rows)
    return sorted(tuple(str(getattr(cell, "value", cell)) for cell in row) for row in answer.rows)


class TestWhatIsWritten:
    def test_a_store_and_three_forms_of_it(self, texts: Path) -> None:
        build([texts], out=OUT, config=CONFIG)
        assert all(data for data in contents().values())
        seen = {path.name for path in OUT.iterdir() if not path.name.startswith(".")}
        assert seen == {"store", *OUTPUTS}
        assert not {".new", ".commit", ".old"} & {path.name for path in OUT.iterdir()}

    def test_the_report_counts_what_is_there(self, texts: Path) -> None:
        report = build([texts], out=OUT, config=CONFIG)
        assert (report.files, report.read, report.documents, report.failures) == (4, 4, 4, ())
        assert report.changed
        for relation, term in (("leads", "leads"), ("drafts", "drafts"), ("located_in", "locatedIn")):
            assert report.facts[relation] == len(asked(f"SELECT ?s ?o {{ ?s kg:{term} ?o }}")), relation
        for kind, term in (("organization", "Organization"), ("official", "Official"), ("place", "Place")):
            assert report.entities[kind] == len(asked(f"SELECT ?s {{ ?s a kg:{term} }}")), kind

    def test_texts_that_speak_of_one_body_meet_in_it(self, texts: Path) -> None:
        build([texts], out=OUT, config=CONFIG)
        told = asked(
            'SELECT DISTINCT ?name { ?body skos:prefLabel "遵义市社会工作协会"@zh . '
            "{ ?body kg:drafts ?x } UNION { ?x kg:leads ?body } ?x skos:prefLabel ?name }"
        )
        assert told == [("《社区助老服务规范》",), ("赵志远",)]

    def test_every_fact_has_its_sentence(self, texts: Path) -> None:
        build([texts], out=OUT, config=CONFIG)
        quotes = asked(
            "SELECT ?quote { ?fact rdf:predicate kg:drafts ; kg:evidence ?e . ?e kg:quote ?quote . "
            "?e prov:wasDerivedFrom ?d . ?d dcterms:title|dcterms:source ?any }"
        )
        assert {quote for (quote,) in quotes} == {TEXTS["二/规范.txt"].strip()}

    def test_the_base_of_names_is_a_setting(self, texts: Path) -> None:
        build([texts], out=OUT, config=Config(base="https://example.org/id/", jobs=1))
        leaders = asked("SELECT ?who { ?who kg:leads ?body }")
        assert leaders
        assert all(who.startswith("https://example.org/id/official/") for (who,) in leaders)

    def test_progress_is_told_file_by_file(self, texts: Path) -> None:
        told: list[tuple[int, int, str]] = []
        build([texts], out=OUT, config=CONFIG, on_progress=lambda *step: told.append(step))
        assert [(done, of) for done, of, _ in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
        assert {name for _, _, name in told} == {Path(name).name for name in TEXTS}


class TestTheSameAgain:
    def test_two_builds_are_byte_identical(self, texts: Path) -> None:
        build([texts], out=OUT, config=CONFIG)
        build([texts], out=Path("again"), config=CONFIG)
        assert contents() == contents(Path("again"))

    def test_in_another_process_with_other_hashes(self, texts: Path) -> None:
        build([texts], out=OUT, config=CONFIG)
        environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "kg", "build", str(texts), "--out", "again"]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        assert contents() == contents(Path("again"))

    def test_whatever_the_order_of_the_paths(self, texts: Path) -> None:
        files = [texts / name for name in TEXTS]
        build(files, out=OUT, config=CONFIG)
        build(files[::-1], out=Path("again"), config=CONFIG)
        assert contents() == contents(Path("again"))

    def test_a_path_given_twice_is_read_once(self, texts: Path) -> None:
        report = build([texts, texts / "一", texts / "一/推进会.txt"], out=OUT, config=CONFIG)
        assert (report.files, report.documents) == (4, 4)

    def test_it_holds_exactly_these_documents(self, texts: Path) -> None:
        build([texts], out=OUT, config=CONFIG)
        build([texts / "二"], out=OUT, config=CONFIG)
        build([texts / "二"], out=Path("fresh"), config=CONFIG)
        assert contents() == contents(Path("fresh"))


class TestBadFiles:
    @pytest.fixture
    def bad(self, texts: Path) -> Path:
        (texts / "empty.txt").write_bytes(b"")
        (texts / "binary.txt").write_bytes(bytes(range(256)) * 8)
        (texts / "broken.txt").write_bytes("民政局".encode() + b"\xff\xfe\xff")
        (texts / "二/gone.txt").symlink_to("nowhere.txt")
        return texts

    def test_each_is_reported_and_the_rest_goes_on(self, bad: Path) -> None:
        report = build([bad], out=OUT, config=CONFIG)
        failed = {path.name: reason for path, reason in report.failures}
        assert set(failed) == {"empty.txt", "binary.txt", "broken.txt", "gone.txt"}
        assert all(name in reason and "\n" not in reason for name, reason in failed.items())
        assert (report.files, report.documents) == (8, 4)

    def test_they_leave_no_trace_in_the_graph(self, bad: Path) -> None:
        build([bad], out=OUT, config=CONFIG)
        build([bad / name for name in TEXTS], out=Path("good"), config=CONFIG)
        assert (OUT / "graph.ttl").read_bytes() == (Path("good") / "graph.ttl").read_bytes()

    def test_nothing_but_bad_files(self, bad: Path) -> None:
        with pytest.raises(InputError, match="empty"):
            build([bad / "empty.txt"], out=OUT, config=CONFIG)
        assert not OUT.exists()

    def test_no_such_path(self, texts: Path) -> None:
        with pytest.raises(InputError, match="nothing-here"):
            build([texts, Path("nothing-here")], out=OUT, config=CONFIG)
        assert not OUT.exists()

    def test_a_folder_without_texts(self, texts: Path) -> None:
        Path("hollow").mkdir()
        with pytest.raises(InputError, match="hollow: no text files"):
            build([Path("hollow")], out=OUT, config=CONFIG)
        assert not OUT.exists()

    def test_a_text_that_says_nothing_is_a_document_all_the_same(self, texts: Path) -> None:
        (texts / "quiet.txt").write_text("今天天气很好，大家都很高兴。\n", encoding="utf-8")
        report = build([texts / "quiet.txt"], out=OUT, config=CONFIG)
        assert (report.documents, sum(report.entities.values()), sum(report.facts.values())) == (1, 0, 0)


class TestNothingIsLost:
    """A build that fails, wherever it fails, leaves the graph that stood before, and the next one succeeds."""

    @pytest.mark.parametrize(
        ("module", "step"),
        [(kg.resolve.across, "merge"), (kg.rdf.store, "write_store"), (kg.explorer.page, "write_page")],
    )
    def test_when_a_step_breaks(self, texts: Path, module: object, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
        build([texts / "一"], out=OUT, config=CONFIG)
        before, facts = contents(), asked("SELECT ?s ?p ?o { ?s ?p ?o }")

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("broken on purpose")

        with monkeypatch.context() as patch:
            patch.setattr(module, step, broken)
            with pytest.raises(RuntimeError, match="on purpose"):
                build([texts], out=OUT, config=CONFIG)
        assert contents() == before
        assert asked("SELECT ?s ?p ?o { ?s ?p ?o }") == facts
        assert not {".new", ".commit", ".old"} & {path.name for path in OUT.iterdir()}
        build([texts], out=OUT, config=CONFIG)
        build([texts], out=Path("fresh"), config=CONFIG)
        assert contents() == contents(Path("fresh"))

    def test_when_nothing_can_be_read_any_more(self, texts: Path) -> None:
        build([texts / "二/规范.txt"], out=OUT, config=CONFIG)
        before = contents()
        (texts / "二/规范.txt").write_bytes(b"\x00\x01\x02" * 100)
        with pytest.raises(InputError, match="规范"):
            build([texts / "二/规范.txt"], out=OUT, config=CONFIG)
        assert contents() == before
        assert asked("SELECT ?o { ?s kg:drafts ?o }")

    def test_what_else_lies_in_the_folder_stays(self, texts: Path) -> None:
        OUT.mkdir()
        (OUT / "notes.md").write_text("mine", encoding="utf-8")
        build([texts], out=OUT, config=CONFIG)
        build([texts / "一"], out=OUT, config=CONFIG)
        assert (OUT / "notes.md").read_text(encoding="utf-8") == "mine"

    def test_a_file_in_the_way_is_told_and_kept(self, texts: Path) -> None:
        OUT.write_text("mine", encoding="utf-8")
        with pytest.raises(GraphError, match="out"):
            build([texts], out=OUT, config=CONFIG)
        assert OUT.read_text(encoding="utf-8") == "mine"

    def test_a_missing_output_is_written_again(self, texts: Path) -> None:
        build([texts], out=OUT, config=CONFIG)
        before = contents()
        (OUT / "graph.html").unlink()
        shutil.rmtree(OUT / "store")
        build([texts], out=OUT, config=CONFIG)
        assert contents() == before
        assert asked("SELECT ?o { ?s kg:drafts ?o }")
