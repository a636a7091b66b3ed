"""Names met again, short forms that a text declares, the place words before bodies."""

from __future__ import annotations

import pytest
from readings import document, reading, spans

from kg.model import Mention
from kg.pipeline import read_mentions
from kg.recognisers import echo, relative, short_forms
from kg.segment import sentences
from kg.view import Page


def by(text: str, *rules: str) -> list[tuple[str, str]]:
    """Words and name of what the whole reading finds by some rules."""
    return [(m.text, m.name) for m in read_mentions(document(text)) if m.rule in rules]


class TestEcho:
    def test_a_person_met_again_without_the_post(self) -> None:
        text = "遵义市民政局局长赵志远出席会议。会后，大家同赵志远座谈，赵志远很高兴。"
        assert by(text, "official.echo") == [("赵志远", "赵志远")] * 2

    def test_before_the_post_is_told_too(self) -> None:
        text = "赵志远走访社区老人\n\n近日，遵义市民政局局长赵志远走访社区。\n"
        assert by(text, "official.echo") == [("赵志远", "赵志远")]

    def test_a_name_of_two_characters_is_no_piece_of_two_words(self) -> None:
        text = "遵义市民政局局长宁平出席会议。南宁平台上的老人很高兴，会后宁平讲话。"
        starts = [m.start for m in read_mentions(document(text)) if m.rule == "official.echo"]
        assert starts == [text.index("宁平讲话")]

    def test_a_name_of_two_characters_is_no_end_of_a_word(self) -> None:
        text = "遵义市民政局局长高原出席会议。青藏高原上的老人很高兴。"
        assert by(text, "official.echo") == []

    def test_a_name_inside_a_longer_one_is_part_of_it(self) -> None:
        text = "遵义市民政局局长赵志远出席会议。遵义市民政局印发《赵志远基金管理办法》。"
        assert by(text, "official.echo") == []

    def test_a_body_met_again_in_a_row_of_words(self) -> None:
        text = "活动由晨曦社会工作服务中心承办。感谢晨曦社会工作服务中心。"
        names = [m for m in read_mentions(document(text)) if m.kind == "organization"]
        assert [m.text for m in names] == ["晨曦社会工作服务中心"] * 2

    def test_short_names_of_bodies_are_not_looked_for(self) -> None:
        article = document("省妇联主办论坛。大家谈论各省妇联系群众的工作。")
        found = read_mentions(article)
        proposed = list(echo.propose(Page(article), sentences(article), found))
        assert [m for m in proposed if m.kind == "organization"] == []

    def test_it_proposes_nothing_that_is_known_already(self) -> None:
        article = document("遵义市民政局局长赵志远出席会议。会后，大家同赵志远座谈。")
        found = read_mentions(article)
        assert list(echo.propose(Page(article), sentences(article), found)) == []

    def test_nobody_known_nobody_met(self) -> None:
        article = document("大家同赵志远座谈。")
        assert list(echo.propose(Page(article), sentences(article), ())) == []


class TestSurnameAndTitle:
    def test_the_one_of_that_surname(self) -> None:
        text = "遵义市民政局局长赵志远、副局长孙丽华出席会议。赵局长讲话，孙副局长主持。"
        assert by(text, "official.surname") == [("赵", "赵志远"), ("孙", "孙丽华")]

    def test_not_where_two_bear_it(self) -> None:
        text = "遵义市民政局局长赵志远、副局长赵丽华出席会议。赵局长讲话。"
        assert by(text, "official.surname") == []

    def test_not_a_character_of_another_word(self) -> None:
        text = "遵义市民政局局长钱进出席会议。他不缺钱，主任讲话。"
        assert by(text, "official.surname") == []


class TestShortForms:
    @pytest.mark.parametrize(
        "declared",
        [
            "（以下简称“晨曦社工”）",
            "（以下简称晨曦社工）",
            "（下称“晨曦社工”）",
            "（简称：晨曦社工）",
            "(以下简称“晨曦社工”)",
            "（以下统称为“晨曦社工”）",
        ],
    )
    def test_how_it_is_declared(self, declared: str) -> None:
        text = f"晨曦社会工作服务中心{declared}召开会议。随后，晨曦社工走访老人。"
        assert by(text, "short_form") == [("晨曦社工", "晨曦社工")] * 2  # there and later

    def test_two_forms_at_once(self) -> None:
        article = document("遵义市社会工作协会（以下简称“遵社协或市社协”）召开会议。")
        found = short_forms.declarations(article, read_mentions(article))
        assert set(found) == {"遵社协", "市社协"}
        assert {m.text for m in found.values()} == {"遵义市社会工作协会"}

    @pytest.mark.xfail(strict=True, reason="the pattern ends at the first closing quotation mark")
    def test_two_forms_in_marks_of_their_own(self) -> None:
        article = document("遵义市社会工作协会（以下简称“遵社协”或“市社协”）召开会议。")
        assert set(short_forms.declarations(article, read_mentions(article))) == {"遵社协", "市社协"}

    def test_a_former_name_beside_it(self) -> None:
        article = document("遵义市社会工作协会（原遵义市社工联盟，以下简称“遵社协”）召开会议。")
        assert set(short_forms.declarations(article, read_mentions(article))) == {"遵社协"}

    def test_what_nothing_stands_before_is_no_short_form(self) -> None:
        article = document("各有关方面的意见（以下简称“意见”）已经收集。意见很多。")
        assert short_forms.declarations(article, read_mentions(article)) == {}
        assert by(article.text, "short_form") == []

    def test_the_kind_is_that_of_the_full_name(self) -> None:
        text = "遵义市民政局印发《社工站管理办法》（以下简称《办法》）。各地认真学习《办法》。"
        kinds = {m.kind for m in read_mentions(document(text)) if "办法" in m.text}
        assert kinds == {"standard"}

    def test_only_from_the_declaration_on(self) -> None:
        text = "晨曦社工召开会议。晨曦社会工作服务中心（以下简称“晨曦社工”）召开论坛。晨曦社工发布公告。"
        starts = [m.start for m in read_mentions(document(text)) if m.rule == "short_form"]
        assert starts == [text.index("晨曦社工", 1), text.rindex("晨曦社工")]


class TestRelative:
    def test_the_place_word_of_a_body(self) -> None:
        """Proposed for bodies that no rule of places looked into: those met again, say."""
        article = document("省妇联主办论坛。")
        (body,) = [m for m in read_mentions(article) if m.kind == "organization"]
        (place,) = relative.propose([body])
        assert (place.text, place.kind, place.rule, place.name) == ("省", "place", "place.relative", "")
        assert place.sentence == body.sentence

    def test_not_where_a_place_stands_already(self) -> None:
        found = read_mentions(document("省妇联主办论坛，遵义市妇联承办。"))
        assert list(relative.propose(found)) == []

    def test_not_in_other_bodies_and_kinds(self) -> None:
        found = read_mentions(document("晨曦社会工作服务中心印发《省级社工站管理办法》。"))
        assert spans(found, "organization", "standard")
        assert list(relative.propose(found)) == []


def test_what_is_met_again_joins_its_entity() -> None:
    read = reading("遵义市民政局局长赵志远出席会议。会后，大家同赵志远座谈。")
    (person,) = [entity for entity in read.entities if entity.kind == "official"]
    seen: list[Mention] = list(person.mentions)
    assert [m.rule for m in seen] == ["official.after_title", "official.echo"]
