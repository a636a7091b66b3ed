"""Keys and IRIs: different things never meet, and every RDF program takes them as they are."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from itertools import combinations
from urllib.parse import quote

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT
from toygraph import document, entity, fact, toy

from kg import ids
from kg.config import BASE
from kg.model import Correction, Modality, Tenure, Verdict

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
KINDS = st.sampled_from(["organization", "official", "program", "standard", "event"])
CORRECTION = Correction(
    verdict=Verdict.WRONG, subject="甲", relation="leads", object="乙局", by="编辑部", on="2025-03-31"
)


class TestSegments:
    @given(NAMES, NAMES)
    def test_different_names_differ(self, one: str, other: str) -> None:
        assert (ids.segment(one) == ids.segment(other)) == (one == other)

    @given(NAMES)
    def test_a_segment_is_one_step_of_a_path(self, name: str) -> None:
        made = ids.segment(name)
        assert not set(made) & set('/?#<>"{}|^`\\ \n\t')
        assert made not in (".", "..")

    @given(NAMES)
    def test_plain_chinese_stays_readable(self, name: str) -> None:
        chinese = "".join(sign for sign in name if "\u4e00" <= sign <= "\u9fff")
        assert chinese == "" or ids.segment(chinese) == chinese

    @given(st.text(st.characters(max_codepoint=127), min_size=1))
    def test_ascii_is_encoded_as_the_standard_library_does(self, name: str) -> None:
        made = ids.segment(name)
        if name not in (".", ".."):
            assert made == quote(name, safe="-._~!$&'()*+,;=:@")


class TestKeys:
    @given(KINDS, KINDS, NAMES, NAMES)
    def test_kind_and_name_tell_things_apart(self, kind: str, other: str, name: str, second: str) -> None:
        same = (kind, name) == (other, second)
        assert (ids.entity_key(kind, name) == ids.entity_key(other, second)) == same

    @given(NAMES, NAMES)
    def test_place_and_owner_are_not_taken_for_parts_of_the_name(self, name: str, owner: str) -> None:
        assert ids.entity_key("official", name, owner=owner) != ids.entity_key("official", f"{name}/{owner}")

    def test_a_code_is_enough_for_a_place_and_nothing_else(self) -> None:
        assert ids.entity_key("place", "甲镇", code="990100001") == ids.entity_key("place", "乙镇", code="990100001")
        assert "990100" not in ids.entity_key("standard", "规范", code="990100")

    def test_a_place_without_code_may_have_its_container(self) -> None:
        assert ids.entity_key("place", "老茶馆", place="990100") == "place/老茶馆/990100"

    @given(KINDS, NAMES, NAMES)
    def test_every_reader_takes_the_iri(self, kind: str, name: str, owner: str) -> None:
        iri = ids.iri(BASE, ids.entity_key(kind, name, owner=owner))
        text = f"<{iri}> <{iri}> <{iri}> .\n"
        (quad,) = pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.N_TRIPLES)
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        assert quad.subject.value == iri
        ((subject, _, _),) = rdflib.Graph().parse(data=text, format="nt")
        assert str(subject) == iri

    @given(NAMES)
    def test_a_key_is_the_path_below_the_base(self, name: str) -> None:
        key = ids.entity_key("program", name)
        for base in (BASE, "urn:甲:", "http://127.0.0.1:8080/x#"):
            assert ids.iri(base, key) == base + key


class TestDigests:
    @given(st.lists(st.none() | st.text(max_size=4), max_size=4), st.lists(st.none() | st.text(max_size=4), max_size=4))
    def test_parts_are_told_apart(self, one: list[str | None], other: list[str | None]) -> None:
        def clean(parts: list[str | None]) -> bool:
            return not any(part and set(part) & {"\x1e", "\x1f"} for part in parts)

        if clean(one) and clean(other) and one and other:
            assert (ids.digest(*one) == ids.digest(*other)) == (one == other)

    @given(st.text())
    def test_sixteen_hex_digits(self, text: str) -> None:
        for made in (ids.digest(text), ids.document_id(text)):
            assert len(made) == 16
            assert set(made) <= set("0123456789abcdef")

    def test_a_document_is_known_by_its_text(self) -> None:
        text = "石家庄市民政局召开会议。"
        assert ids.document_id(text) == sha256(text.encode()).hexdigest()[:16]
        assert ids.document_key(ids.document_id(text)).startswith("document/")

    def test_the_same_in_another_process(self) -> None:
        code = "from kg import ids; print(ids.digest('甲', None, 3), ids.entity_key('event', '甲 乙'))"
        for seed in ("0", "4242"):
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT,
                env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip
            assert done.stdout.decode().strip() == f"{ids.digest('甲', None, 3)} event/甲%20乙"


class TestFacts:
    def test_each_fact_of_a_graph_has_a_key_of_its_own(self) -> None:
        keys = [ids.assertion_key(one) for one in toy().assertions]
        assert len(set(keys)) == len(keys)

    def test_what_changes_the_key(self) -> None:
        post = fact("holds_post", entity("official", "甘雨田"), entity("organization", "云岭省民政厅"), 0, document())
        changes: list[dict[str, object]] = [
            {},
            {"subject": "official/乙"},
            {"object": "organization/丙局"},
            {"relation": "leads"},
            {"title": "厅长"},
            {"title": ""},
            {"modality": Modality.DENIED},
            {"tenure": Tenure.COMING},
        ]
        keys = [ids.assertion_key(replace(post, **change)) for change in changes]  # type: ignore[arg-type]
        for (one, first), (other, second) in combinations(zip(keys, changes, strict=True), 2):
            assert one != other, f"{first} and {second} are one"

    def test_what_does_not(self) -> None:
        (post, *_) = toy().assertions
        changed = replace(post, confidence=0.1, since="1999", until="2000", reference=True, claims=())
        assert ids.assertion_key(changed) == ids.assertion_key(post)

    def test_a_post_is_one_for_person_body_title_and_tenure(self) -> None:
        posts = [one for one in toy().assertions if one.relation == "holds_post"]
        assert len({ids.membership_key(one) for one in posts}) == len(posts)
        planned = replace(posts[0], modality=Modality.PLANNED, since="2024")
        assert ids.membership_key(planned) == ids.membership_key(posts[0])


class TestCorrections:
    def test_who_says_it_and_when_changes_nothing(self) -> None:
        later = replace(CORRECTION, by="读者", on="2026-01-01", note="来信", line=9)
        assert ids.correction_key(later) == ids.correction_key(CORRECTION)

    @pytest.mark.parametrize(
        "change",
        [
            {"verdict": Verdict.RIGHT},
            {"subject": "丁"},
            {"relation": "holds_post"},
            {"object": "丙局"},
            {"title": "局长"},
        ],
    )
    def test_what_it_says_does(self, change: dict[str, object]) -> None:
        other = replace(CORRECTION, **change)  # type: ignore[arg-type]
        assert ids.correction_key(other) != ids.correction_key(CORRECTION)

    @given(NAMES, NAMES)
    def test_subject_and_object_are_not_swapped(self, one: str, other: str) -> None:
        first = ids.correction_key(replace(CORRECTION, subject=one, object=other))
        second = ids.correction_key(replace(CORRECTION, subject=other, object=one))
        assert (first == second) == (one == other)
