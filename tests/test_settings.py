"""`kg.toml` as every command sees it: found, checked, told in one line with file and key, relative to its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import Done, one_line

from kg.config import BASE, ONTOLOGY, Config, load_config
from kg.errors import ConfigError, KgError

Kg = Callable[..., Done]
COMMANDS: list[list[str]] = [
    ["build", "推进会.txt"], ["add", "推进会.txt"], ["forget", "推进会.txt"], ["annotate", "推进会.txt"],
    ["query", "-e", "ASK {}"], ["check"], ["why", "甲"], ["where"], ["evaluate", "."],
    ["export", "--format", "nt", "-o", "out.nt"], ["correct", "one", "甲", "乙"],
    ["publish", "http://127.0.0.1:9/store"], ["serve"],
]  # fmt: skip
MISTAKES = {
    "an unknown key": ("bace = 1", "'bace'", "'base'"),
    "a base that is no IRI": ('base = "id"', "base is 'id'", "absolute IRI"),
    "a number for a folder": ("output = 1", "output is 1", "path of a folder"),
    "a negative number of processes": ("jobs = -2", "jobs is -2", "0 or more"),
    "no TOML": ("output = ", "is not TOML"),
    "a table": ("[output]\nfolder = 1", "output is"),
    "a folder that is none": ('extensions = "rules"', "extensions: ", "is no folder"),
    "corrections that are no path": ("corrections = []", "corrections is []"),
}


@pytest.fixture
def desk(article: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, in which commands are run."""
    monkeypatch.chdir(article.parent)
    return article.parent


def written(folder: Path, text: str) -> Path:
    path = folder / "kg.toml"
    path.write_text(text, encoding="utf-8")
    return path


class TestEveryCommand:
    @pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
    def test_says_what_is_wrong_with_the_settings_and_does_nothing(
        self, kg: Kg, desk: Path, command: list[str]
    ) -> None:
        written(desk, "bace = 1\n")
        before = sorted(path.name for path in desk.iterdir())
        one_line(kg(*command), "kg.toml", "unknown key 'bace'", "did you mean 'base'?")
        assert sorted(path.name for path in desk.iterdir()) == before

    @pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
    def test_takes_settings_from_elsewhere(self, kg: Kg, desk: Path, command: list[str]) -> None:
        written(desk, "bace = 1\n")
        one_line(kg(*command, "--config", desk / "none.toml"), "none.toml", "cannot be read", "check the path")

    @pytest.mark.parametrize("name", MISTAKES)
    def test_each_mistake_is_one_line(self, kg: Kg, desk: Path, name: str) -> None:
        text, *parts = MISTAKES[name]
        written(desk, text)
        one_line(kg("build", "推进会.txt"), "kg.toml", *parts)
        assert not (desk / "exports").exists()

    def test_settings_that_are_no_text(self, kg: Kg, desk: Path) -> None:
        (desk / "kg.toml").write_bytes('output = "民政局"'.encode("gb18030"))
        one_line(kg("build", "推进会.txt"), "kg.toml", "is not UTF-8")

    def test_settings_that_are_a_folder(self, kg: Kg, desk: Path) -> None:
        (desk / "kg.toml").mkdir()
        one_line(kg("build", "推进会.txt"), "kg.toml", "cannot be read")


class TestValues:
    def test_nothing_said_is_the_default(self, tmp_path: Path) -> None:
        assert load_config(written(tmp_path, "# nothing\n")) == Config(output=tmp_path / "exports")

    def test_every_key_of_the_documentation_is_known(self) -> None:
        from kg import config

        assert all(f"    {field.name} = " in (config.__doc__ or "") for field in fields(Config))

    @pytest.mark.parametrize("key", ["output", "corrections", "extensions"])
    def test_paths_are_relative_to_the_file(self, tmp_path: Path, key: str) -> None:
        (tmp_path / "a" / "mine").mkdir(parents=True)
        found = load_config(written(tmp_path / "a", f'{key} = "mine"'))
        assert getattr(found, key) == tmp_path / "a" / "mine"

    def test_an_absolute_path_stays(self, tmp_path: Path) -> None:
        assert load_config(written(tmp_path, 'output = "/graphs/one"')).output == Path("/graphs/one")

    def test_corrections_beside_the_settings_are_taken_without_a_key(self, tmp_path: Path) -> None:
        assert load_config(written(tmp_path, "")).corrections is None
        (tmp_path / "corrections.tsv").write_text("", encoding="utf-8")
        assert load_config(written(tmp_path, "")).corrections == tmp_path / "corrections.tsv"

    @pytest.mark.parametrize("base", ["https://example.org/id/", "http://甲.example/x#", "urn:example:", "tag:a,2025:"])
    def test_bases_of_every_form(self, tmp_path: Path, base: str) -> None:
        assert load_config(written(tmp_path, f'base = "{base}"')).base == base

    @pytest.mark.parametrize(
        "base", ["", "/id/", "example.org/id/", "https://example.org/id", "https://a/<b>/", ONTOLOGY]
    )
    def test_what_is_no_base(self, tmp_path: Path, base: str) -> None:
        with pytest.raises(ConfigError, match="base"):
            load_config(written(tmp_path, f'base = "{base}"'))

    @settings(max_examples=80, deadline=None)
    @given(st.binary(max_size=30))
    def test_any_bytes_are_settings_or_a_config_error(
        self, tmp_path_factory: pytest.TempPathFactory, data: bytes
    ) -> None:
        path = tmp_path_factory.mktemp("settings") / "kg.toml"
        path.write_bytes(data)
        said = complaint(path)
        assert said is None or str(path) in said
        assert "\n" not in (said or "")


def complaint(path: Path) -> str | None:
    """What is said of settings, None when they are in order; anything but our own errors comes through."""
    try:
        load_config(path)
    except KgError as error:
        return str(error)
    return None


class TestWhatTheyDo:
    def test_the_base_is_that_of_every_export(self, kg: Kg, desk: Path) -> None:
        written(desk, 'base = "urn:x:"\noutput = "图谱"\njobs = 1\n')
        assert kg("build", "推进会.txt").status == 0
        turtle = (desk / "图谱" / "graph.ttl").read_text(encoding="utf-8")
        assert BASE not in turtle
        assert "@prefix organization: <urn:x:organization/> ." in turtle
        assert "urn:x:organization/" in (desk / "图谱" / "graph.graphml").read_text(encoding="utf-8")
        assert kg("query", "-e", "ASK { <urn:x:organization/石家庄市民政局> a kg:Organization }").out == "是 yes\n"

    def test_another_base_is_another_graph(self, kg: Kg, desk: Path) -> None:
        written(desk, 'base = "urn:x:"\n')
        kg("build", "推进会.txt")
        written(desk, 'base = "urn:y:"\n')
        assert "unchanged" not in kg("build", "推进会.txt").out
        assert "urn:x:" not in (desk / "exports" / "graph.ttl").read_text(encoding="utf-8")

    def test_an_option_wins_over_the_settings(self, kg: Kg, desk: Path) -> None:
        written(desk, 'output = "one"\n')
        assert kg("build", "推进会.txt", "--out", "other").status == 0
        assert not (desk / "one").exists()
        one_line(kg("check"), "one", "kg build")
        assert kg("check", "--graph", "other").status == 0
