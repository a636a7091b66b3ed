"""Kinds and relations of the user's own: the worked example of docs/extending.md, and everything that may be wrong."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from running import ROOT, Done, one_line

from kg.discover import kind_extractors, kinds_of_entities, relation_extractors
from kg.errors import KgError
from kg.rdf.given import check_extensions
from kg.rdf.vocabulary import vocabulary

Kg = Callable[..., Done]
DOCUMENT = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
FILES = re.compile(r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PRIZE, WINS = "my_rules/kinds/prize.py", "my_rules/relations/wins.py"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the document, in a folder in which commands are run."""
    for name, text in FILES.findall(DOCUMENT):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(file: str, old: str, new: str) -> None:
    text = Path(file).read_text(encoding="utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), encoding="utf-8")


class TestTheWorkedExample:
    def test_it_has_all_its_files(self) -> None:
        names = [name for name, _ in FILES.findall(DOCUMENT)]
        assert names == ["kg.toml", "my_rules/ontology.ttl", "my_rules/lexicons/winning_verbs.txt", PRIZE, WINS,
                         "texts/news.txt"]  # fmt: skip

    def test_its_commands_say_what_it_says(self, kg: Kg, desk: Path) -> None:
        (session,) = CONSOLE.findall(DOCUMENT)
        commands = [part.split("\n", 1) for part in session.split("$ ")[1:]]
        assert len(commands) == 2
        for line, expected in commands:
            name, *arguments = shlex.split(line)
            done = kg(*arguments)
            assert (name, done.status, done.err) == ("kg", 0, "")
            if expected.strip():
                assert done.out.splitlines() == expected.splitlines()

    def test_every_command_knows_it(self, kg: Kg, desk: Path) -> None:
        assert "奖项 Prize" in kg("build", "texts").out
        assert kg("where", "wins").out.split()[:2] == ["wins.verb_before_prize", f"{WINS}:11"]
        assert "获奖 wins → 暖阳奖" in kg("why", "暖阳奖").out
        assert '"kind": "prize"' in kg("annotate", "texts").out
        assert kg("check").status == 0
        assert kg("correct", "wrong", "石家庄市民政局", "wins", "prize/暖阳奖").status == 0
        assert kg("build", "texts").err == ""
        assert kg("query", "-e", "ASK { ?b <https://example.org/prizes#wins> ?p }").out.strip() == "否 no"

    def test_the_page_shows_its_labels(self, kg: Kg, desk: Path) -> None:
        kg("build", "texts")
        page = (desk / "graph" / "graph.html").read_text(encoding="utf-8")
        assert "奖项" in page
        assert "暖阳奖" in page

    @pytest.mark.parametrize(
        "keep", [(), ("--kind", "prize", "--kind", "organization"), ("--relation", "wins"), ("--around", "暖阳奖")]
    )
    def test_figures_show_its_kinds_and_relations(self, kg: Kg, desk: Path, keep: tuple[str, ...]) -> None:
        kg("build", "texts")
        done = kg("export", "--format", "svg", "-o", "figure.svg", *keep)
        assert (done.status, done.err) == (0, "")
        said = "".join(ElementTree.parse(desk / "figure.svg").getroot().itertext())
        for word in ("暖阳奖", "石家庄市民政局", "获奖", "奖项 Prize 1"):
            assert word in said

    def test_filters_leave_its_entities_out(self, kg: Kg, desk: Path) -> None:
        kg("build", "texts")
        assert kg("export", "--format", "nt", "-o", "part.nt", "--kind", "place").status == 0
        assert "prize/" not in (desk / "part.nt").read_text(encoding="utf-8")

    @pytest.mark.parametrize("form", ["trig", "nt", "jsonld", "rdfxml", "graphml", "gexf", "csv", "neo4j", "xlsx"])
    def test_every_form_can_be_written(self, kg: Kg, desk: Path, form: str) -> None:
        kg("build", "texts")
        done = kg("export", "--format", form, "-o", "out")
        assert (done.status, done.err) == (0, "")

    def test_another_process_finds_it_too(self, kg: Kg, desk: Path) -> None:
        for number in range(9):
            Path(f"texts/{number}.txt").write_text(f"石家庄市民政局荣获“第{number}届暖阳奖”。\n", encoding="utf-8")
        change("kg.toml", "extensions", "jobs = 2\nextensions")
        done = kg("build", "texts")
        assert done.status == 0, done.err
        assert re.search(r"奖项 Prize +10\b", done.out)

    def test_texts_are_read_anew_when_a_rule_changes(self, kg: Kg, desk: Path) -> None:
        kg("build", "texts")
        kg("build", "texts")
        assert re.search(r"read anew +0\b", kg("build", "texts").out)
        Path("my_rules/lexicons/winning_verbs.txt").write_text("获颁\n", encoding="utf-8")
        assert re.search(r"read anew +1\b", kg("build", "texts").out)

    def test_the_package_alone_knows_nothing_of_it(self, kg: Kg, desk: Path) -> None:
        kg("build", "texts")
        assert kinds_of_entities() == tuple(one for one in kinds_of_entities(Path("my_rules")) if one != "prize")
        assert "wins" not in {one.name for one in relation_extractors()}
        assert "Prize" not in vocabulary().terms
        (desk / "kg.toml").write_text('output = "other"\n', encoding="utf-8")
        assert "Prize" not in kg("build", "texts").out


class TestMentions:
    def test_prizes_stand_in_other_names_and_hold_places(self, desk: Path) -> None:
        from kg.pipeline import read_mentions
        from kg.read import read_text

        text = "石家庄市民政局荣获“石家庄市暖阳奖”，并出席“暖阳奖”颁奖典礼。"
        (paper,) = read_text(text, source="a.txt")
        found = {(one.kind, one.text) for one in read_mentions(paper, Path("my_rules").resolve())}
        assert ("prize", "石家庄市暖阳奖") in found
        assert ("prize", "暖阳奖") in found
        assert ("organization", "石家庄市民政局") in found

    def test_helpers_are_found(self, desk: Path) -> None:
        Path("my_rules/kinds/_words.py").write_text('ENDING = "奖"\n', encoding="utf-8")
        change(PRIZE, "from kg.view", "from ._words import ENDING\nfrom kg.view")
        change(PRIZE, "{1,20}奖", '{1,20}" + ENDING + "')
        check_extensions(Path("my_rules").resolve())


WRONG = [
    (PRIZE, "RULES = (quoted,)", "RULES = (quoted,", f"{PRIZE}:20: is not Python"),
    (PRIZE, "import re", "import rex", f"{PRIZE}:3: ModuleNotFoundError: No module named 'rex'"),
    (PRIZE, "RULES = (quoted,)", "RULES = (quotes,)", f"{PRIZE}:20: NameError"),
    (PRIZE, "RULES = (quoted,)", "", f"{PRIZE}:1: RULES is missing"),
    (PRIZE, "RULES = (quoted,)", "RULES = (3,)", f"{PRIZE}:20: RULES holds 3"),
    (PRIZE, 'KIND = "prize"', 'KIND = "price"', f"{PRIZE}:8: KIND is 'price', expected the file's own name 'prize'"),
    (PRIZE, "NEEDS = ()", 'NEEDS = ("plase",)', f"{PRIZE}:9: extractor 'prize' needs unknown kind 'plase'"),
    (PRIZE, "NEEDS = ()", "NEEDS = 3", f"{PRIZE}:9: NEEDS is 3"),
    (PRIZE, "NEEDS = ()", 'NEEDS = ("prize",)', f"{PRIZE}:9: kinds need each other in a circle: prize → prize"),
    (WINS, '"prize")', '"price")', f"{WINS}:8: extractor 'wins' needs unknown kind 'price'"),
    (WINS, 'RELATION = "wins"', "", f"{WINS}:1: RELATION is None"),
    ("my_rules/lexicons/winning_verbs.txt", "获评", "荣获", "winning_verbs.txt:4: '荣获' stands twice"),
    ("my_rules/ontology.ttl", "my:wins a", "my:wins", "ontology.ttl: cannot be read as Turtle"),
    ("my_rules/ontology.ttl", '"wins" ;', '"winns" ;', f"{WINS}:1: no term for the relation 'wins'"),
    ("my_rules/ontology.ttl", '"prize" ;', '"price" ;', f"{PRIZE}:1: no term for the kind 'prize'"),
    ("my_rules/ontology.ttl", ', "Prize"@en', "", "needs an rdfs:label in zh and one in en"),
    ("my_rules/ontology.ttl", "my:wins", "kg:wins", "lies in the program's own namespace"),
    ("my_rules/ontology.ttl", "my:wins", "my:leads", "has the local name of kg:leads"),
    ("kg.toml", "my_rules", "my_rule", "extensions: my_rule is no folder"),
    ("kg.toml", '"my_rules"', "3", "extensions is 3"),
]


@pytest.mark.parametrize(("file", "old", "new", "complaint"), WRONG, ids=[row[3][:60] for row in WRONG])
def test_faults_are_named_before_any_work(kg: Kg, desk: Path, file: str, old: str, new: str, complaint: str) -> None:
    change(file, old, new)
    one_line(kg("build", "texts"), complaint)
    assert not Path("graph").exists()


class TestWholeFolders:
    def test_a_circle_of_two_names_both(self, kg: Kg, desk: Path) -> None:
        text = Path(PRIZE).read_text(encoding="utf-8")
        Path("my_rules/kinds/medal.py").write_text(
            text.replace('"prize"', '"medal"').replace("NEEDS = ()", 'NEEDS = ("prize",)'), encoding="utf-8"
        )
        change(PRIZE, "NEEDS = ()", 'NEEDS = ("medal",)')
        one_line(kg("build", "texts"), f"{PRIZE}:9", "my_rules/kinds/medal.py:9", "in a circle", "→")

    def test_names_of_the_package_are_taken(self, kg: Kg, desk: Path) -> None:
        Path(WINS).rename("my_rules/relations/leads.py")
        change("my_rules/relations/leads.py", '"wins"', '"leads"')
        one_line(kg("build", "texts"), "leads.py:7", "a relation 'leads' already", "choose another name")

    def test_word_lists_of_the_package_are_taken(self, kg: Kg, desk: Path) -> None:
        Path("my_rules/lexicons/titles.txt").write_text("局长\n", encoding="utf-8")
        one_line(kg("build", "texts"), "titles.txt", "a word list 'titles' already")

    def test_stray_files_among_the_word_lists(self, kg: Kg, desk: Path) -> None:
        Path("my_rules/lexicons/words.csv").write_text("局长\n", encoding="utf-8")
        one_line(kg("build", "texts"), "words.csv", "is no word list")

    def test_an_empty_folder(self, kg: Kg, desk: Path) -> None:
        Path("nothing").mkdir()
        change("kg.toml", "my_rules", "nothing")
        one_line(kg("build", "texts"), "nothing", "holds no kinds/NAME.py")

    def test_a_name_that_no_module_can_have(self, kg: Kg, desk: Path) -> None:
        Path(PRIZE).rename("my_rules/kinds/big-prize.py")
        one_line(kg("build", "texts"), "big-prize.py", "letters, digits and _")

    @pytest.mark.parametrize("command", [["where"], ["annotate", "texts"], ["evaluate", "texts"]])
    def test_other_commands_name_faults_too(self, kg: Kg, desk: Path, command: list[str]) -> None:
        change(PRIZE, "import re", "import rex")
        Path("texts/news.json").write_text('{"id": "a", "nodes": [], "edges": []}', encoding="utf-8")
        one_line(kg(*command), f"{PRIZE}:3", "rex")


YIELD = 'yield Span(match.start("name"), match.end("name"))'
RUNNING = [
    ("yield Span(match.start", "yield 1 / 0, (match.start", f"{PRIZE}:17: ZeroDivisionError"),
    (YIELD, 'yield match["name"]', f"{PRIZE}:14: rule quoted yields '暖阳奖'"),
    (YIELD, "yield Span(0, 999)", f"{PRIZE}:14: rule quoted yields a span"),
    ("view.find(QUOTED)", 'view.hits("winning_verb")', "no word list 'winning_verb'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "complaint"), RUNNING, ids=[row[2][-40:] for row in RUNNING])
def test_rules_that_fail_while_reading_are_named(kg: Kg, desk: Path, old: str, new: str, complaint: str) -> None:
    change(PRIZE, old, new)
    one_line(kg("build", "texts"), complaint)
    assert not Path("graph", "graph.ttl").exists()


def test_folders_are_told_apart(desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "kinds").mkdir(parents=True)
    text = Path(PRIZE).read_text(encoding="utf-8")
    (other / "kinds" / "prize.py").write_text(text.replace("quoted", "marked"), encoding="utf-8")
    rules = [
        next(one for one in kind_extractors(folder) if one.name == "prize").rules[0].__name__
        for folder in (Path("my_rules").resolve(), other)
    ]
    assert rules == ["quoted", "marked"]
    with pytest.raises(KgError, match="no term for the kind 'prize'"):
        check_extensions(other)
