"""The parts of resolution by themselves: names of bodies, their classes, confidence, forms of events and programs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from blocks import document

from kg.gazetteer import gazetteer
from kg.lexicon import lexicon
from kg.model import ORGANIZATION, Claim, Mention
from kg.rdf.vocabulary import vocabulary
from kg.resolve import events, programs, standards
from kg.resolve.body import Body, part_of
from kg.resolve.bodynames import canonical, committee_prefix, full_name, is_independent, is_section
from kg.resolve.confidence import combined, precision, smoothed
from kg.resolve.sections import is_bureau, section_of, spoken_of
from kg.resolve.subclass import subclass_of
from kg.segment import sentences

PLACES = gazetteer()


class TestNamesOfBodies:
    @pytest.mark.parametrize(
        ("name", "full"),
        [
            ("保山市卫健局", "保山市卫生健康局"),
            ("保山市发改委", "保山市发展和改革委员会"),
            ("保山市住建局", "保山市住房和城乡建设局"),
            ("保山市工信局", "保山市工业和信息化局"),
            ("保山市第三届人大常委会", "保山市人民代表大会常务委员会"),
            ("“云帆”志愿服务队", "云帆志愿服务队"),
            ("「云帆」志愿服务队", "云帆志愿服务队"),
            ("保山市　民政局", "保山市民政局"),
            ("保山市民政局", "保山市民政局"),
            ("", ""),
        ],
    )
    def test_one_spelling(self, name: str, full: str) -> None:
        assert canonical(name) == full

    def test_every_short_ending_has_one_spelling_and_keeps_it(self) -> None:
        for short in lexicon("equivalent_bodies"):
            once = canonical(f"保山市{short}")
            assert canonical(once) == once, short

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("530500", "保山市"),
            ("530502", "隆阳区"),
            ("350102", "福州市鼓楼区"),
            ("110105", "朝阳区"),
            ("530000", "云南省"),
        ],
    )
    def test_a_name_of_many_takes_its_city(self, code: str, name: str) -> None:
        division = PLACES.get(code)
        assert division is not None
        many = len(PLACES.named(division.name)) > 1 and division.level == "county"
        expected = f"{PLACES.chain(code)[1].name}{division.name}" if many else division.name
        assert full_name(division) == expected
        assert full_name(division).endswith(division.name)
        assert name.endswith(division.name)

    @pytest.mark.parametrize(
        ("name", "prefix"),
        [
            ("保山市委组织部", "保山市委"),
            ("云南省委社会工作部", "云南省委"),
            ("隆阳区委办公室", "隆阳区委"),
            ("保山市民政局", None),
            ("云帆学院党委宣传部", None),  # a school's committee has sections, not departments that share its name
        ],
    )
    def test_committees_whose_departments_share_their_name(self, name: str, prefix: str | None) -> None:
        assert committee_prefix(name) == prefix

    @pytest.mark.parametrize("name", ["养老服务科", "办公室", "教务处", "人事司", "社会工作学院"])
    def test_sections(self, name: str) -> None:
        assert is_section(name)

    @pytest.mark.parametrize("name", ["慈善总会", "社会工作协会", "保山市", "志愿者"])
    def test_what_is_no_section(self, name: str) -> None:
        assert not is_section(name)

    @pytest.mark.parametrize(("name", "own"), [("民政局", True), ("慈善总会", True), ("科", False), ("处", False)])
    def test_bodies_of_the_same_place(self, name: str, own: bool) -> None:
        assert is_independent(name) is own

    @pytest.mark.parametrize(("name", "bureau"), [("社会福利署", True), ("办公室", False), ("局", False)])
    def test_bureaus(self, name: str, bureau: bool) -> None:
        assert is_bureau(name) is bureau


class TestClasses:
    @pytest.mark.parametrize(
        ("name", "subclass"),
        [
            ("保山市民政局", "GovernmentBody"),
            ("隆阳区人民政府", "GovernmentBody"),
            ("保山市委", "PartyBody"),
            ("青岚社区党委", "PartyBody"),
            ("保山市养老服务领导小组", "CoordinatingBody"),
            ("保山市总工会", "MassOrganization"),
            ("保山市妇联", "MassOrganization"),
            ("保山云帆学院", "School"),
            ("保山市第二人民医院", "Hospital"),
            ("星桥养老服务有限公司", "Enterprise"),
            ("星桥公益基金会", "Foundation"),
            ("保山日报社", "Media"),
            ("保山市人大常委会", "PeoplesCongress"),
            ("保山市中级人民法院", "Court"),
            ("保山市人民检察院", "Procuratorate"),
            ("青岚社区居委会", "CommunityBody"),
            ("保山市社会工作协会", "SocialOrganization"),
            ("教育部", "GovernmentBody"),
            ("云杉", None),
        ],
    )
    def test_by_the_end_of_the_name(self, name: str, subclass: str | None) -> None:
        assert subclass_of(name) == subclass

    def test_every_class_is_in_the_ontology(self) -> None:
        classes = {entry["class"] for entry in lexicon("organization_suffixes").entries.values()}
        classes |= {entry["class"] for entry in lexicon("central_bodies").entries.values()}
        for name in classes:
            assert vocabulary()[name].endswith(name)  # an unknown term raises


def body(name: str, code: str | None = None) -> Body:
    return Body(name, PLACES.get(code) if code else None, canonical(name))


def mentioned(name: str, text: str) -> Mention:
    """The first mention of a name in a text of one sentence."""
    (sentence,) = sentences(document(text))
    at = text.index(name)
    return Mention(sentence=sentence, start=at, stop=at + len(name), kind=ORGANIZATION, name=name, rule="test")


class TestBodies:
    def test_identity_holds_the_place(self) -> None:
        longyang = PLACES.get("530502")
        assert Body("区民政局", longyang, "民政局").identity == "隆阳区民政局"
        assert Body("隆阳区民政局", longyang, "隆阳区民政局").identity == "隆阳区民政局"
        assert body("云帆社会工作服务中心").identity == "云帆社会工作服务中心"

    def test_where_it_was_spoken_of(self) -> None:
        text = "保山市民政局和保山市民政局在场。"
        one = body("保山市民政局", "530500")
        assert not one.first_before(99)
        assert one.last_before(99) == -1
        one.add(mentioned("保山市民政局", text))
        assert one.first_before(1)
        assert not one.first_before(0)
        assert one.last_before(7) == 6

    def test_a_section_has_the_name_of_its_body_and_its_own(self) -> None:
        section = part_of(body("保山云帆学院", "530500"), "教务处")
        assert (section.name, section.parent and section.parent.name) == ("保山云帆学院教务处", "保山云帆学院")
        assert section.division is not None
        assert section.division.name == "保山市"


class TestSections:
    def known(self, name: str, text: str, code: str | None = None) -> Body:
        one = body(name, code)
        one.add(mentioned(name, text))
        return one

    @pytest.mark.parametrize(
        ("before", "code", "word", "full"),
        [
            ("保山市委组织部", "530500", "宣传部", "保山市委宣传部"),
            ("保山市民政局", "530500", "财政局", "保山市财政局"),
            ("保山市民政局", "530500", "慈善总会", "保山市慈善总会"),
            ("保山市民政局", "530500", "养老服务科", "保山市民政局养老服务科"),
            ("保山云帆学院", "530500", "教务处", "保山云帆学院教务处"),
        ],
    )
    def test_what_a_bare_name_means(self, before: str, code: str, word: str, full: str) -> None:
        text = f"{before}、{word}派人到场。"
        host = self.known(before, text, code)
        found = section_of([host], host, mentioned(word, text))
        assert found is not None
        assert found.name == full

    def test_a_school_section_without_a_school_means_nothing(self) -> None:
        text = "保山市民政局、教务处派人到场。"
        host = self.known("保山市民政局", text, "530500")
        assert section_of([host], host, mentioned("教务处", text)) is None

    def test_the_body_spoken_of_last(self) -> None:
        text = "保山市民政局和保山市财政局派人到场。"
        one, two = (self.known(name, text, "530500") for name in ("保山市民政局", "保山市财政局"))
        assert spoken_of([one, two], 7) is one
        assert spoken_of([one, two], 15) is two
        assert spoken_of([one, two], 0) is None


class TestConfidence:
    def test_a_rule_never_seen_has_the_mean_of_the_prior(self) -> None:
        assert smoothed(0, 0) == pytest.approx(0.8)
        assert precision("no.such_rule") == smoothed(0, 0)

    def test_more_of_the_same_brings_it_nearer_to_its_share(self) -> None:
        right = [smoothed(n, n) for n in (0, 1, 5, 20, 100)]
        wrong = [smoothed(0, n) for n in (0, 1, 5, 20, 100)]
        assert all(a < b < 1 for a, b in pairwise(right))
        assert all(a > b > 0 for a, b in pairwise(wrong))

    def claim(self, text: str, rule: str) -> Claim:
        one = mentioned("甲", text)
        return Claim(relation="leads", subject=one, object=one, sentence=one.sentence, rule=rule)

    def test_within_a_text_the_best_rule_counts(self) -> None:
        share = {"r.weak": 0.5, "r.strong": 0.9}.__getitem__
        both = [self.claim("甲在。", "r.weak"), self.claim("甲在。", "r.strong"), self.claim("甲在。", "r.strong")]
        assert combined(both, share) == 0.9

    def test_texts_add_up_but_never_to_certainty(self) -> None:
        share = {"r.weak": 0.5}.__getitem__
        assert combined([self.claim("甲在。", "r.weak"), self.claim("甲来。", "r.weak")], share) == 0.75
        assert combined([self.claim(f"甲{n}。", "r.weak") for n in range(50)], share) == 0.999
        assert combined([], share) == 0.0


class TestEvents:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("保山市社工论坛", "保山市社工论坛"),
            ("社工论坛", "保山市社工论坛"),
            ("保山市第二届社工论坛", "保山市社工论坛"),
            ("第一届第一次会员大会", "协会成立大会暨第一届一次会员大会"),
            ("“邻里同心”社工论坛", "邻里同心社工论坛"),
            ("保山市社工技能大赛", "保山市社工技能大赛决赛"),
            ("保山市养老推进会", "保山市养老服务工作推进会"),
        ],
    )
    def test_names_of_one_event(self, one: str, other: str) -> None:
        assert events.same_event(one, other)
        assert events.same_event(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("保山市第一届社工论坛", "保山市第二届社工论坛"),
            ("第三次会员大会", "第四次会员大会"),
            ("保山市社工论坛", "临沧市社工论坛"),
            ("保山市社工论坛", "保山市慈善晚会"),
            ("会", "保山市养老服务推进会"),
        ],
    )
    def test_names_of_two_events(self, one: str, other: str) -> None:
        assert not events.same_event(one, other)
        assert not events.same_event(other, one)

    def test_an_owner_is_named_once(self) -> None:
        assert events.owned_name("云帆学院", "成立大会") == "云帆学院成立大会"
        assert events.owned_name("云帆学院", "云帆学院成立大会") == "云帆学院成立大会"


@pytest.mark.parametrize("module", [events, programs])
def test_marks_and_space_are_no_part_of_a_name(module: type[events]) -> None:
    assert module.key("“山里 来信”·陪伴—项目") == "山里来信陪伴项目"


@pytest.mark.parametrize("text", ["（以下简称《指南》", "(下称《指南》", "（简称：《指南》"])
def test_words_that_declare_a_short_form(text: str) -> None:
    between = text[: text.index("《")]
    assert standards.DECLARATION.fullmatch(between)


@pytest.mark.parametrize("between", ["，并根据", "。", "（见附件）和", "》和"])
def test_words_that_declare_none(between: str) -> None:
    assert not standards.DECLARATION.fullmatch(between)
