"""Settings: `kg.toml`, checked and frozen.

    base = "https://w3id.org/govkg/id/"   # what the IRIs of entities begin with
    output = "exports"                    # folder of the built graph, relative to kg.toml
    jobs = 0                              # processes that read documents; 0: as many as there are cores
    corrections = "corrections.tsv"       # what you state of the graph; without the key, that file where it exists
    extensions = "my_rules"               # folder of your own kinds and relations

Every key may be left out. The ontology's own IRI is fixed: two graphs with
different bases still speak of the same terms.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from kg.errors import ConfigError

ONTOLOGY = "https://w3id.org/govkg/ontology#"
BASE = "https://w3id.org/govkg/id/"
FILE, CORRECTIONS = "kg.toml", "corrections.tsv"

_BASE_FORM = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*[/#:]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one run."""

    base: str = BASE  # ends with / # or :
    output: Path = Path("exports")
    jobs: int = 0
    corrections: Path | None = None  # a file that exists or is to be made
    extensions: Path | None = None


def load_config(path: Path | None = None) -> Config:
    """Settings from `path`, or from `kg.toml` in the current folder where there is one.

    Raises ConfigError, naming file and key, when `path` is missing, is no TOML,
    or holds an unknown key or a value of the wrong kind.
    """
    if path is None:
        path = Path(FILE)
        if not path.exists():
            return Config(corrections=_beside(path))
    return _checked(_read(path), path)


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error


def _checked(found: dict[str, object], path: Path) -> Config:
    known = [field.name for field in fields(Config)]
    for key in found:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
            raise ConfigError(f"{path}: unknown key {key!r}; {hint}")
    base, output, jobs = found.get("base", BASE), found.get("output", "exports"), found.get("jobs", 0)
    if not isinstance(base, str) or not _BASE_FORM.fullmatch(base):
        raise ConfigError(f"{path}: base is {base!r}, expected an absolute IRI that ends with / # or :")
    if base == ONTOLOGY:
        raise ConfigError(f"{path}: base is the ontology's own IRI; choose another for entities")
    if not isinstance(output, str) or not output:
        raise ConfigError(f"{path}: output is {output!r}, expected the path of a folder")
    if not isinstance(jobs, int) or isinstance(jobs, bool) or jobs < 0:
        raise ConfigError(f"{path}: jobs is {jobs!r}, expected a whole number, 0 or more")
    return Config(
        base=base,
        output=path.parent / output,
        jobs=jobs,
        corrections=_named(found, "corrections", path, "a file") or _beside(path),
        extensions=_extensions(found, path),
    )


def _named(found: dict[str, object], key: str, path: Path, what: str) -> Path | None:
    """The path that a key gives, relative to the settings."""
    value = found.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{path}: {key} is {value!r}, expected the path of {what}")
    return path.parent / value


def _beside(path: Path) -> Path | None:
    corrections = path.parent / CORRECTIONS
    return corrections if corrections.exists() else None


def _extensions(found: dict[str, object], path: Path) -> Path | None:
    folder = _named(found, "extensions", path, "a folder")
    if folder is not None and not folder.is_dir():
        raise ConfigError(f"{path}: extensions: {folder} is no folder; make it or take the key out")
    return folder.absolute() if folder else None  # a name that holds in every process
