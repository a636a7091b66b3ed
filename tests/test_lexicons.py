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
    "relative_prefixes": {"level": "province prefecture county township any self"},
    "organization_suffixes": {"class": None, "strength": "strong weak"},
    "central_bodies": {"full": None, "class": None},
    "body_stems": {"forms": None, "short": None},
    "equivalent_bodies": {"full": None},
}
CLASSES = frozenset(
    "PartyBody GovernmentBody CoordinatingBody PeoplesCongress CPPCC Court Procuratorate MassOrganization School "
    "Hospital Institute Enterprise Foundation SocialOrganization CommunityBody PublicInstitution Media Military "
    "InternationalOrganization Organization".split()
)
HAN = re.compile(r"[\u3400-\u9fff]+")
ONE_CHARACTER = ("surnames", "given_name_chars")
BARE_WORDS = (
    "titles title_prefixes title_bodies title_status equivalent_bodies body_stems compound_surnames not_names "
    "after_name names_inner person_roles relative_prefixes domestic_prefixes media_suffixes"
).split()


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
    with pytest.raises(LexiconError, match="some.tsv:3"):
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


@pytest.mark.parametrize("word", "部长 局长 厅长 书记 主任 会长 院长 校长 主席 组长 队长 董事长 理事长 局長 處長 署長".split())
def test_heads_lead(word: str) -> None:
    assert lexicon("titles").entries[word]["leads"] == "yes"


@pytest.mark.parametrize("word", "秘书长 总干事 总经理 执行会长 政委 秘書長 總幹事".split())
def test_some_heads_are_left_open(word: str) -> None:
    assert lexicon("titles").entries[word]["leads"] == "optional"


@pytest.mark.parametrize("word", "委员 常委 理事 监事 顾问 名誉顾问 党组成员 二级调研员 书记处书记 监事长".split())
def test_members_and_ranks_do_not_lead(word: str) -> None:
    assert lexicon("titles").entries[word]["leads"] == "no"


def test_inner_bodies_are_no_titles_or_prefixes() -> None:
    bodies = set(lexicon("title_bodies"))
    assert not bodies & set(lexicon("titles"))
    assert not bodies & set(lexicon("title_prefixes"))


@pytest.mark.parametrize("word", "日前 目前 此前 会前 平原 时代".split())
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
        assert full["full"] == row["full"] and full["class"] == row["class"], word


def test_forms_of_stems_are_distinct_endings() -> None:
    for word, row in lexicon("body_stems").entries.items():
        forms = row["forms"].split("|")
        assert all(HAN.fullmatch(form) for form in forms) and len(set(forms)) == len(forms), word
        assert row["short"] == "-" or HAN.fullmatch(row["short"]), word


def test_full_tails_are_not_shortened_again() -> None:
    tails = lexicon("equivalent_bodies")
    for word, row in tails.entries.items():
        tail = tails.longest_suffix(row["full"], 0, len(row["full"]))
        if tail and tail != row["full"]:
            assert row["full"].endswith(tails.entries[tail]["full"]), word


# boundaries


def test_boundaries_are_not_inside_names() -> None:
    both = set(lexicon("boundary_words")) & set(lexicon("names_inner"))
    assert not both


@pytest.mark.parametrize("word", "发展 服务 管理 支持 促进 保障 培训 孵化 指导 監督".split())
def test_words_of_names_are_no_boundaries(word: str) -> None:
    assert word in lexicon("names_inner") or word == "監督"
    assert word not in lexicon("boundary_words")


@pytest.mark.parametrize("word", "由 在 向 经 召开 举行 主办 印发 前往 来自 会同 邀请 近日 上午 其中 會同".split())
def test_boundaries(word: str) -> None:
    assert word in lexicon("boundary_words")


@pytest.mark.parametrize("word", "会上 会中 年中 设有 建有 作者 希望 新建".split())
def test_pieces_of_names_are_no_boundaries(word: str) -> None:
    """协会上海分会, 青年中心, 建设有限公司, 福建有色, 工作者, 希望小学."""
    assert word not in lexicon("boundary_words")


# persons


@pytest.mark.parametrize("word", "高等 全国 方面 于是 时间 安全 文化 和谐 马上 关于 万元 高质量".split())
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
        ("relative_prefixes", "縣"),
        ("media_suffixes", "日報"),
    ],
)
def test_traditional_forms_stand_beside(name: str, word: str) -> None:
    assert word in lexicon(name)
