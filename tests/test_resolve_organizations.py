"""Which mentions of a text speak of the same body, and its fullest name there."""

from __future__ import annotations

import pytest
from readings import document, facts, named, names, reading

from kg.pipeline import read_mentions
from kg.resolve.bodynames import canonical
from kg.resolve.organizations import Bodies
from kg.resolve.places import place_divisions


def gathered(text: str) -> Bodies:
    article = document(text)
    mentions = read_mentions(article)
    bodies = Bodies(article, place_divisions(article, mentions))
    bodies.gather(mentions)
    return bodies


class TestOneSpelling:
    @pytest.mark.parametrize(
        ("name", "full"),
        [
            ("人社局", "人力资源和社会保障局"),
            ("卫健委", "卫生健康委员会"),
            ("人力资源和社会保障局", "人力资源和社会保障局"),
            ("“云杉”志愿者协会", "云杉志愿者协会"),
            ("云杉志愿者协会", "云杉志愿者协会"),
        ],
    )
    def test_canonical(self, name: str, full: str) -> None:
        assert canonical(name) == full

    @pytest.mark.parametrize(
        ("text", "name", "alias"),
        [
            (
                "遵义市人社局参加会议。遵义市人力资源和社会保障局局长赵志远发言。",
                "遵义市人力资源和社会保障局",
                "遵义市人社局",
            ),
            (
                "遵义市“云杉”志愿者协会成立。遵义市云杉志愿者协会开展活动。",
                "遵义市“云杉”志愿者协会",
                "遵义市云杉志愿者协会",
            ),
            ("贵州省遵义市民政局主办论坛。遵义市民政局承办。", "遵义市民政局", "贵州省遵义市民政局"),
            (
                "遵义市第十三届人大常委会主任赵志远出席。遵义市人大常委会副主任孙丽华主持。",
                "遵义市人大常委会",
                "遵义市第十三届人大常委会",
            ),
        ],
    )
    def test_two_spellings_are_one_body(self, text: str, name: str, alias: str) -> None:
        read = reading(text)
        assert names(read, "organization") == {name}
        assert alias in named(read, name).aliases

    def test_one_spelling_at_two_places_is_two_bodies(self) -> None:
        text = "江苏省南京市鼓楼区民政局参加论坛，福建省福州市鼓楼区民政局也参加论坛。"
        bodies = gathered(text).all
        assert [body.identity for body in bodies] == ["南京市鼓楼区民政局", "福州市鼓楼区民政局"]
        assert [body.division.code for body in bodies if body.division] == ["320106", "350102"]


class TestPlacesOfTheText:
    TEXT = (
        "遵义市召开社会工作推进会\n\n5月12日，市民政局、省民政厅、团市委、省妇联、市委社会工作部参加推进会。"
        "贵阳市的经验得到介绍。市财政局作了发言。\n"
    )

    def test_a_body_takes_the_full_name_of_its_place(self) -> None:
        read = reading(self.TEXT)
        assert names(read, "organization") >= {
            "遵义市民政局",
            "贵州省民政厅",
            "遵义团市委",
            "贵州省妇联",
            "遵义市委社会工作部",
        }
        assert named(read, "遵义市民政局").aliases == ("市民政局",)

    def test_what_the_title_tells_holds_for_the_text(self) -> None:
        assert "遵义市财政局" in names(reading(self.TEXT), "organization")

    def test_a_place_of_that_class_earlier_in_the_sentence_comes_first(self) -> None:
        text = self.TEXT.replace("介绍。市", "介绍，市")
        assert "贵阳市财政局" in names(reading(text), "organization")

    def test_without_a_title_the_place_spoken_of_last_tells(self) -> None:
        read = reading("遵义市民政局参加论坛。贵阳的社工说，市财政局也参加了论坛。")
        assert names(read, "organization") == {"遵义市民政局", "贵阳市财政局"}

    def test_without_any_place_the_name_stays_as_it_is(self) -> None:
        assert names(reading("市民政局参加论坛。"), "organization") == {"市民政局"}

    def test_the_league_in_two_forms(self) -> None:
        read = reading("团市委书记赵志远来到遵义市，共青团遵义市委主办论坛。")
        assert len(names(read, "organization")) == 1


class TestShorterForms:
    def test_the_end_of_one_longer_name(self) -> None:
        read = reading("遵义市云杉社会工作服务中心成立。云杉社会工作服务中心参加首届邻里节。")
        assert names(read, "organization") == {"遵义市云杉社会工作服务中心"}
        assert named(read, "遵义市云杉社会工作服务中心").aliases == ("云杉社会工作服务中心",)

    def test_the_end_of_two_longer_names_is_neither(self) -> None:
        pair = {"贵阳市云杉社会工作服务中心", "遵义市云杉社会工作服务中心"}
        read = reading(f"{'、'.join(sorted(pair))}参加论坛。云杉社会工作服务中心承办。")
        assert names(read, "organization") == {*pair, "云杉社会工作服务中心"}

    def test_what_the_text_declares(self) -> None:
        read = reading("遵义市社会工作协会（以下简称“遵社协”）换届。遵社协秘书长赵志远讲话。")
        assert named(read, "遵义市社会工作协会").aliases == ("遵社协",)
        assert facts(read, "holds_post") == {("赵志远", "holds_post", "遵义市社会工作协会", "秘书长")}

    def test_a_declared_form_that_is_a_body_by_itself(self) -> None:
        read = reading("遵义市养老服务指导中心（以下简称“指导中心”）成立。指导中心主任赵志远介绍情况。")
        assert names(read, "organization") == {"遵义市养老服务指导中心"}
        assert ("赵志远", "leads", "遵义市养老服务指导中心", "主任") in facts(read)


class TestWhatLeansOnTheText:
    def test_sections_of_a_committee_share_it(self) -> None:
        read = reading("遵义市委组织部、宣传部发出通知。宣传部部长赵志远介绍情况。")
        assert names(read, "organization") == {"遵义市委组织部", "遵义市委宣传部"}
        assert ("赵志远", "leads", "遵义市委宣传部", "部长") in facts(read)
        assert not facts(read, "part_of")  # sections of a committee are bodies of their own

    def test_bureaus_after_a_bureau_are_bodies_of_the_same_place(self) -> None:
        read = reading("遵义市民政局、财政局、教育局参加论坛。")
        assert names(read, "organization") == {"遵义市民政局", "遵义市财政局", "遵义市教育局"}
        assert not facts(read, "part_of")

    def test_a_section_of_the_body_spoken_of_is_a_part_of_it(self) -> None:
        read = reading("遵义晨曦大学主办论坛。教务处副处长赵志远讲话。")
        assert ("遵义晨曦大学教务处", "part_of", "遵义晨曦大学", None) in facts(read)
        assert ("赵志远", "holds_post", "遵义晨曦大学教务处", "副处长") in facts(read)

    def test_a_section_of_nothing_is_left_out(self) -> None:
        read = reading("教务处副处长赵志远讲话。")
        assert names(read, "organization") == set()
        assert not facts(read)

    @pytest.mark.parametrize(
        ("text", "whole"),
        [
            ("遵义晨曦医院主办论坛。随后，我院党委书记赵志远讲话。", "遵义晨曦医院"),
            ("遵义晨曦大学主办论坛。随后，学校党委书记赵志远讲话。", "遵义晨曦大学"),
        ],
    )
    def test_words_that_point_back(self, text: str, whole: str) -> None:
        assert ("赵志远", "leads", whole, "党委书记") in facts(reading(text))

    def test_a_word_that_points_back_before_a_post(self) -> None:
        read = reading("遵义云杉学院与贵阳市晨曦协会结对。随后，学院党委书记赵志远讲话。")
        assert ("赵志远", "leads", "遵义云杉学院", "党委书记") in facts(read)

    def test_a_word_that_points_back_to_nothing_is_left_out(self) -> None:
        assert names(reading("学院主办首届邻里节，协会承办。"), "organization") == set()

    def test_the_last_one_before_it_decides(self) -> None:
        read = reading("遵义市云杉协会参加论坛。贵阳市晨曦协会参加论坛。协会承办首届邻里节。")
        assert facts(read, "organizes") == {("贵阳市晨曦协会", "organizes", "首届邻里节", None)}

    @pytest.mark.parametrize("order", [1, -1])
    def test_the_office_of_a_body_known_by_name(self, order: int) -> None:
        sentences = ["联席会议办公室设在遵义市财政局。", "遵义市社会工作联席会议发布公告。"][::order]
        office = "遵义市社会工作联席会议办公室"
        assert facts(reading("".join(sentences)), "part_of") == {
            (office, "part_of", "遵义市财政局", None),
            (office, "part_of", "遵义市社会工作联席会议", None),
        }


class TestThePublisher:
    def test_it_is_a_body_of_the_text_where_the_text_names_it(self) -> None:
        bodies = gathered("遵义市民政局走访老人\n\n来源：遵义市民政局\n\n近日，遵义市民政局走访老人。\n")
        assert bodies.of_publisher() in bodies.all

    def test_a_paper_that_is_no_body(self) -> None:
        assert gathered("遵义市民政局走访老人。").of_publisher() is None


class TestFewerWords:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            (
                "遵义市小浪花特殊儿童康复中心负责人到会。会后，企业为小浪花康复中心捐赠轮椅。",
                "遵义市小浪花特殊儿童康复中心",
            ),
            (
                "大家前往遵义市社会救助服务指导中心，向市救助中心的老人送上月饼。",
                "遵义市社会救助服务指导中心",
            ),
            ("遵义市云杉镇社会工作站挂牌。大家参观云杉镇社工站。", "遵义市云杉镇社会工作站"),
            ("遵义市残疾人福利基金会到会。图片由遵市残疾人福利基金会提供。", "遵义市残疾人福利基金会"),
        ],
    )
    def test_they_are_one_body(self, text: str, name: str) -> None:
        assert names(reading(text), "organization") == {name}

    @pytest.mark.parametrize(
        "text",
        [
            "遵义师范大学主办论坛。遵义大学承办。",
            "遵义市救助中心主办论坛。遵义市社会救助服务指导中心承办。",
            "遵义市社会救助服务中心、遵义市救助中心参加。",
            "遵义市儿童救助中心主办论坛。遵义市救助中心承办。",
        ],
        ids=["schools", "the short form first", "side by side", "another field and no name of its own"],
    )
    def test_they_are_two(self, text: str) -> None:
        assert len(names(reading(text), "organization")) == 2
