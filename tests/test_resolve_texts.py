"""What a whole text tells: what is left out, short forms, references, programs, documents, places."""

from __future__ import annotations

import pytest
from readings import facts, named, names, reading


def only(read_text: str, relation: str) -> set[tuple[str, str]]:
    """Subjects and objects of one relation in a text."""
    return {(a, b) for a, _, b, _ in facts(reading(read_text), relation)}


class TestWhatIsLeftOut:
    @pytest.mark.parametrize(
        ("text", "body", "title"),
        [
            ("保山市社会工作协会在隆阳区开展走访。会长方砚秋带队。", "保山市社会工作协会", "会长"),
            ("保山市民政局开展走访。局长方砚秋带队。", "保山市民政局", "局长"),
            ("保山云帆学院开展走访。院长方砚秋带队。", "保山云帆学院", "院长"),
            ("星桥养老服务有限公司开展走访。董事长方砚秋带队。", "星桥养老服务有限公司", "董事长"),
            ("保山市慈善总会开展走访。秘书长方砚秋带队。", "保山市慈善总会", "秘书长"),
        ],
    )
    def test_the_body_of_a_post(self, text: str, body: str, title: str) -> None:
        assert ("方砚秋", "holds_post", body, title) in facts(reading(text))

    def test_the_body_that_can_have_the_post_is_meant_not_the_nearest(self) -> None:
        text = "保山市社会工作协会和保山市民政局开展走访。会长方砚秋带队。"
        assert only(text, "leads") == {("方砚秋", "保山市社会工作协会")}

    def test_no_body_that_can_have_the_post_no_fact(self) -> None:
        assert only("保山市民政局开展走访。董事长方砚秋带队。", "leads") == set()

    def test_who_held_a_post_before_holds_it_again(self) -> None:
        text = "保山市民政局局长方砚秋到会。临沧市民政局也派人到会。方砚秋局长讲话。"
        assert only(text, "leads") == {("方砚秋", "保山市民政局")}

    def test_the_event_of_those_who_host(self) -> None:
        text = "保山市社工论坛在隆阳区举行。主办单位：保山市民政局。"
        assert ("保山市民政局", "保山市社工论坛") in only(text, "organizes")

    def test_without_an_event_nobody_hosts(self) -> None:
        assert only("主办单位：保山市民政局", "organizes") == set()


class TestEventsOfAText:
    def test_a_reference_means_the_event_before_it(self) -> None:
        text = "保山市社工论坛在隆阳区举行。保山市民政局局长方砚秋出席论坛。"
        assert only(text, "participates_in") == {("方砚秋", "保山市社工论坛")}

    def test_of_two_events_the_last_one_of_its_class(self) -> None:
        text = "保山市社工论坛在隆阳区举行。保山市慈善晚会在施甸县举行。保山市民政局局长方砚秋出席论坛。"
        assert only(text, "participates_in") == {("方砚秋", "保山市社工论坛")}

    def test_shorter_and_longer_names_are_one_event(self) -> None:
        read = reading("保山市召开社工论坛\n\n5月8日，保山市第二届社工论坛在隆阳区举行。社工论坛为期两天。")
        assert names(read, "event") == {"保山市第二届社工论坛"}

    def test_two_counts_are_two_events(self) -> None:
        read = reading("保山市第一届社工论坛在隆阳区举行。保山市第二届社工论坛在施甸县举行。")
        assert names(read, "event") == {"保山市第一届社工论坛", "保山市第二届社工论坛"}

    def test_a_bare_ceremony_takes_the_name_of_its_owner(self) -> None:
        read = reading("保山云帆学院举行成立大会。保山市民政局局长方砚秋出席成立大会。")
        assert names(read, "event") == {"保山云帆学院成立大会"}


class TestProgramsOfAText:
    def test_with_and_without_marks_and_head(self) -> None:
        read = reading("保山市民政局启动“银龄课堂”助老项目。三年来，“银龄课堂”走进社区。银龄课堂受到欢迎。")
        assert len(names(read, "program")) == 1
        (name,) = names(read, "program")
        assert {"“银龄课堂”助老项目", "“银龄课堂”"} <= {name, *named(read, name).aliases}

    def test_a_reference_means_the_program_before_it(self) -> None:
        text = "保山市民政局启动“银龄课堂”项目。该项目由保山市社会工作协会承办。"
        assert ("保山市社会工作协会", "银龄课堂") in only(text, "organizes")

    def test_two_programs_stay_two(self) -> None:
        read = reading("保山市民政局启动“银龄课堂”项目和“山里来信”项目。")
        assert names(read, "program") == {"银龄课堂", "山里来信"}


class TestDocumentsOfAText:
    TEXT = "保山市民政局发布《社区长者食堂建设规范》（以下简称《规范》）。《规范》由保山市社会工作协会起草。"

    def test_a_declared_form_is_the_document(self) -> None:
        read = reading(self.TEXT)
        assert names(read, "standard") == {"《社区长者食堂建设规范》"}
        assert "《规范》" in named(read, "《社区长者食堂建设规范》").aliases
        assert only(self.TEXT, "drafts") == {("保山市社会工作协会", "《社区长者食堂建设规范》")}

    def test_an_ending_that_no_one_declared(self) -> None:
        text = "保山市民政局发布《社区长者食堂建设规范》。《建设规范》由保山市社会工作协会起草。"
        assert only(text, "drafts") == {("保山市社会工作协会", "《社区长者食堂建设规范》")}

    def test_this_standard(self) -> None:
        text = "保山市民政局发布《社区长者食堂建设规范》。该规范由保山市社会工作协会起草。"
        assert only(text, "drafts") == {("保山市社会工作协会", "《社区长者食堂建设规范》")}

    def test_a_trial_version_is_the_same_document(self) -> None:
        read = reading("保山市民政局印发《社工站管理办法（试行）》。《社工站管理办法》自下月起施行。")
        assert len(names(read, "standard")) == 1

    def test_two_titles_are_two_documents(self) -> None:
        read = reading("保山市民政局印发《社工站管理办法》《社区食堂建设规范》。")
        assert names(read, "standard") == {"《社工站管理办法》", "《社区食堂建设规范》"}

    def test_a_number_beside_a_title_is_no_document_of_its_own(self) -> None:
        read = reading("保山市市场监督管理局发布《社区食堂建设规范》（DB53/T 123—2024）。")
        assert names(read, "standard") == {"《社区食堂建设规范》"}


class TestPlacesOfAText:
    def test_words_for_a_division_take_its_name(self) -> None:
        read = reading("保山市召开社工论坛\n\n5月8日，市民政局、市财政局派人参加社工论坛。")
        assert {"保山市民政局", "保山市财政局"} <= names(read, "organization")

    def test_the_title_tells_which_namesake(self) -> None:
        read = reading("福州市召开社工论坛\n\n5月8日，鼓楼区民政局派人参加社工论坛。")
        assert named(read, "鼓楼区").code == "350102"

    def test_full_and_short_name_are_one_place(self) -> None:
        read = reading("保山市举办首届邻里节。保山的社工参加首届邻里节。")
        assert named(read, "保山市").aliases == ("保山",)

    def test_a_chain_tells_what_lies_in_what(self) -> None:
        text = "云南省保山市隆阳区举办首届邻里节。"
        assert only(text, "located_in") >= {("隆阳区", "保山市"), ("保山市", "云南省")}

    def test_a_former_name_is_the_division_of_today(self) -> None:
        read = reading("襄樊市的社工参加首届邻里节。")
        assert {e.code for e in read.entities if e.kind == "place"} == {"420600"}

    def test_traditional_characters_keep_their_form(self) -> None:
        read = reading("高雄市社會局舉辦高雄市第二屆社工論壇。")
        assert "高雄市社會局" in names(read, "organization")
        assert "高雄市第二屆社工論壇" in names(read, "event")


class TestBodiesOfAText:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "保山市委组织部、宣传部、统战部派人参加首届邻里节。",
                {"保山市委组织部", "保山市委宣传部", "保山市委统战部"},
            ),
            ("保山市民政局（以下简称“市局”）派人参加首届邻里节。", {"保山市民政局"}),
            ("保山市卫健委派人到场。保山市卫生健康委员会致辞。", {"保山市卫生健康委员会"}),
            ("保山市社会工作协会派人参加首届邻里节。协会还捐了款。", {"保山市社会工作协会"}),
        ],
    )
    def test_each_body_once_and_by_its_full_name(self, text: str, expected: set[str]) -> None:
        assert names(reading(text), "organization") == expected

    def test_sections_are_parts_of_their_body(self) -> None:
        text = "保山市民政局养老服务科科长方砚秋到会。"
        assert only(text, "part_of") == {("保山市民政局养老服务科", "保山市民政局")}
        assert only(text, "leads") == {("方砚秋", "保山市民政局养老服务科")}
