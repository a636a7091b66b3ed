"""Makes the gazetteer's tables from its sources: `python -m kg.gazetteer.compile SOURCE_DIR`.

SOURCE_DIR holds `divisions_2026.csv`, `cities.csv`, `areas.csv`, `streets.csv`,
`changes.csv` and `HK-MO-TW.json`; see `data/SOURCES.md`. With `TSCharacters.txt`
of OpenCC beside them, the table of traditional characters is made too.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.gazetteer.changes import Former, former_names
from kg.gazetteer.names import other_names, short_name
from kg.lexicon import lexicon

DATA = Path(__file__).parent / "data"
Row = tuple[str, ...]


def main(arguments: Sequence[str]) -> int:
    """Write all tables; 0 when done, 2 when the sources are not there."""
    if len(arguments) != 1:
        print("usage: python -m kg.gazetteer.compile SOURCE_DIR", file=sys.stderr)
        return 2
    try:
        compile_tables(Path(arguments[0]), DATA)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def compile_tables(source: Path, target: Path) -> None:
    """Read the sources in `source`, write the tables into `target`.

    Raises InputError, naming the file, when a source is missing.
    """
    target.mkdir(exist_ok=True)
    divisions = _read(source / "divisions_2026.csv")
    today = {row["code"]: row["name"] for row in divisions}
    former = former_names(_read(source / "changes.csv"), today)
    gone = _gone(former, today)
    _write(target / "divisions.tsv", ("code", "name", "short", "level", "parent", "also"), map(_division, divisions))
    _write(target / "gone.tsv", ("code", "name", "short", "parent", "until", "successor"), gone)
    renamed = [(f.name, f.today, str(f.until)) for f in former if f.code not in {row[0] for row in gone}]
    _write(target / "renamed.tsv", ("name", "code", "until"), renamed)
    townships = _townships(_read(source / "streets.csv"), today, {row[0]: row[5] for row in gone})
    _write(target / "townships.tsv", ("code", "name", "parent"), townships)
    _write(target / "uncoded.tsv", ("name", "parent"), _uncoded(source / "HK-MO-TW.json"))
    characters = source / "TSCharacters.txt"
    if characters.exists():
        names = "".join([*today.values(), *(row[1] for row in townships), *(f.name for f in former)])
        _write(target / "traditional.tsv", ("traditional", "simplified"), _traditional(characters, set(names)))


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the folder that holds it") from error


def _write(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    lines = ["\t".join(row) for row in [columns, *sorted(set(rows))]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _division(row: dict[str, str]) -> Row:
    name = row["name"]
    return row["code"], name, short_name(name), row["level"], row["parent_code"], " ".join(other_names(name))


def _gone(former: Iterable[Former], today: dict[str, str]) -> list[Row]:
    """Counties that were merged into others: they keep a code of their own, if no other place got it."""
    found: dict[str, Row] = {}
    for f in former:
        if f.merged and f.code not in today and f.code[4:] != "00":
            parent = f.code[:4] + "00"
            if parent not in today:
                parent = f.code[:2] + "0000"
            found[f.code] = (f.code, f.name, short_name(f.name), parent, str(f.until), f.today)
    return list(found.values())


def _townships(rows: Iterable[dict[str, str]], today: dict[str, str], successors: dict[str, str]) -> list[Row]:
    """The parent is left empty where the first six digits tell it."""
    found: list[Row] = []
    for row in rows:
        endings = lexicon("place_township_endings")
        if not row["name"].endswith(tuple(endings)) or row["name"] in endings:
            continue
        area = row["areaCode"]
        parent = successors.get(area, area)
        if parent not in today:  # a development zone: its townships lie in the city
            parent = next(code for code in (row["cityCode"] + "00", row["provinceCode"] + "0000") if code in today)
        found.append((row["code"], row["name"], "" if parent == row["code"][:6] else parent))
    return found


def _uncoded(path: Path) -> list[Row]:
    """Divisions that exist, but have no code in the sources: cities and counties of Taiwan, districts of Hong Kong."""
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the folder that holds it") from error
    districts = [name for names in tree["香港特别行政区"].values() for name in names if len(name) > 2]
    return [(name, "810000") for name in districts] + [(name, "710000") for name in tree["台湾省"]]


def _traditional(path: Path, used: set[str]) -> list[Row]:
    """Traditional characters whose simplified form stands in a name, and which stand in no name themselves."""
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    rows = [(old, new.split(" ")[0]) for old, new in pairs]
    return [(old, new) for old, new in rows if old not in used and new in used and old != new and len(old) == 1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
