"""`corrections.tsv`: what is written is read, and every mistake in it is told with file and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Correction, Verdict
from kg.resolve.correction_file import append_correction, read_corrections

HEAD = "correction\tsubject\trelation\tobject\ttitle\tby\ton\tnote\n"
RELATIONS = ("leads", "holds_post", "organizes")
FACT = "wrong\t甘雨田\tleads\t云岭省民政厅\t\t编辑部\t2025-03-31\n"
NAMES = st.text(st.sampled_from("甲乙丙𠮷ab（）·"), min_size=1, max_size=6)
DAYS = st.dates().map(lambda day: day.isoformat())
FACTS = st.builds(
    Correction, verdict=st.sampled_from([Verdict.WRONG, Verdict.RIGHT]), subject=NAMES.map("s{}".format),
    relation=st.sampled_from(RELATIONS), object=NAMES.map("o{}".format), title=st.none() | NAMES, by=NAMES, on=DAYS,
    note=st.none() | NAMES, line=st.just(0),
)  # fmt: skip
PAIRS = st.builds(
    Correction, verdict=st.sampled_from([Verdict.ONE, Verdict.TWO, Verdict.NAME]), subject=NAMES.map("s{}".format),
    relation=st.none(), object=NAMES.map("o{}".format), title=st.none(), by=NAMES, on=DAYS, note=st.none() | NAMES,
    line=st.just(0),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corrections.tsv"


def read(path: Path, text: str | bytes) -> tuple[Correction, ...]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_corrections(path, RELATIONS)


def refusal(path: Path, text: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(path, text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(path))
    return str(caught.value).removeprefix(str(path))


class TestReading:
    def test_a_fact(self, path: Path) -> None:
        (one,) = read(path, HEAD + FACT)
        assert (one.verdict, one.subject, one.relation, one.object) == (
            Verdict.WRONG, "甘雨田", "leads", "云岭省民政厅",
        )  # fmt: skip
        assert (one.title, one.by, one.on, one.note, one.line) == (None, "编辑部", "2025-03-31", None, 2)

    def test_lines_are_counted_with_remarks_and_empty_ones(self, path: Path) -> None:
        (one,) = read(path, f"# of the office\n\n{HEAD}\n# from a letter\n{FACT}")
        assert one.line == 6

    def test_windows_lines_and_a_byte_order_mark(self, path: Path) -> None:
        assert read(path, b"\xef\xbb\xbf" + (HEAD + FACT).replace("\n", "\r\n").encode()) == read(path, HEAD + FACT)

    def test_nothing_in_it_states_nothing(self, path: Path) -> None:
        assert read(path, "") == read(path, HEAD) == read(path, "# later\n") == ()

    def test_no_file(self) -> None:
        assert read_corrections(None, RELATIONS) == ()

    def test_it_reads_well(self, path: Path) -> None:
        (one,) = read(path, HEAD + FACT.replace("\t\t编", "\t厅长\t编"))
        assert str(one) == "wrong 甘雨田 leads 云岭省民政厅 (厅长)"


class TestMistakes:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (FACT.replace("wrong", "wrogn"), "unknown correction 'wrogn'; did you mean 'wrong'?"),
            (FACT.replace("wrong", "zzz"), "unknown correction 'zzz'; there are: name, one, right, two, wrong"),
            (FACT.replace("leads", "leeds"), "unknown relation 'leeds'; did you mean 'leads'?"),
            (FACT.replace("leads", ""), "relation is missing; 'wrong' needs it"),
            (FACT.replace("甘雨田", ""), "subject is missing"),
            (FACT.replace("云岭省民政厅", ""), "object is missing"),
            (FACT.replace("编辑部", ""), "by is missing"),
            (FACT.replace("2025-03-31", ""), "on is missing"),
            (FACT.replace("2025-03-31", "2025-02-30"), "on is '2025-02-30', expected a day"),
            (FACT.replace("2025-03-31", "昨天"), "on is '昨天'"),
            (FACT.replace("甘雨田", " 甘雨田"), "stray space around subject ' 甘雨田'; remove it"),
            (FACT.replace("甘雨田", "甘雨田\u3000"), "stray space around subject"),
            (FACT.replace("云岭省民政厅", "甘雨田"), "subject and object are both '甘雨田'"),
            (FACT.rstrip() + "\ta\tb\n", "9 fields, expected 8"),
            (FACT.replace("wrong", "one"), "'one' takes neither relation nor title"),
            ("two\t甲\t\t乙\t局长\t编辑部\t2025-03-31\n", "'two' takes neither relation nor title"),
            ("wrong\n", "subject is missing"),
        ],
    )
    def test_each_is_told_with_its_line(self, path: Path, line: str, said: str) -> None:
        assert refusal(path, HEAD + "# a remark\n" + line).startswith(f":3: {said}")

    @pytest.mark.parametrize("head", [FACT, HEAD.upper(), HEAD.replace("\t", ","), HEAD.replace("\tnote", "")])
    def test_the_first_line_names_the_columns(self, path: Path, head: str) -> None:
        assert refusal(path, head + FACT).startswith(":1: the first line names the columns")

    def test_saying_it_twice(self, path: Path) -> None:
        again = FACT.replace("编辑部", "读者")
        assert refusal(path, HEAD + FACT + again).startswith(":3: says what line 2 says already")

    def test_saying_the_contrary(self, path: Path) -> None:
        assert refusal(path, HEAD + FACT + FACT.replace("wrong", "right")).startswith(":3: contradicts line 2")

    def test_two_that_are_one_and_are_not_either_way_round(self, path: Path) -> None:
        lines = "one\t甲\t\t乙\t\t编辑部\t2025-03-31\ntwo\t乙\t\t甲\t\t编辑部\t2025-03-31\n"
        assert refusal(path, HEAD + lines).startswith(":3: contradicts line 2")

    def test_another_title_is_another_fact(self, path: Path) -> None:
        assert len(read(path, HEAD + FACT + FACT.replace("\t\t编", "\t厅长\t编").replace("wrong", "right"))) == 2

    def test_another_encoding(self, path: Path) -> None:
        assert "is not UTF-8" in refusal(path, (HEAD + FACT).encode("gb18030"))

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="cannot be read"):
            read_corrections(tmp_path, RELATIONS)


def attempt(path: Path, one: Correction) -> Correction | None:
    try:
        return append_correction(path, one, RELATIONS)
    except InputError:
        return None


class TestWriting:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(FACTS | PAIRS, min_size=1, max_size=5))
    def test_what_is_written_is_read(self, tmp_path_factory: pytest.TempPathFactory, said: list[Correction]) -> None:
        path, kept = tmp_path_factory.mktemp("said") / "corrections.tsv", list[Correction]()
        for one in said:
            before = path.read_bytes() if path.exists() else None
            written = attempt(path, one)
            if written is None:  # says what was said already, or the contrary
                assert (path.read_bytes() if path.exists() else None) == before
            else:
                assert replace(written, line=0) == one
                kept.append(written)
        assert kept
        assert read_corrections(path, RELATIONS) == tuple(kept)

    def test_what_people_wrote_stays(self, path: Path) -> None:
        (one,) = read(path, HEAD + FACT)
        mine = f"# 编辑部的更正\n\n{HEAD}{FACT.rstrip()}"  # without an end of line
        path.write_text(mine, encoding="utf-8")
        written = append_correction(path, replace(one, object="丙局"), RELATIONS)
        assert written.line == 5
        assert path.read_text(encoding="utf-8").startswith(mine + "\n")

    @pytest.mark.parametrize("sign", ["\t", "\n", "\r", "\x00", "\x7f"])
    @pytest.mark.parametrize("field", ["subject", "object", "title", "by", "note"])
    def test_signs_that_would_break_a_line(self, path: Path, sign: str, field: str) -> None:
        (one,) = read(path, HEAD + FACT)
        before = path.read_bytes()
        with pytest.raises(InputError, match="leave it out"):
            append_correction(path, replace(one, **{field: f"甲{sign}乙"}), RELATIONS)  # type: ignore[arg-type]
        assert path.read_bytes() == before

    def test_a_malformed_file_is_not_made_worse(self, path: Path) -> None:
        (one,) = read(path, HEAD + FACT)
        path.write_text(HEAD + "nonsense\n", encoding="utf-8")
        with pytest.raises(InputError, match=r"corrections\.tsv:2: unknown correction 'nonsense'"):
            append_correction(path, one, RELATIONS)
        assert path.read_text(encoding="utf-8") == HEAD + "nonsense\n"
        assert [one.name for one in path.parent.iterdir()] == [path.name]

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        (one,) = read(tmp_path / "a.tsv", HEAD + FACT)
        with pytest.raises(InputError, match="cannot be written"):
            append_correction(tmp_path / "none" / "corrections.tsv", one, RELATIONS)
