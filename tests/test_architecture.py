"""Holds the code to the way it is built: rooms that import upward only, small files, words kept as data."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kg"
FILES = sorted(PACKAGE.rglob("*.py"))

# The way through: a room may import from itself and from rooms that stand before it.
ROOMS = [
    "model",
    "errors",
    "config",
    "ids",
    "lexicon",
    "shelf",
    "script",
    "gazetteer",
    "read",
    "segment",
    "view",
    "modules",
    "extension",
    "discover",
    "kinds",
    "recognisers",
    "arbiter",
    "relations",
    "graph",
    "resolve",
    "pipeline",
    "ledger",
    "rdf",
    "exports",
    "editions",
    "publish",
    "explorer",
    "server",
    "opened",
    "build",
    "annotate",
    "evaluate",
    "commands",
    "cli",
    "__main__",
]
HEAVY = {"rdflib", "networkx", "pyvis", "pyshacl", "numpy", "pyoxigraph", "rjieba", "jieba", "ahocorasick_rs"}
HEAVY |= {"starlette", "uvicorn", "jinja2"}
ENGINE = "pyoxigraph"
MANY = 5  # words in one literal, from which on it is a list that belongs into kg/lexicons
BRANCHES = 8  # of one pattern, likewise: a few particles are grammar, more are a list

CHINESE = re.compile(r"[\u3400-\u9fff]+")
ALTERNATION = re.compile(rf"[\u3400-\u9fff]+(?:\|[\u3400-\u9fff]+){{{BRANCHES - 1},}}")
WORDS_APART = re.compile(rf"[\u3400-\u9fff]+(?:[\s,，、|]+[\u3400-\u9fff]+){{{BRANCHES - 1},}}")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|NotImplemented|NotImplementedError)\b")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def room(file: Path) -> str:
    first = file.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, those inside functions too."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports name their module in full"
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def source_of(file: Path) -> Iterator[tuple[int, str]]:
    return enumerate(file.read_text(encoding="utf-8").split("\n"), 1)


def where(file: Path, line: int) -> str:
    return f"{file.relative_to(ROOT)}:{line}"


def test_every_room_has_its_place() -> None:
    unknown = {room(file) for file in FILES} - {*ROOMS, "__init__"}
    assert not unknown, f"rooms without a place in the order: {unknown}"


def test_rooms_import_upward_only() -> None:
    wrong = []
    for file in FILES:
        if room(file) == "__init__":
            continue
        for line, name in imported(tree(file)):
            parts = name.split(".")
            if (
                parts[0] == "kg"
                and len(parts) > 1
                and parts[1] in ROOMS
                and ROOMS.index(parts[1]) > ROOMS.index(room(file))
            ):
                wrong.append(f"{where(file, line)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_the_package_itself_imports_nothing_of_its_own() -> None:
    check = "import sys, kg; print(sorted(name for name in sys.modules if name.startswith('kg.')))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_one_file_knows_the_engine() -> None:
    knowing = {str(file.relative_to(ROOT)) for file in FILES for _, name in imported(tree(file)) if name == ENGINE}
    assert knowing == {"kg/rdf/store.py"}


def test_no_file_is_a_giant() -> None:
    lengths = {
        file: len(list(source_of(file))) for file in [*FILES, *PACKAGE.rglob("*.js"), *ROOT.glob("tests/**/*.py")]
    }
    giants = [f"{file.relative_to(ROOT)}: {length}" for file, length in lengths.items() if length > 300]
    assert not giants, f"files over 300 lines, asking to be two rooms: {giants}"
    assert median(lengths[file] for file in FILES) < 150


def test_most_functions_are_small() -> None:
    lengths = [node.end_lineno - node.lineno + 1 for file in FILES for node in functions(tree(file)) if node.end_lineno]
    small = sum(length <= 15 for length in lengths)
    assert small / len(lengths) > 0.75, f"only {small} of {len(lengths)} functions have 15 lines or fewer"


def test_every_module_and_public_function_says_what_it_does() -> None:
    silent = []
    for file in FILES:
        module = tree(file)
        if file.read_text(encoding="utf-8").strip() and not ast.get_docstring(module):
            silent.append(str(file.relative_to(ROOT)))
        public = (node for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
        silent += [f"{where(file, node.lineno)} {node.name}" for node in public
                   if not node.name.startswith("_") and not ast.get_docstring(node)]  # fmt: skip
    assert not silent, f"without a docstring: {silent}"


def test_nothing_is_unfinished() -> None:
    marks = [where(file, line) for file in FILES for line, text in source_of(file) if UNFINISHED.search(text)]
    hollow = [where(file, node.lineno) for file in FILES for node in functions(tree(file)) if _is_hollow(node)]
    assert not marks, f"left unfinished: {marks}"
    assert not hollow, f"functions that do nothing: {hollow}"


def _is_hollow(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a body holds nothing but a docstring, `pass` or `…`; a command group may be its own docstring."""
    if node.decorator_list:
        return False
    return all(isinstance(part, ast.Pass) or (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
               for part in node.body)  # fmt: skip


def test_no_exception_is_swallowed() -> None:
    swallowed = []
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ExceptHandler):
                broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
                if broad or all(isinstance(part, ast.Pass) for part in node.body):
                    swallowed.append(where(file, node.lineno))
    assert not swallowed, f"exceptions caught and forgotten, or caught whatever they are: {swallowed}"


def test_dataclasses_are_frozen() -> None:
    thawed = []
    for file in FILES:
        for node in ast.walk(tree(file)):
            marks = [ast.unparse(mark) for mark in node.decorator_list] if isinstance(node, ast.ClassDef) else []
            if any(mark.startswith("dataclass") and "frozen=True" not in mark for mark in marks):
                thawed.append(f"{where(file, node.lineno)} {node.name}")
    assert not thawed, f"values that can change: {thawed}"


def word_lists(module: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Literals that are lists of Chinese words: collections, alternations, words with spaces between."""
    for node in ast.walk(module):
        parts: list[ast.expr | None] = []
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            parts = [*node.elts]
        elif isinstance(node, ast.Dict):
            parts = [*node.keys]
        words = [
            p.value
            for p in parts
            if isinstance(p, ast.Constant) and isinstance(p.value, str) and CHINESE.fullmatch(p.value)
        ]
        if len(words) >= MANY:
            yield node.lineno, words
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not _is_docstring(node, module):
            found = ALTERNATION.search(node.value) or WORDS_APART.fullmatch(node.value.strip())
            if found:
                yield node.lineno, [found.group()]


def _is_docstring(node: ast.Constant, module: ast.Module) -> bool:
    return any(isinstance(other, ast.Expr) and other.value is node for other in ast.walk(module))


def test_words_are_data() -> None:
    lists = [f"{where(file, line)} {words}" for file in FILES for line, words in word_lists(tree(file))]
    assert not lists, "word lists belong into kg/lexicons:\n" + "\n".join(lists)


@pytest.mark.parametrize(
    "code",
    ['X = ["局长", "部长", "处长", "科长", "院长"]', 'X = re.compile("局长|部长|处长|科长|院长|省长|州长|所长")',
     'X = "局长 部长 处长 科长 院长 省长 州长 所长".split()', 'X = {"局": 1, "部": 2, "处": 3, "科": 4, "院": 5}'],
)  # fmt: skip
def test_word_lists_are_noticed(code: str) -> None:
    assert list(word_lists(ast.parse(code)))


def test_every_lexicon_can_be_loaded_and_is_used() -> None:
    from kg.lexicon import FOLDER, lexicon

    code = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
    idle = []
    for path in sorted(FOLDER.iterdir()):
        assert path.suffix in (".txt", ".tsv"), f"{path.name}: not a word list"
        assert len(lexicon(path.stem)), path.name
        if not re.search(rf"\b{path.stem}\b", code):
            idle.append(path.name)
    assert not idle, f"word lists that no rule looks at: {idle}"


def test_tests_are_at_least_as_long_as_the_code() -> None:
    def lines(files: list[Path]) -> int:
        return sum(bool(text.strip()) for file in files for _, text in source_of(file))

    code = lines(FILES)
    tests = lines([*ROOT.glob("tests/**/*.py"), *ROOT.glob("tests/examples/*/*.txt")])
    assert tests >= code, f"{tests} lines of tests for {code} lines of code"


def test_the_command_line_imports_nothing_heavy() -> None:
    check = f"import sys, kg.cli; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_help_answers_at_once() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, check=True, cwd=ROOT)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.3


def test_every_dependency_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = [*project["dependencies"]]
    needs += [need for extra, more in project["optional-dependencies"].items() if extra != "dev" for need in more]
    declared = {re.split(r"[<>=!~ \[]", need)[0].replace("-", "_").lower() for need in needs}
    used = {name.split(".")[0] for file in FILES for _, name in imported(tree(file))}
    assert used - sys.stdlib_module_names - {"kg"} <= declared
