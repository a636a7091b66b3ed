"""Word lists as files: what may stand in them, what is refused and where, and how they find words in a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.lexicon import FOLDER, Lexicon, lexicon, read_lexicon

LETTERS = "甲乙丙𠮷"
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=4)
LISTS = st.lists(WORDS, min_size=1, max_size=8, unique=True)
TEXTS = st.text(st.sampled_from(LETTERS + "，"), max_size=24)


def made(words: list[str]) -> Lexicon:
    return Lexicon("made", {word: {} for word in words})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def written(folder: Path, text: str, name: str = "words.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def refusal(path: Path) -> str:
    """What is said of a malformed list: one line."""
    with pytest.raises(LexiconError) as caught:
        read_lexicon(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestWhatMayStandInAList:
    def test_remarks_and_empty_lines_are_passed_over(self, folder: Path) -> None:
        path = written(folder, "# heads of bodies\n\n局长 # also of bureaus\n处长\n\n# the end\n")
        assert tuple(read_lexicon(path)) == ("局长", "处长")

    def test_the_order_is_the_file_s(self, folder: Path) -> None:
        path = written(folder, "丙\n甲\n乙\n")
        assert read_lexicon(path).words == ("丙", "甲", "乙")

    def test_the_name_is_the_file_s(self, folder: Path) -> None:
        assert read_lexicon(written(folder, "甲\n", "my_words.txt")).name == "my_words"

    def test_lines_may_end_as_on_windows(self, folder: Path) -> None:
        assert tuple(read_lexicon(written(folder, "甲\r\n乙\r\n"))) == ("甲", "乙")

    def test_a_byte_order_mark_is_no_part_of_a_word(self, folder: Path) -> None:
        assert tuple(read_lexicon(written(folder, "\ufeff甲\n乙\n"))) == ("甲", "乙")

    def test_the_last_line_needs_no_end(self, folder: Path) -> None:
        assert tuple(read_lexicon(written(folder, "甲\n乙"))) == ("甲", "乙")

    def test_fields_are_named_by_the_first_line(self, folder: Path) -> None:
        path = written(folder, "word\trank\tleads\n局长\thead\tyes\n副局长\tdeputy\tno # a deputy\n", "ranks.tsv")
        found = read_lexicon(path)
        assert dict(found.entries["局长"]) == {"rank": "head", "leads": "yes"}
        assert dict(found.entries["副局长"]) == {"rank": "deputy", "leads": "no"}

    def test_a_field_may_be_empty(self, folder: Path) -> None:
        found = read_lexicon(written(folder, "word\tnote\n局长\t\n", "ranks.tsv"))
        assert dict(found.entries["局长"]) == {"note": ""}

    def test_entries_cannot_be_changed(self, folder: Path) -> None:
        found = read_lexicon(written(folder, "word\tnote\n局长\t甲\n", "ranks.tsv"))
        with pytest.raises(TypeError):
            found.entries["处长"] = {}  # type: ignore[index]
        with pytest.raises(TypeError):
            found.entries["局长"]["note"] = "乙"  # type: ignore[index]

    @settings(max_examples=60, deadline=None)
    @given(LISTS)
    def test_what_is_written_is_read(self, tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
        path = written(tmp_path_factory.mktemp("list"), "".join(f"{word}\n" for word in words))
        assert read_lexicon(path).words == tuple(words)

    @settings(max_examples=60, deadline=None)
    @given(st.dictionaries(WORDS, st.tuples(WORDS, WORDS), min_size=1))
    def test_fields_too(self, tmp_path_factory: pytest.TempPathFactory, rows: dict[str, tuple[str, str]]) -> None:
        lines = ["word\tone\tother", *("\t".join([word, *cells]) for word, cells in rows.items())]
        found = read_lexicon(written(tmp_path_factory.mktemp("list"), "\n".join(lines), "rows.tsv"))
        assert {word: tuple(fields.values()) for word, fields in found.entries.items()} == rows


class TestWhatIsRefused:
    @pytest.mark.parametrize("line", [" 局长", "局长\u3000", "\u3000局长", "局长\t"])
    def test_a_stray_space(self, folder: Path, line: str) -> None:
        path = written(folder, f"# titles\n处长\n{line}\n")
        said = refusal(path)
        assert said.startswith(f"{path}:3: ")

    def test_a_space_at_the_end_of_a_line(self, folder: Path) -> None:
        path = written(folder, "局长 \n")
        assert refusal(path).startswith(f"{path}:1: stray space")

    def test_a_space_in_a_field(self, folder: Path) -> None:
        path = written(folder, "word\tnote\n局长\t 甲\n", "ranks.tsv")
        assert refusal(path).startswith(f"{path}:2: stray space")

    @pytest.mark.parametrize("at", [2, 3, 7])
    def test_a_word_twice(self, folder: Path, at: int) -> None:
        lines = [f"第{number}处" for number in range(1, at)]
        path = written(folder, "\n".join([*lines, lines[0]]))
        assert refusal(path) == f"{path}:{at}: '第1处' stands twice; remove one"

    def test_a_word_twice_with_other_fields(self, folder: Path) -> None:
        path = written(folder, "word\tnote\n局长\t甲\n局长\t乙\n", "ranks.tsv")
        assert refusal(path).startswith(f"{path}:3: '局长' stands twice")

    @pytest.mark.parametrize(("row", "count"), [("局长", 1), ("局长\ta\tb\tc", 4)])
    def test_too_few_and_too_many_fields(self, folder: Path, row: str, count: int) -> None:
        path = written(folder, f"word\tone\tother\n处长\ta\tb\n{row}\n", "ranks.tsv")
        assert refusal(path) == f"{path}:3: {count} fields, expected 3"

    def test_fields_in_a_plain_list(self, folder: Path) -> None:
        path = written(folder, "局长\t甲\n")
        assert refusal(path) == f"{path}:1: 2 fields, expected 1"

    @pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a remark\n"])
    def test_a_list_without_words(self, folder: Path, text: str) -> None:
        path = written(folder, text)
        assert refusal(path) == f"{path}: no words in this list"

    def test_a_table_with_its_first_line_alone(self, folder: Path) -> None:
        path = written(folder, "word\tnote\n", "ranks.tsv")
        assert refusal(path) == f"{path}: no words in this list"

    def test_another_encoding(self, folder: Path) -> None:
        path = folder / "words.txt"
        path.write_bytes("局长\n".encode("gb18030"))
        assert "UTF-8" in refusal(path)

    @settings(max_examples=40, deadline=None)
    @given(LISTS, st.data())
    def test_any_repetition_names_its_line(
        self, tmp_path_factory: pytest.TempPathFactory, words: list[str], data: st.DataObject
    ) -> None:
        again = data.draw(st.sampled_from(words))
        path = written(tmp_path_factory.mktemp("list"), "\n".join([*words, again]))
        assert refusal(path).startswith(f"{path}:{len(words) + 1}: {again!r} stands twice")


class TestLookingUp:
    def test_a_name_that_no_list_has(self) -> None:
        with pytest.raises(LexiconError, match="no word list 'no_such_list'") as caught:
            lexicon("no_such_list")
        assert "titles" in str(caught.value)

    def test_a_packaged_list_is_loaded_once(self) -> None:
        assert lexicon("titles") is lexicon("titles")

    def test_a_folder_of_one_s_own_adds_lists(self, folder: Path) -> None:
        written(folder, "夺得\n", "own_verbs.txt")
        assert "夺得" in lexicon("own_verbs", folder)
        assert lexicon("titles", folder).words == lexicon("titles").words

    def test_the_package_s_own_lists_come_first(self, folder: Path) -> None:
        written(folder, "甲\n", "titles.txt")
        assert "甲" not in lexicon("titles", folder)

    def test_what_there_is_names_those_of_both_folders(self, folder: Path) -> None:
        written(folder, "夺得\n", "own_verbs.txt")
        with pytest.raises(LexiconError, match="own_verbs") as caught:
            lexicon("no_such_list", folder)
        assert "surnames" in str(caught.value)

    def test_a_malformed_list_of_one_s_own_names_its_line(self, folder: Path) -> None:
        path = written(folder, "夺得\n夺得\n", "own_verbs.txt")
        with pytest.raises(LexiconError) as caught:
            lexicon("own_verbs", folder)
        assert str(caught.value).startswith(f"{path}:2: ")

    def test_every_packaged_file_is_a_list(self) -> None:
        assert {path.suffix for path in FOLDER.iterdir()} <= {".txt", ".tsv"}
        assert all(lexicon(path.stem).name == path.stem for path in FOLDER.iterdir())


class TestFinding:
    def test_the_longest_word_wins(self) -> None:
        found = made(["民政", "民政局", "局长"]).find("市民政局长")
        assert [(hit.word, hit.start, hit.stop) for hit in found] == [("民政局", 1, 4)]

    def test_every_word_that_is_there(self) -> None:
        found = made(["民政", "民政局", "局长"]).find_all("市民政局长")
        assert [hit.word for hit in found] == ["民政", "民政局", "局长"]

    def test_offsets_count_characters_not_bytes(self) -> None:
        (hit,) = made(["局"]).find("𠮷𠮷a局")
        assert (hit.start, hit.stop) == (3, 4)

    def test_fields_come_with_the_hit(self) -> None:
        (hit,) = Lexicon("made", {"局长": {"rank": "head"}}).find("市局局长")
        assert hit.fields == {"rank": "head"}

    @given(LISTS, TEXTS)
    def test_hits_say_what_the_text_says(self, words: list[str], text: str) -> None:
        for hit in (*made(words).find(text), *made(words).find_all(text)):
            assert text[hit.start : hit.stop] == hit.word
            assert hit.word in words

    @given(LISTS, TEXTS)
    def test_every_hit_is_found(self, words: list[str], text: str) -> None:
        meant = sorted((at, at + len(w)) for w in words for at in range(len(text)) if text.startswith(w, at))
        assert [(hit.start, hit.stop) for hit in made(words).find_all(text)] == meant

    @given(LISTS, TEXTS)
    def test_leftmost_then_longest(self, words: list[str], text: str) -> None:
        meant, at = [], 0
        while at < len(text):
            here = max((len(word) for word in words if text.startswith(word, at)), default=0)
            if here:
                meant.append((at, at + here))
            at += here or 1
        assert [(hit.start, hit.stop) for hit in made(words).find(text)] == meant

    @given(LISTS, TEXTS, st.data())
    def test_longest_at_either_end(self, words: list[str], text: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(text)))
        stop = data.draw(st.integers(start, len(text)))
        piece = text[start:stop]
        before = max((word for word in words if piece.startswith(word)), key=len, default=None)
        after = max((word for word in words if piece.endswith(word)), key=len, default=None)
        assert made(words).longest_prefix(text, start, stop) == before
        assert made(words).longest_suffix(text, start, stop) == after
