"""What the user gives beside texts, checked at start: corrections, and kinds and relations of their own."""

from __future__ import annotations

from pathlib import Path

from kg.config import Config
from kg.discover import kinds_of_entities, relation_extractors
from kg.errors import ExtractorError
from kg.lexicon import FOLDER, lexicon
from kg.model import Correction
from kg.rdf.vocabulary import vocabulary
from kg.resolve.correction_file import read_corrections

SUFFIXES = (".txt", ".tsv")


def given(config: Config) -> tuple[Correction, ...]:
    """The user's corrections, after everything of the user's was found to be in order.

    Raises ExtractorError, LexiconError, VocabularyError or InputError, naming file and line.
    """
    if config.extensions is not None:
        check_extensions(config.extensions)
    if config.corrections is None:
        return ()
    return read_corrections(config.corrections, relations(config))


def relations(config: Config) -> tuple[str, ...]:
    """The names of all relations, those of the user's own too."""
    return tuple(one.name for one in relation_extractors(config.extensions))


def check_extensions(folder: Path) -> None:
    """Load everything in a folder of the user's own kinds and relations, and see that it fits together."""
    own = {"kind": kinds_of_entities(folder), "relation": tuple(one.name for one in relation_extractors(folder))}
    packaged = {"kind": kinds_of_entities(), "relation": tuple(one.name for one in relation_extractors())}
    _check_words(folder / "lexicons")
    terms = vocabulary(folder)
    known = {"kind": terms.kinds, "relation": terms.relations}
    for what, names in own.items():
        for name in names:
            if name not in known[what]:
                raise ExtractorError(
                    f"{folder / f'{what}s' / name}.py:1: no term for the {what} {name!r}; define one with "
                    f'skos:notation "{name}" in a .ttl file in {folder}'
                )
    if own == packaged:
        raise ExtractorError(f"{folder}: holds no kinds/NAME.py and no relations/NAME.py; see docs/extending.md")


def _check_words(folder: Path) -> None:
    for path in sorted(folder.glob("*")):
        if path.suffix not in SUFFIXES or path.name.startswith("."):
            raise ExtractorError(f"{path}: is no word list; expected NAME.txt or NAME.tsv")
        for suffix in SUFFIXES:
            if (FOLDER / path.stem).with_suffix(suffix).exists():
                raise ExtractorError(f"{path}: the package has a word list {path.stem!r} already; choose another name")
        lexicon(path.stem, folder)
