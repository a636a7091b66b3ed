"""Events of one text: what a reference means, and what is only referred to."""

from pathlib import Path

import pytest

from kg.model import Reading
from kg.pipeline import read_document
from kg.read import read_file

OPENING = "云湖市养老服务推进会在白石区召开。"


def reading(tmp_path: Path, text: str) -> Reading:
    path = tmp_path / "text.txt"
    path.write_text(text + "\n", encoding="utf-8")
    (document,) = read_file(path)
    return read_document(document)


def attended(found: Reading) -> set[tuple[str, str]]:
    names = {entity.key: entity.name for entity in found.entities}
    return {(names[a.subject], names[a.object]) for a in found.assertions if a.relation == "participates_in"}


@pytest.mark.parametrize(
    "aside",
    [
        "会议传达学习全省第九次民政会议精神。",
        "会议回顾了2021年全省第九次民政会议以来的工作。",
        "白石区将于九月举办首届云湖邻里节。",
    ],
)
def test_what_is_only_referred_to_is_not_the_gathering_spoken_of(tmp_path: Path, aside: str) -> None:
    found = reading(tmp_path, f"{OPENING}{aside}云湖市民政局局长赵志远出席会议并讲话。")
    assert attended(found) == {("赵志远", "云湖市养老服务推进会")}


def test_an_opening_without_a_name_is_part_of_the_gathering_spoken_of(tmp_path: Path) -> None:
    found = reading(tmp_path, "云湖市第三届社区养老论坛在白石区举行。云湖市民政局局长赵志远出席开幕式并致辞。")
    assert attended(found) == {("赵志远", "云湖市第三届社区养老论坛")}


def test_an_opening_without_a_gathering_is_nothing(tmp_path: Path) -> None:
    found = reading(tmp_path, "云湖市民政局局长赵志远出席开幕式并致辞。")
    assert [entity.name for entity in found.entities if entity.kind == "event"] == []


def test_counts_written_short_are_the_same_counts(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "云湖市养老协会成立大会暨第一届一次会员大会召开\n"
        "5月6日，云湖市养老协会成立大会暨第一届第一次会员大会在白石区召开。",
    )
    assert len([entity for entity in found.entities if entity.kind == "event"]) == 1


def test_a_ceremony_of_everyday_words_is_an_event_where_the_text_has_no_other(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "近日，白石街道办事处在云湖广场举办了以“邻里有你”为主题的志愿服务启动仪式。"
        "云湖市民政局局长赵志远在启动仪式上致辞。",
    )
    assert attended(found) == {("赵志远", "志愿服务启动仪式")}


def test_a_ceremony_of_everyday_words_is_none_where_nobody_holds_it(tmp_path: Path) -> None:
    found = reading(tmp_path, "志愿服务启动仪式怎么办，社工有自己的办法。")
    assert [entity.name for entity in found.entities if entity.kind == "event"] == []


def test_a_ceremony_may_be_called_a_meeting_afterwards(tmp_path: Path) -> None:
    opening = "云湖慈善项目启动仪式\n云湖市社工委成立仪式在白石区举行。"
    found = reading(tmp_path, f"{opening}云湖市民政局局长赵志远出席了会议。")
    assert attended(found) == {("赵志远", "云湖市社工委成立仪式")}


def test_this_forum_is_the_gathering_named_before(tmp_path: Path) -> None:
    opening = "云湖市养老服务博览会在白石区举行。"
    found = reading(tmp_path, f"{opening}云湖市民政局局长赵志远出席本次高峰论坛。")
    assert attended(found) == {("赵志远", "云湖市养老服务博览会")}
