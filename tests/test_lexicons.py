"""Every packaged word list loads, has its columns, and keeps what the code relies on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import FOLDER, lexicon, read_lexicon

FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".tsv"))
COLUMNS = {
    "titles": {"rank": "head deputy other", "leads": "yes optional no"},
    "title_status": {"tenure": "former coming current"},
    "organization_suffixes": {"class": None, "strength": "strong weak"},
    "central_bodies": {"full": None, "class": None},
    "body_stems": {"forms": None, "short": None},
    "equivalent_bodies": {"full": None},
}
CLASSES = frozenset(
    [
        "PartyBody",
        "GovernmentBody",
        "CoordinatingBody",
        "PeoplesCongress",
        "CPPCC",
        "Court",
        "Procuratorate",
        "MassOrganization",
        "School",
        "Hospital",
        "Institute",
        "Enterprise",
        "Foundation",
        "SocialOrganization",
        "CommunityBody",
        "PublicInstitution",
        "Media",
        "Military",
        "InternationalOrganization",
        "Organization",
    ]
)
HAN = re.compile(r"[\u3400-\u9fff]+")
ONE_CHARACTER = ("surnames", "given_name_chars")
BARE_WORDS = [
    "titles",
    "title_prefixes",
    "title_bodies",
    "title_status",
    "equivalent_bodies",
    "body_stems",
    "compound_surnames",
    "not_names",
    "after_name",
    "names_inner",
    "person_roles",
    "domestic_prefixes",
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_list_loads(path: Path) -> None:
    words = read_lexicon(path)
    assert len(words) > 0
    assert all(word == word.strip() and word for word in words)


def test_no_two_lists_have_one_name() -> None:
    assert len({path.stem for path in FILES}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_list_says_what_it_is_for(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[:2]
    assert any(line.startswith("#") for line in first)


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_and_their_values(name: str) -> None:
    for word, fields in lexicon(name).entries.items():
        assert fields.keys() == COLUMNS[name].keys(), word
        for column, allowed in COLUMNS[name].items():
            assert fields[column], word
            assert allowed is None or fields[column] in allowed.split(), (word, column)


@pytest.mark.parametrize("name", BARE_WORDS)
def test_words_are_chinese_characters_alone(name: str) -> None:
    odd = [word for word in lexicon(name) if not HAN.fullmatch(word)]
    assert not odd


@pytest.mark.parametrize("name", ONE_CHARACTER)
def test_one_character_lists(name: str) -> None:
    assert {len(word) for word in lexicon(name)} == {1}


def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "some.tsv"
    path.write_text("word\trank\n局长\thead\n厅长\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"some\.tsv:3"):
        read_lexicon(path)


def test_a_word_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("局长\n厅长\n局长\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="twice"):
        read_lexicon(path)


# titles


def test_deputies_are_composed_not_listed() -> None:
    assert not [word for word in lexicon("titles") if word.startswith("副")]
    assert "副" in lexicon("title_prefixes")


def test_only_heads_may_lead() -> None:
    rows = lexicon("titles").entries
    assert not [word for word, row in rows.items() if row["leads"] != "no" and row["rank"] != "head"]
    assert not [word for word, row in rows.items() if row["leads"] == "no" and row["rank"] == "head"]


@pytest.mark.parametrize(
    "word",
    [
        "部长",
        "局长",
        "厅长",
        "书记",
        "主任",
        "会长",
        "院长",
        "校长",
        "主席",
        "组长",
        "队长",
        "董事长",
        "理事长",
        "局長",
        "處長",
        "署長",
    ],
)
def test_heads_lead(word: str) -> None:
    assert lexicon("titles").entries[word]["leads"] == "yes"


@pytest.mark.parametrize("word", ["秘书长", "总干事", "总经理", "执行会长", "政委", "秘書長", "總幹事"])
def test_some_heads_are_left_open(word: str) -> None:
    assert lexicon("titles").entries[word]["leads"] == "optional"


@pytest.mark.parametrize(
    "word", ["委员", "常委", "理事", "监事", "顾问", "名誉顾问", "党组成员", "二级调研员", "书记处书记", "监事长"]
)
def test_members_and_ranks_do_not_lead(word: str) -> None:
    assert lexicon("titles").entries[word]["leads"] == "no"


def test_inner_bodies_are_no_titles_or_prefixes() -> None:
    bodies = set(lexicon("title_bodies"))
    assert not bodies & set(lexicon("titles"))
    assert not bodies & set(lexicon("title_prefixes"))


@pytest.mark.parametrize("word", ["日前", "目前", "此前", "会前", "平原", "时代"])
def test_words_that_only_end_like_former_are_current(word: str) -> None:
    assert lexicon("title_status").entries[word]["tenure"] == "current"


# bodies


@pytest.mark.parametrize("name", ["organization_suffixes", "central_bodies"])
def test_classes_are_known(name: str) -> None:
    assert {row["class"] for row in lexicon(name).entries.values()} <= CLASSES


def test_every_class_has_an_ending() -> None:
    assert {row["class"] for row in lexicon("organization_suffixes").entries.values()} == CLASSES


def test_endings_of_one_character_are_weak() -> None:
    rows = lexicon("organization_suffixes").entries
    assert not [word for word, row in rows.items() if len(word) == 1 and row["strength"] == "strong"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("街道办事处", "GovernmentBody"),
        ("村民委员会", "CommunityBody"),
        ("居委会", "CommunityBody"),
        ("联席会议", "CoordinatingBody"),
        ("领导小组", "CoordinatingBody"),
        ("人大常委会", "PeoplesCongress"),
        ("政协", "CPPCC"),
        ("中级人民法院", "Court"),
        ("妇联", "MassOrganization"),
        ("团市委", "MassOrganization"),
        ("职业技术学院", "School"),
        ("卫生院", "Hospital"),
        ("有限责任公司", "Enterprise"),
        ("基金会", "Foundation"),
        ("社会工作服务中心", "SocialOrganization"),
        ("社工站", "PublicInstitution"),
        ("融媒体中心", "Media"),
        ("組織部", "PartyBody"),
    ],
)
def test_endings_and_their_class(word: str, kind: str) -> None:
    row = lexicon("organization_suffixes").entries[word]
    assert (row["class"], row["strength"]) == (kind, "strong")


def test_a_full_central_name_goes_by_itself() -> None:
    rows = lexicon("central_bodies").entries
    for word, row in rows.items():
        full = rows.get(row["full"])
        assert full is not None, word
        assert (full["full"], full["class"]) == (row["full"], row["class"]), word


def test_forms_of_stems_are_distinct_endings() -> None:
    for word, row in lexicon("body_stems").entries.items():
        forms = row["forms"].split("|")
        assert all(HAN.fullmatch(form) for form in forms), word
        assert len(set(forms)) == len(forms), word
        assert row["short"] == "-" or HAN.fullmatch(row["short"]), word


def test_full_tails_are_not_shortened_again() -> None:
    tails = lexicon("equivalent_bodies")
    for word, row in tails.entries.items():
        tail = tails.longest_suffix(row["full"], 0, len(row["full"]))
        if tail and tail != row["full"]:
            assert row["full"].endswith(tails.entries[tail]["full"]), word
