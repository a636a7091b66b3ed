"""How extractors are found: by folder, each after what it needs, refused with file and line where it is malformed."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from kg import kinds as kinds_room
from kg import relations as relations_room
from kg.discover import KindExtractor, kind_extractors, kinds_of_entities, relation_extractors
from kg.errors import ExtractorError
from kg.lexicon import FOLDER
from kg.model import TITLE
from kg.modules import packaged

HEAD = '"""Made up."""\n\nfrom kg.view import Link, Span\n'
KINDS = ("event", "official", "organization", "place", "program", "standard")
RELATIONS = ("cooperates_with", "drafts", "establishes", "guides", "holds_post", "issues", "leads", "located_in",
             "organizes", "part_of", "participates_in")  # fmt: skip


def extractor(folder: Path, room: str, name: str, body: str) -> Path:
    """A file of rules; its body begins on line 4."""
    file = folder / room / f"{name}.py"
    file.parent.mkdir(exist_ok=True)
    file.write_text(HEAD + textwrap.dedent(body), encoding="utf-8")
    return file


def kind(folder: Path, name: str, *needs: str, file: str | None = None) -> Path:
    body = f"KIND = {name!r}\nNEEDS = {tuple(needs)!r}\ndef any(view):\n    return ()\nRULES = (any,)\n"
    return extractor(folder, "kinds", file or name, body)


def relation(folder: Path, name: str, *needs: str, file: str | None = None) -> Path:
    body = f"RELATION = {name!r}\nNEEDS = {tuple(needs)!r}\ndef any(view):\n    return ()\nRULES = [any]\n"
    return extractor(folder, "relations", file or name, body)


def refusal(folder: Path, room: str = "kinds") -> str:
    with pytest.raises(ExtractorError) as caught:
        (kind_extractors if room == "kinds" else relation_extractors)(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestThePackage:
    def test_its_kinds_and_relations(self) -> None:
        assert tuple(sorted(kinds_of_entities())) == KINDS
        assert tuple(one.name for one in relation_extractors()) == RELATIONS

    def test_titles_are_read_and_are_no_entities(self) -> None:
        assert TITLE in {one.name for one in kind_extractors()}
        assert TITLE not in kinds_of_entities()

    def test_each_kind_stands_after_what_it_needs(self) -> None:
        seen: set[str] = set()
        for one in kind_extractors():
            assert set(one.needs) <= seen, one.name
            seen.add(one.name)

    def test_relations_need_kinds_alone(self) -> None:
        kinds = {one.name for one in kind_extractors()}
        for one in relation_extractors():
            assert set(one.needs) <= kinds
            assert one.needs, f"{one.name} looks at nothing"

    def test_rules_have_names_of_their_own(self) -> None:
        for one in (*kind_extractors(), *relation_extractors()):
            names = [rule.__name__ for rule in one.rules]
            assert len(set(names)) == len(names), one.name
            assert not [name for name in names if name.startswith("_")], one.name

    def test_one_file_an_extractor(self) -> None:
        for room, found in ((kinds_room, kind_extractors()), (relations_room, relation_extractors())):
            names = sorted(module.__name__.rpartition(".")[2] for module in packaged(room.__name__))
            assert names == sorted(one.name for one in found)

    def test_they_are_found_once(self) -> None:
        assert kind_extractors() is kind_extractors()
        assert relation_extractors() is relation_extractors()

    def test_they_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            kind_extractors()[0].name = "other"  # type: ignore[misc]


class TestAFolderOfOneSOwn:
    def test_its_kinds_come_to_the_package_s(self, tmp_path: Path) -> None:
        kind(tmp_path, "prize", "organization")
        found = kind_extractors(tmp_path)
        assert {one.name for one in found} == {one.name for one in kind_extractors()} | {"prize"}
        names = [one.name for one in found]
        assert names.index("organization") < names.index("prize")

    def test_its_relations_may_need_its_kinds(self, tmp_path: Path) -> None:
        kind(tmp_path, "prize")
        relation(tmp_path, "wins", "organization", "prize")
        (found,) = [one for one in relation_extractors(tmp_path) if one.name == "wins"]
        assert found.needs == ("organization", "prize")

    def test_a_chain_of_needs(self, tmp_path: Path) -> None:
        kind(tmp_path, "a", "b")
        kind(tmp_path, "b", "c")
        kind(tmp_path, "c", "place")
        names = [one.name for one in kind_extractors(tmp_path)]
        assert names.index("place") < names.index("c") < names.index("b") < names.index("a")

    def test_files_that_only_serve_others(self, tmp_path: Path) -> None:
        kind(tmp_path, "prize")
        (tmp_path / "kinds" / "_helper.py").write_text("X = 1\n", encoding="utf-8")
        (tmp_path / "kinds" / "notes.txt").write_text("no rules\n", encoding="utf-8")
        assert [one.name for one in kind_extractors(tmp_path) if one not in kind_extractors()] == ["prize"]

    def test_a_folder_of_relations_alone(self, tmp_path: Path) -> None:
        relation(tmp_path, "praises", "organization")
        assert kind_extractors(tmp_path) == kind_extractors()
        assert "praises" in {one.name for one in relation_extractors(tmp_path)}

    def test_its_rules_keep_their_names(self, tmp_path: Path) -> None:
        kind(tmp_path, "prize")
        (own,) = [one for one in kind_extractors(tmp_path) if one.name == "prize"]
        assert isinstance(own, KindExtractor)
        assert [rule.__name__ for rule in own.rules] == ["any"]


class TestNeeds:
    def test_an_unknown_one(self, tmp_path: Path) -> None:
        file = kind(tmp_path, "prize", "place", "plaec")
        said = refusal(tmp_path)
        assert said.startswith(f"{file}:5: extractor 'prize' needs unknown kind 'plaec'; there are: ")
        assert all(one in said for one in KINDS)

    def test_an_unknown_one_of_a_relation(self, tmp_path: Path) -> None:
        file = relation(tmp_path, "wins", "prize")
        assert refusal(tmp_path, "relations").startswith(f"{file}:5: extractor 'wins' needs unknown kind 'prize'")

    def test_a_relation_is_no_kind(self, tmp_path: Path) -> None:
        kind(tmp_path, "prize", "leads")
        assert "needs unknown kind 'leads'" in refusal(tmp_path)

    @pytest.mark.parametrize("ring", [("a",), ("a", "b"), ("a", "b", "c")])
    def test_a_circle_names_every_file_in_it(self, tmp_path: Path, ring: tuple[str, ...]) -> None:
        files = [kind(tmp_path, one, after) for one, after in zip(ring, (*ring[1:], ring[0]), strict=True)]
        said = refusal(tmp_path)
        assert "in a circle" in said
        assert all(f"{file}:5" in said for file in files)
        assert said.count("→") == len(ring)

    def test_the_package_s_own_do_not_need_the_user_s(self, tmp_path: Path) -> None:
        kind(tmp_path, "prize", *KINDS)
        own = {one.name: one.needs for one in kind_extractors(tmp_path)}
        assert {name: needs for name, needs in own.items() if name != "prize"} == {
            one.name: one.needs for one in kind_extractors()
        }


class TestNames:
    def test_another_than_the_file_s(self, tmp_path: Path) -> None:
        file = kind(tmp_path, "price", file="prize")
        assert refusal(tmp_path) == f"{file}:4: KIND is 'price', expected the file's own name 'prize'"

    def test_none(self, tmp_path: Path) -> None:
        file = extractor(tmp_path, "relations", "wins", "NEEDS = ()\ndef any(view):\n    return ()\nRULES = (any,)\n")
        said = refusal(tmp_path, "relations")
        assert said == f"{file}:1: RELATION is None, expected the file's own name 'wins'"

    def test_a_kind_among_the_relations(self, tmp_path: Path) -> None:
        body = "KIND = 'wins'\nNEEDS = ()\ndef any(view):\n    return ()\nRULES = (any,)\n"
        file = extractor(tmp_path, "relations", "wins", body)
        assert refusal(tmp_path, "relations").startswith(f"{file}:1: RELATION is None")

    @pytest.mark.parametrize("name", ["place", "title"])
    def test_one_that_is_taken(self, tmp_path: Path, name: str) -> None:
        file = kind(tmp_path, name)
        said = refusal(tmp_path)
        assert said.startswith(f"{file}:4: there is a kind {name!r} already, in ")
        assert said.endswith("choose another name")
        assert str(FOLDER.parent / "kinds" / f"{name}.py") in said

    @pytest.mark.parametrize("stem", ["big-prize", "1st", "a b"])
    def test_one_that_no_module_can_have(self, tmp_path: Path, stem: str) -> None:
        file = kind(tmp_path, stem)
        assert refusal(tmp_path).startswith(f"{file}: its name cannot be that of a kind or relation")


class TestRules:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("", "1: RULES is missing or empty"),
            ("RULES = ()", "8: RULES is missing or empty"),
            ("RULES = any", "8: RULES is missing or empty"),
            ("RULES = ('any',)", "8: RULES holds 'any', expected functions"),
            ("RULES = (any, None)", "8: RULES holds None, expected functions"),
        ],
    )
    def test_that_are_none(self, tmp_path: Path, line: str, said: str) -> None:
        body = f"KIND = 'prize'\nNEEDS = ()\ndef any(view):\n    return ()\n{line}\n"
        assert refusal_of(tmp_path, body) == said

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("KIND = 'prize'\ndef any(view:\n", "5: is not Python"),
            ("KIND = 'prize'\nimport no_such_module\n", "5: ModuleNotFoundError"),
            ("KIND = 'prize'\nX = 1 / 0\n", "5: ZeroDivisionError"),
            ("KIND = 'prize'\nNEEDS = 'place'\ndef any(v): return ()\nRULES = (any,)\n", "5: NEEDS is 'place'"),
            ("KIND = 'prize'\nNEEDS = (1,)\ndef any(v): return ()\nRULES = (any,)\n", "5: NEEDS is (1,)"),
        ],
    )
    def test_files_that_cannot_be_loaded(self, tmp_path: Path, body: str, said: str) -> None:
        assert refusal_of(tmp_path, body).startswith(said)


def refusal_of(folder: Path, body: str) -> str:
    """What is said of a kind's file, without its path."""
    file = extractor(folder, "kinds", "prize", body)
    said = refusal(folder)
    assert said.startswith(f"{file}:")
    return " ".join(said.removeprefix(f"{file}:").split(";")[0].split())
