"""What the word lists of boundaries, persons and traditional forms must and must not hold."""

from __future__ import annotations

import pytest

from kg.lexicon import lexicon

# boundaries


def test_boundaries_are_not_inside_names() -> None:
    both = set(lexicon("boundary_words")) & set(lexicon("names_inner"))
    assert not both


@pytest.mark.parametrize("word", ["发展", "服务", "管理", "支持", "促进", "保障", "培训", "孵化", "指导", "监督"])
def test_words_of_names_are_no_boundaries(word: str) -> None:
    assert word in lexicon("names_inner")
    assert word not in lexicon("boundary_words")


@pytest.mark.parametrize(
    "word",
    [
        "由",
        "在",
        "向",
        "经",
        "召开",
        "举行",
        "主办",
        "印发",
        "前往",
        "来自",
        "会同",
        "邀请",
        "近日",
        "上午",
        "其中",
        "會同",
    ],
)
def test_boundaries(word: str) -> None:
    assert word in lexicon("boundary_words")


@pytest.mark.parametrize("word", ["会上", "会中", "年中", "设有", "建有", "作者", "希望", "新建"])
def test_pieces_of_names_are_no_boundaries(word: str) -> None:
    """协会上海分会, 青年中心, 建设有限公司, 福建有色, 工作者, 希望小学."""
    assert word not in lexicon("boundary_words")


# persons


@pytest.mark.parametrize(
    "word", ["高等", "全国", "方面", "于是", "时间", "安全", "文化", "和谐", "马上", "关于", "万元", "高质量"]
)
def test_traps_are_no_names(word: str) -> None:
    assert word in lexicon("not_names")


@pytest.mark.parametrize("name", ["王国强", "韩国庆", "高新民", "张家", "范文杰", "史学军", "万里云", "周全明"])
def test_traps_leave_room_for_names(name: str) -> None:
    """A trap that begins a name would lose it."""
    traps = lexicon("not_names")
    assert not [name[:end] for end in range(2, len(name) + 1) if name[:end] in traps]


@pytest.mark.parametrize("name", ["王建国", "陈丽华", "張志強", "刘婷婷", "欧阳文静", "黃美玲"])
def test_common_names_are_made_of_listed_characters(name: str) -> None:
    surname = 2 if name[:2] in lexicon("compound_surnames") else 1
    assert surname == 2 or name[0] in lexicon("surnames")
    assert all(char in lexicon("given_name_chars") for char in name[surname:])


def test_compound_surnames_have_two_characters_or_more() -> None:
    assert min(len(word) for word in lexicon("compound_surnames")) == 2


# traditional characters


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("titles", "主任委員"),
        ("organization_suffixes", "社會福利署"),
        ("surnames", "陳"),
        ("after_name", "表示"),
        ("boundary_words", "舉行"),
        ("person_roles", "負責人"),
    ],
)
def test_traditional_forms_stand_beside(name: str, word: str) -> None:
    assert word in lexicon(name)
