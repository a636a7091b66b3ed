"""Where the name of a body ends and where it begins."""

from __future__ import annotations

import pytest
from readings import facts, names, reading, view

from kg.kinds._bodies import bodies, has_proper_part
from kg.kinds._heads import heads


def found(text: str) -> list[tuple[str, str]]:
    """The candidates of the first sentence, and how the beginning of each was found."""
    seen = view(text, "place", "title", "standard", "official")
    return [(text[body.start : body.stop], body.how) for body in bodies(seen)]


def ends(text: str) -> list[str]:
    seen = view(text, "place", "title", "standard", "official")
    return [text[head.start : head.stop] for head in heads(seen)]


class TestHeads:
    def test_the_longest_word_that_ends_there(self) -> None:
        assert ends("遵义市慈善总会与云杉社会工作服务中心结对。") == ["慈善总会", "社会工作服务中心"]

    @pytest.mark.parametrize(
        "text",
        [
            "各有关部门要认真办好此事。",  # 部 of 部门, 办 of 办好
            "大家在会议室里讨论。",  # 会 of 会议
            "活动由社工主办，居民协办。",  # 办 of a verb
        ],
    )
    def test_pieces_of_other_words_are_none(self, text: str) -> None:
        assert ends(text) == []

    def test_a_title_shares_the_last_character_of_the_body(self) -> None:
        assert ends("遵义市委组织部长赵志远讲话。") == ["市委", "组织部"]

    def test_a_post_inside_other_words_makes_no_body(self) -> None:
        assert ends("部门及时处理事务。") == []


class TestBeginnings:
    @pytest.mark.parametrize(
        ("text", "body"),
        [
            ("活动由贵州省发展和改革委员会牵头负责。", "贵州省发展和改革委员会"),  # 和 of a fixed part
            ("北京晨光大学哲学与社会发展学院主办论坛。", "北京晨光大学哲学与社会发展学院"),
            ("活动由中国晨光慈善促进会主办。", "中国晨光慈善促进会"),
            ("遵义星河（集团）有限公司捐款。", "遵义星河（集团）有限公司"),
            ("经与遵义市财政局协商后同意。", "遵义市财政局"),
            ("5家单位和省妇联参加活动。", "省妇联"),
            ("大会由八师云湖市民政局主办。", "八师云湖市民政局"),
            ("晨光学院福州研究院正式揭牌。", "晨光学院福州研究院"),  # whose institute it is stands before the place
        ],
    )
    def test_from_the_anchor(self, text: str, body: str) -> None:
        assert found(text) == [(body, "anchored")]

    @pytest.mark.parametrize(
        "text",
        [
            "遵义市民政局和贵阳市民政局主办论坛。",
            "遵义市民政局、贵阳市民政局主办论坛。",
            "遵义市民政局主办、贵阳市民政局承办论坛。",
            "遵义市民政局局长与贵阳市民政局座谈。",
            "遵义市民政局邀请贵阳市民政局座谈。",
            "遵义市民政局会同贵阳市民政局座谈。",
        ],
    )
    def test_a_name_does_not_reach_over_a_boundary(self, text: str) -> None:
        assert found(text) == [("遵义市民政局", "anchored"), ("贵阳市民政局", "anchored")]

    def test_who_joins_whom_are_two_bodies(self) -> None:
        assert names(reading("遵义市民政局联合晨曦基金会举办活动。"), "organization") == {"遵义市民政局", "晨曦基金会"}

    def test_a_committee_and_the_government_after_it(self) -> None:
        assert found("遵义市委市政府高度重视此事。") == [("遵义市委", "anchored"), ("市政府", "anchored")]

    def test_whom_a_letter_addresses_is_no_body(self) -> None:
        assert found("各市、县民政局：") == []

    def test_a_government_stands_at_its_place(self) -> None:
        assert found("社会领域政府购买服务正在推进。") == []


class TestNamesOfTheirOwn:
    @pytest.mark.parametrize(
        ("text", "how"),
        [
            ("晨曦社会工作服务中心正式开放。", "proper"),
            ("云杉科技有限公司捐款。", "proper"),
            ("社区养老服务中心正式开放。", "bare"),
            ("社会组织孵化基地正式开放。", "bare"),
            ("海龙街道办事处组织活动。", "proper"),
        ],
    )
    def test_words_of_the_field_single_out_no_body(self, text: str, how: str) -> None:
        assert [told for _, told in found(text)] == [how]

    def test_nothing_before_the_head_noun_is_no_name(self) -> None:
        text = "云杉社会工作服务中心正式开放。"
        seen = view(text)
        (head,) = heads(seen)
        assert has_proper_part(seen, text.index("云杉"), head)
        assert not has_proper_part(seen, head.start, head)


class TestInTheWholeReading:
    """What the candidates come to: the document's organizations."""

    @pytest.mark.parametrize("verb", ["签约", "签署协议", "签订协议"])
    def test_a_society_that_signs(self, verb: str) -> None:
        assert names(reading(f"贵州省民政厅与遵义市慈善总会{verb}。"), "organization") == {
            "贵州省民政厅",
            "遵义市慈善总会",
        }

    def test_a_group_that_is_set_up(self) -> None:
        assert names(reading("近日，遵义市养老服务领导小组成立。"), "organization") == {"遵义市养老服务领导小组"}

    def test_a_university_and_its_president(self) -> None:
        read = reading("遵义晨曦大学校长赵志远介绍情况。")
        assert facts(read, "leads") == {("赵志远", "leads", "遵义晨曦大学", "校长")}

    @pytest.mark.xfail(strict=True, reason="the name is begun at the place inside the brackets, and then dropped")
    def test_a_place_in_brackets_inside_a_name(self) -> None:
        assert names(reading("活动由星河（遵义）科技有限公司捐助。"), "organization") == {"星河（遵义）科技有限公司"}

    def test_two_places_share_a_head(self) -> None:
        read = reading("会上，遵义市、贵阳市两地民政局签订协议。")
        assert names(read, "organization") == {"遵义市民政局", "贵阳市民政局"}

    def test_two_places_share_the_head_of_a_society(self) -> None:
        read = reading("近日，遵义市、贵阳市两地慈善协会出席论坛。")
        assert names(read, "organization") == {"遵义市慈善协会", "贵阳市慈善协会"}

    def test_this_centre(self) -> None:
        read = reading("云杉社会工作服务中心成立两年。该中心参加首届邻里节。")
        assert ("云杉社会工作服务中心", "participates_in", "首届邻里节", None) in facts(read)

    def test_the_joint_meeting_spoken_of(self) -> None:
        read = reading("遵义市社会工作联席会议成立。联席会议印发《社会工作要点》。")
        assert ("遵义市社会工作联席会议", "issues", "《社会工作要点》", None) in facts(read)
