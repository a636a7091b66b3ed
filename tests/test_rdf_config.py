"""`kg.toml` is read strictly."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from kg.config import BASE, ONTOLOGY, Config, load_config
from kg.errors import ConfigError


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "kg.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_a_file_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config() == Config(base=BASE, output=Path("exports"), jobs=0)


def test_a_file_is_found_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 'base = "https://example.org/id/"\noutput = "out"\njobs = 3\n')
    monkeypatch.chdir(tmp_path)
    assert load_config() == Config(base="https://example.org/id/", output=Path("out"), jobs=3)


def test_output_is_relative_to_the_file(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, 'output = "out"')).output == tmp_path / "out"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Config().base = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('bas = "x"', "unknown key 'bas'; did you mean 'base'"),
        ("colour = 1", "unknown key 'colour'; there are: base, output, jobs"),
        ("base = 3", "base is 3, expected an absolute IRI"),
        ('base = "id/"', "expected an absolute IRI"),
        ('base = "https://example.org/id"', "ends with"),
        ('base = "https://example.org/a b/"', "absolute IRI"),
        (f'base = "{ONTOLOGY}"', "the ontology's own IRI"),
        ('output = ""', "expected the path of a folder"),
        ("jobs = true", "jobs is True, expected a whole number"),
        ("jobs = -1", "jobs is -1"),
        ("base = ", "is not TOML"),
        (b'base = "\xff"', "is not UTF-8"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(ConfigError, match=r"kg\.toml") as caught:
        load_config(written(tmp_path, text))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_that_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere.toml: cannot be read"):
        load_config(tmp_path / "nowhere.toml")
