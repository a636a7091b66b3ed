"""The ledger and what rests on it: nothing is read twice, and any way to a graph leads to the same one."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_texts import TEXTS, lay, named, outputs

from kg.build import Report, add, build, forget
from kg.config import Config
from kg.errors import GraphError, InputError
from kg.ledger import intake, version
from kg.ledger.codec import decode, encode
from kg.ledger.inputs import below, content_of
from kg.ledger.ledger import FILE, open_ledger
from kg.ledger.version import program_version, rules_version
from kg.pipeline import read_document
from kg.rdf.query import Answer, run_query
from kg.read import read_text

CONFIG = Config(jobs=1)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return lay(Path("texts"), {f"{n}.txt": text for n, text in enumerate(TEXTS)})


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are really read, in this process."""
    seen: list[str] = []
    one = intake._read_one

    def watched(file: Path, extensions: Path | None) -> intake.Read:
        seen.append(file.name)
        return one(file, extensions)

    monkeypatch.setattr(intake, "_read_one", watched)
    return seen


class TestCodec:
    @pytest.mark.parametrize("text", TEXTS)
    def test_a_reading_comes_back(self, text: str) -> None:
        readings = tuple(map(read_document, read_text(text, source="a.txt")))
        assert readings[0].entities
        kept = encode(readings)
        assert decode(kept, source="a.txt") == readings
        assert encode(decode(kept, source="a.txt")) == kept

    def test_it_lies_where_the_file_lies_now(self) -> None:
        kept = encode(map(read_document, read_text(TEXTS[0], source="a.txt")))
        (moved,) = decode(kept, source="b/c.txt")
        assert moved.document.source == "b/c.txt"
        assert {m.sentence.document.source for e in moved.entities for m in e.mentions} == {"b/c.txt"}

    def test_it_is_data_and_nothing_else(self) -> None:
        (tables,) = json.loads(zlib.decompress(encode(map(read_document, read_text(TEXTS[0], source="a.txt")))))
        assert set(tables) == {"document", "sentences", "mentions", "claims", "entities", "assertions"}

    @pytest.mark.parametrize("data", [b"", b"nonsense", zlib.compress(b"[{}]"), zlib.compress(b"[1]")])
    def test_damage_is_told(self, data: bytes) -> None:
        with pytest.raises(GraphError, match=r"a\.txt: what the ledger keeps of it is damaged"):
            decode(data, source="a.txt")


class TestVersion:
    def test_it_follows_the_contents_of_rules_and_words(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        package = tmp_path / "kg"
        shutil.copytree(version.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(version.PACKAGE.parent / "ontology", tmp_path / "ontology")
        monkeypatch.setattr(version, "PACKAGE", package)

        def versions() -> tuple[str, str]:
            rules_version.cache_clear()
            program_version.cache_clear()
            return rules_version(), program_version()

        first = versions()
        os.utime(package / "relations/leads.py", (1, 1))
        (package / "kinds/__pycache__").mkdir()
        (package / "kinds/__pycache__/x.pyc").write_bytes(b"1")
        assert versions() == first
        (package / "explorer/assets/base.css").write_text("p {}", encoding="utf-8")
        second = versions()
        assert (second[0], second[1] == first[1]) == (first[0], False)
        words = package / "lexicons/surnames.txt"
        words = words if words.exists() else sorted((package / "lexicons").iterdir())[0]
        words.write_bytes(words.read_bytes().replace("王".encode(), "玊".encode()) + b"\n# more\n")
        assert versions()[0] != first[0]
        monkeypatch.undo()
        rules_version.cache_clear()
        program_version.cache_clear()

    def test_every_room_before_it_counts(self) -> None:
        assert all((version.PACKAGE / room).exists() for room in (*version.ROOMS, *version.AFTER))


class TestReuse:
    def test_a_second_build_reads_and_writes_nothing(self, texts: Path, reads: list[str]) -> None:
        first = build([texts], out=Path("g"), config=CONFIG)
        assert (first.read, first.changed, len(reads)) == (len(TEXTS), True, len(TEXTS))
        before = {path: path.stat().st_mtime_ns for path in Path("g").rglob("*.*") if path.name[0] != "."}
        again = build([texts], out=Path("g"), config=CONFIG)
        assert (again.read, again.changed, len(reads)) == (0, False, len(TEXTS))
        assert (again.documents, again.entities, again.facts) == (first.documents, first.entities, first.facts)
        assert before == {path: path.stat().st_mtime_ns for path in before}

    def test_only_what_changed_is_read(self, texts: Path, reads: list[str]) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        (texts / "1.txt").write_text(TEXTS[1].replace("钱可风", "钱不语"), encoding="utf-8")
        (texts / "2.txt").rename(texts / "9.txt")
        (texts / "3.txt").unlink()
        reads.clear()
        report = build([texts], out=Path("g"), config=CONFIG)
        assert (reads, report.read, report.documents) == (["1.txt"], 1, len(TEXTS) - 1)
        shutil.copytree("texts", "fresh/texts")
        os.chdir("fresh")
        build([Path("texts")], out=Path("g"), config=CONFIG)
        assert outputs(Path("g")) == outputs(Path("../g"))

    @pytest.mark.parametrize("name", ["graph.ttl", "graph.html", "store/CURRENT"])
    @pytest.mark.parametrize("how", ["gone", "changed"])
    def test_an_output_that_was_touched_is_written_again(self, texts: Path, name: str, how: str) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        before = outputs(Path("g"))
        if how == "gone":
            (Path("g") / name).unlink()
        else:
            (Path("g") / name).write_bytes(b"mine")
        report = build([texts], out=Path("g"), config=CONFIG)
        assert (report.read, report.changed) == (0, True)
        assert outputs(Path("g")) == before
        assert run_query(Path("g"), "ASK { ?s kg:leads ?o }") == Answer(value=True)

    def test_other_settings_write_anew_without_reading(self, texts: Path) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        other = build([texts], out=Path("g"), config=Config(jobs=1, base="https://example.org/"))
        assert (other.read, other.changed) == (0, True)
        assert "https://example.org/official/" in (Path("g") / "graph.ttl").read_text(encoding="utf-8")

    def test_newer_rules_read_everything_again(
        self, texts: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        reads.clear()
        monkeypatch.setattr("kg.build.rules_version", lambda: "newer")
        (texts / "new.txt").write_text("暖阳市民政局举办敬老节。", encoding="utf-8")
        report = add([texts / "new.txt"], out=Path("g"), config=CONFIG)
        assert (report.read, sorted(reads)) == (7, [*(f"{n}.txt" for n in range(6)), "new.txt"])
        monkeypatch.setattr("kg.build.rules_version", lambda: "newest")
        (texts / "2.txt").write_text("另一篇。", encoding="utf-8")
        with pytest.raises(GraphError, match=r"texts/2\.txt: must be read anew, but is gone or has changed"):
            forget([texts / "new.txt"], out=Path("g"), config=CONFIG)

    def test_a_folder_may_move_with_its_texts(self, texts: Path, tmp_path: Path, reads: list[str]) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        (tmp_path / "there").mkdir()
        shutil.move("texts", "there/texts")
        shutil.move("g", "there/g")
        reads.clear()
        os.chdir("there")
        assert build([Path("texts")], out=Path("g"), config=CONFIG).changed is False
        (Path("texts/0.txt")).write_text(TEXTS[0] + "另一段。\n", encoding="utf-8")
        os.chdir("texts")
        assert add([Path("0.txt")], out=Path("../g"), config=CONFIG).documents == len(TEXTS)
        assert reads == ["0.txt"]

    def test_the_same_text_in_several_files_is_read_once(self, texts: Path, reads: list[str]) -> None:
        lay(texts, {"a.txt": TEXTS[0], "b.txt": TEXTS[0], "x.txt": "", "y.txt": ""})
        report = build([texts], out=Path("g"), config=CONFIG)
        assert (reads, report.documents) == (["a.txt", "x.txt"], 1)
        assert [reason.split(":")[0] for _, reason in report.failures] == ["texts/x.txt", "texts/y.txt"]
        assert forget([texts / "a.txt"], out=Path("g"), config=CONFIG).documents == 1

    def test_many_processes_give_the_same(self, texts: Path) -> None:
        for n in range(12):
            (texts / f"more-{n}.txt").write_text(TEXTS[n % 6].replace("2024", str(2000 + n)), encoding="utf-8")
        build([texts], out=Path("one"), config=CONFIG)
        build([texts], out=Path("two"), config=Config(jobs=2))
        assert outputs(Path("one")) == outputs(Path("two"))


class TestLedgerFile:
    def test_without_it_time_is_lost_and_nothing_else(self, texts: Path, reads: list[str]) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        before = outputs(Path("g"))
        for path in Path("g").glob(FILE + "*"):
            path.write_bytes(b"no such thing" * 999)
        (texts / "new.txt").write_text("暖阳市民政局举办敬老节。", encoding="utf-8")
        assert add([texts / "new.txt"], out=Path("g"), config=CONFIG).read == 7
        forget([texts / "new.txt"], out=Path("g"), config=CONFIG)
        assert outputs(Path("g")) == before

    def test_what_is_damaged_in_it_is_read_again(self, texts: Path) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        with sqlite3.connect(Path("g") / FILE) as database:
            database.execute("UPDATE readings SET readings = x'00' WHERE content = ?", (content_of(texts / "2.txt"),))
        database.close()
        with pytest.raises(GraphError, match=r"texts/2\.txt: .* damaged .* run the command again"):
            forget([texts / "1.txt"], out=Path("g"), config=CONFIG)
        assert forget([texts / "1.txt"], out=Path("g"), config=CONFIG).read == 1

    def test_what_is_forgotten_leaves_the_disk(self, texts: Path) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        gone, kept = content_of(texts / "1.txt"), content_of(texts / "2.txt")
        forget([texts / "1.txt"], out=Path("g"), config=CONFIG)
        with open_ledger(Path("g"), rules_version()) as ledger:
            assert ledger.known([gone, kept]) == {kept}
            with pytest.raises(GraphError, match="does not know"):
                ledger.get(gone)

    def test_a_ledger_that_cannot_be_written(self, texts: Path) -> None:
        Path("g").mkdir()
        (Path("g") / FILE).mkdir()
        with pytest.raises(GraphError, match=r"\.ledger\.sqlite: cannot be used"):
            build([texts], out=Path("g"), config=CONFIG)


class TestChanging:
    def test_a_changed_document_replaces_its_claims(self, texts: Path) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        assert named("钱可风")
        (texts / "1.txt").write_text(TEXTS[1].replace("钱可风", "钱不语"), encoding="utf-8")
        add([texts / "1.txt"], out=Path("g"), config=CONFIG)
        assert not named("钱可风")
        assert named("钱不语")

    def test_what_is_still_supported_stays(self, texts: Path) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        forget([texts / "1.txt"], out=Path("g"), config=CONFIG)
        assert named("暖阳市社会工作协会")  # another text names it too
        assert not named("钱可风")

    def test_a_folder_is_forgotten_though_it_is_gone(self, texts: Path) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        shutil.rmtree(texts)
        report = forget([texts], out=Path("g"), config=CONFIG)
        assert (report.files, report.documents, sum(report.entities.values())) == (len(TEXTS), 0, 0)
        assert run_query(Path("g"), "ASK { ?s a kg:Organization }") == Answer(value=False)

    def test_what_cannot_be_read_now_stays_as_it_was(self, texts: Path) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        (texts / "1.txt").write_bytes(b"\x00\x01\x02" * 100)
        (texts / "new.txt").write_text("暖阳市民政局举办敬老节。", encoding="utf-8")
        report = add([texts], out=Path("g"), config=CONFIG)
        assert [path.name for path, _ in report.failures] == ["1.txt"]
        assert named("钱可风")

    def test_paths_that_the_graph_does_not_know(self, texts: Path) -> None:
        build([texts], out=Path("g"), config=CONFIG)
        before = outputs(Path("g"))
        with pytest.raises(InputError, match=r"none: the graph in g holds nothing from there"):
            forget([texts / "1.txt", Path("none")], out=Path("g"), config=CONFIG)
        assert outputs(Path("g")) == before

    @pytest.mark.parametrize("change", [add, forget])
    def test_without_a_graph_there_is_nothing_to_change(self, texts: Path, change: Callable[..., Report]) -> None:
        with pytest.raises(GraphError, match="no such folder; build a graph"):
            change([texts], out=Path("g"), config=CONFIG)
        build([texts], out=Path("g"), config=CONFIG)
        (Path("g") / ".inputs.json").unlink()
        with pytest.raises(GraphError, match="nothing says which files this graph holds"):
            change([texts], out=Path("g"), config=CONFIG)
        (Path("g") / ".inputs.json").write_text('{"format": 1}', encoding="utf-8")
        with pytest.raises(GraphError, match="is damaged"):
            change([texts], out=Path("g"), config=CONFIG)

    def test_a_folder_made_for_nothing_is_taken_away(self, texts: Path) -> None:
        lay(texts, {"a.txt": "\x00"})
        with pytest.raises(InputError):
            build([texts], out=Path("g"), config=CONFIG)
        assert not Path("g").exists()

    def test_what_lies_below(self) -> None:
        assert below("../texts/a.txt", Path("texts"), Path("g"))
        assert below("../texts/a.txt", Path("texts/a.txt"), Path("g"))
        assert below("a.txt", Path("g"), Path("g"))
        assert not below("../texts-2/a.txt", Path("texts"), Path("g"))
