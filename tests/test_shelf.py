"""Word lists searched together find what each finds by itself."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import Lexicon, lexicon
from kg.shelf import NAMES, Shelf, leftmost_longest, shelf

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "documents").rglob("*.txt"))]
WORDS = st.text(alphabet="市民政局长", min_size=1, max_size=4)
LISTS = st.lists(WORDS, min_size=1, max_size=8, unique=True)


def made(name: str, words: list[str]) -> Lexicon:
    return Lexicon(name, {word: {"of": name} for word in words})


@pytest.mark.parametrize("name", sorted(NAMES))
def test_on_real_texts(name: str) -> None:
    for text in TEXTS:
        hits = shelf().find_all(text).get(name, ())
        assert hits == lexicon(name).find_all(text)
        assert leftmost_longest(hits) == lexicon(name).find(text)


@given(LISTS, LISTS, st.text(alphabet="市民政局长，", max_size=20))
def test_words_in_two_lists_keep_their_fields(one: list[str], other: list[str], text: str) -> None:
    lists = made("one", one), made("other", other)
    found = Shelf(lists).find_all(text)
    for each in lists:
        assert found.get(each.name, ()) == each.find_all(text)
        assert leftmost_longest(found.get(each.name, ())) == each.find(text)


def test_a_list_without_a_hit_is_left_out() -> None:
    assert Shelf([made("one", ["民政局"]), made("other", ["市长"])]).find_all("云湖市民政局").keys() == {"one"}
