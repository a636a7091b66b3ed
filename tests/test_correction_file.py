"""`corrections.tsv`: what may stand in it, and how mistakes in it are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Correction, Verdict
from kg.resolve.correction_file import COLUMNS, append_correction, read_corrections

RELATIONS = ("leads", "holds_post", "organizes", "located_in", "guides")
HEAD = "\t".join(COLUMNS)


def said(verdict: str, subject: str, object_: str, relation: str | None = None, **more: str) -> Correction:
    return Correction(
        verdict=Verdict(verdict), subject=subject, relation=relation, object=object_, by="王", on="2025-03-31", **more
    )  # type: ignore[arg-type]


class TestFile:
    def test_a_line_for_each_verdict(self, tmp_path: Path) -> None:
        lines = [
            HEAD,
            "# 三月核对",
            "wrong\t甲\tleads\t乙局\t局长\t王\t2025-03-31\t已调离",
            "",
            "right\t甲\tholds_post\t丙局\t\t王\t2025-03-31",
            "one\t乙局\t\t乙市乙局\t\t王\t2025-03-31",
            "two\tofficial/甲\t\t丁局\t\t王\t2025-03-31",
            "name\t乙局\t\t乙市乙局\t\t王\t2025-03-31",
        ]
        path = tmp_path / "corrections.tsv"
        path.write_text("\n".join(lines), encoding="utf-8")
        found = read_corrections(path, RELATIONS)
        assert [one.verdict.value for one in found] == ["wrong", "right", "one", "two", "name"]
        assert [one.line for one in found] == [3, 5, 6, 7, 8]
        assert (found[0].title, found[0].note, found[1].title, found[1].note) == ("局长", "已调离", None, None)
        assert str(found[0]) == "wrong 甲 leads 乙局 (局长)"

    def test_files_from_spreadsheets(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.tsv"
        path.write_bytes(f"\ufeff{HEAD}\r\none\t乙局\t\t乙市乙局\t\t王\t2025-03-31\t\r\n".encode())
        assert read_corrections(path, RELATIONS)[0].object == "乙市乙局"

    def test_no_file_no_corrections(self) -> None:
        assert read_corrections(None, RELATIONS) == ()

    @pytest.mark.parametrize(
        ("line", "complaint"),
        [
            ("wrogn\t甲\tleads\t乙\t\t王\t2025-03-31", "unknown correction 'wrogn'; did you mean 'wrong'"),
            ("wrong\t甲\tleeds\t乙\t\t王\t2025-03-31", "unknown relation 'leeds'; did you mean 'leads'"),
            ("wrong\t甲\t\t乙\t\t王\t2025-03-31", "relation is missing"),
            ("wrong\t甲\tleads\t\t\t王\t2025-03-31", "object is missing"),
            ("one\t\t\t乙\t\t王\t2025-03-31", "subject is missing"),
            ("one\t甲\t\t乙\t\t\t2025-03-31", "by is missing"),
            ("one\t甲\t\t乙\t\t王", "on is missing"),
            ("one\t甲\tleads\t乙\t\t王\t2025-03-31", "takes neither relation nor title"),
            ("one\t甲\t\t甲\t\t王\t2025-03-31", "both '甲'"),
            ("one\t甲 \t\t乙\t\t王\t2025-03-31", "stray space around subject"),
            ("one\t甲\t\t乙\t\t王\t2025-02-30", "on is '2025-02-30', expected a day"),
            ("one\t甲\t\t乙\t\t王\t2025-03-31\t\tx", "9 fields, expected 8"),
            ("wrong\t丙\tleads\t丁\t\t王\t2025-03-31", "says what line 2 says already"),
            ("right\t丙\tleads\t丁\t\t王\t2025-03-31", "contradicts line 2"),
        ],
    )
    def test_a_bad_line_is_named(self, tmp_path: Path, line: str, complaint: str) -> None:
        path = tmp_path / "corrections.tsv"
        path.write_text(f"{HEAD}\nwrong\t丙\tleads\t丁\t\t王\t2025-03-31\n{line}\n", encoding="utf-8")
        with pytest.raises(InputError, match=complaint) as caught:
            read_corrections(path, RELATIONS)
        assert str(caught.value).startswith(f"{path}:3: ")

    @pytest.mark.parametrize(
        ("one", "other"),
        [("one\t甲\t\t乙", "two\t乙\t\t甲"), ("name\t甲\t\t乙", "name\t甲\t\t丙"), ("one\t甲\t\t乙", "one\t乙\t\t甲")],
    )
    def test_entities_are_stated_once_too(self, tmp_path: Path, one: str, other: str) -> None:
        path = tmp_path / "corrections.tsv"
        path.write_text("\n".join([HEAD, *(f"{row}\t\t王\t2025-03-31" for row in (one, other))]), encoding="utf-8")
        with pytest.raises(InputError, match="line 2"):
            read_corrections(path, RELATIONS)

    def test_the_first_line_names_the_columns(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.tsv"
        path.write_text("wrong\t甲\tleads\t乙\t\t王\t2025-03-31\n", encoding="utf-8")
        with pytest.raises(InputError, match=r"corrections\.tsv:1: the first line names the columns"):
            read_corrections(path, RELATIONS)

    def test_unreadable_files(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="cannot be read"):
            read_corrections(tmp_path / "缺.tsv", RELATIONS)
        (tmp_path / "a.tsv").write_bytes(b"\xff\xfe")
        with pytest.raises(InputError, match="is not UTF-8"):
            read_corrections(tmp_path / "a.tsv", RELATIONS)

    def test_what_is_written_is_read_again(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.tsv"
        first = append_correction(path, said("wrong", "甲", "乙", "leads", title="局长", note="调离"), RELATIONS)
        second = append_correction(path, said("one", "丙", "丁"), RELATIONS)
        assert read_corrections(path, RELATIONS) == (first, second)
        assert (first.line, second.line) == (2, 3)
        assert not list(tmp_path.glob(".*"))

    def test_nothing_is_written_that_could_not_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.tsv"
        append_correction(path, said("one", "丙", "丁"), RELATIONS)
        before = path.read_bytes()
        for bad in (said("two", "丙", "丁"), said("wrong", "甲", "乙", "leeds"), said("one", "甲\t", "乙")):
            with pytest.raises(InputError):
                append_correction(path, bad, RELATIONS)
        assert path.read_bytes() == before
        assert not list(tmp_path.glob(".*"))
