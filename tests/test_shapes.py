"""Each shape, broken once: the toy graph conforms, and one changed line of it does not."""

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH
from toygraph import build, toy

from kg.config import Config
from kg.exports.turtle import turtle
from kg.rdf.graph import resources
from kg.rdf.store import write_store
from kg.rdf.validate import Breach, check
from kg.rdf.vocabulary import ontology_folder, vocabulary

CONFIG = Config()
TEXT = "".join(turtle(resources(toy(), CONFIG), base=CONFIG.base))
BUREAU, HEAD, CEREMONY = "organization:云岭省民政厅", "official:甘雨田", "event:2024年云岭省社工宣传周启动仪式"
UNION, NORM, PLAN, CITY = (
    "organization:云岭省慈善联合会",
    "standard:社区助老服务规范",
    "program:暖阳行动",
    "place:990100",
)


def found_in(text: str, folder: Path) -> tuple[Breach, ...]:
    (folder / "graph.ttl").write_text(text, encoding="utf-8")
    write_store(folder / "store", folder / "graph.ttl")
    return check(folder)


def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "shapes.ttl")


def replaced(old: str, new: str) -> str:
    assert old in TEXT, old
    return TEXT.replace(old, new, 1)


def block(start: str) -> str:
    """The first block of the file that begins so."""
    return next(part for part in TEXT.split("\n\n") if part.startswith(start))


def within(start: str, old: str, new: str) -> str:
    """The file with one change in the first block that begins with `start` and holds `old`."""
    part = next(part for part in TEXT.split("\n\n") if part.startswith(start) and old in part)
    return TEXT.replace(part, part.replace(old, new, 1))


def plus(line: str) -> str:
    return f"{TEXT}\n{line} .\n"


A, E, M, D = "assertion:", "evidence:", "membership:", "document:"
QUOTE = 'kg:quote "该规范由云岭省慈善联合会起草。"'
THIS_FACT = block("assertion:").split(" ")[0]

MADE = '<urn:c> a kg:Correction ; kg:verdict "wrong" ; dcterms:creator "王" ; dcterms:date "2025-03-31"^^xsd:date'

BREAKS = {
    "An entity has exactly one Chinese name": [
        plus(f'{BUREAU} skos:prefLabel "又名"@zh'),
        within(BUREAU, 'skos:prefLabel "云岭省民政厅"@zh', 'skos:prefLabel "Civil Affairs"@en'),
    ],
    "An alias is a text": [plus(f'{BUREAU} skos:altLabel ""'), plus(f"{BUREAU} skos:altLabel {UNION}")],
    "division code": [replaced('"990100"', '"9901"'), plus(f'{CITY} kg:divisionCode "990200"')],
    "at most one number": [plus(f'{NORM} kg:documentNumber "甲1号"'), replaced('"DB99/T 1234-2024"', '""')],
    "exactly one subject": [plus(f"{THIS_FACT} rdf:subject {CITY}")],
    "exactly one predicate": [plus(f"{THIS_FACT} rdf:predicate kg:issues")],
    "exactly one object": [within(A, "rdf:object ", "rdf:value ")],
    "subject of a fact is an entity": [within(A, f"rdf:subject {HEAD}", "rdf:subject official:无")],
    "object of a fact is an entity": [within(A, f"rdf:object {PLAN}", "rdf:object program:无")],
    "subject of a fact has a kind": [within(HEAD, "a kg:Official", "rdf:value kg:Official")],
    "object of a fact has a kind": [within(PLAN, "a kg:Program", "rdf:value kg:Program")],
    "one confidence": [replaced("kg:confidence 0.9", "kg:confidence 1.5"), replaced("kg:confidence 0.9", "kg:x 1")],
    "modality is": [replaced('kg:modality "planned"', 'kg:modality "perhaps"')],
    "evidence of a fact is an Evidence": [within(A, "kg:evidence evidence:", "kg:evidence document:")],
    "at most one title": [within(A, 'kg:title "会长"', 'kg:title "会长", "主席"')],
    "An inference names the one rule": [plus("<https://example.org/i> a kg:Inference")],
    "A fact has evidence": [within(A, "kg:reference true", "kg:reference false")],
    "names its data set": [within(A, "    prov:wasDerivedFrom dataset:gazetteer ;\n", "")],
    "exactly one quote": [replaced(QUOTE, 'kg:quote ""'), replaced(QUOTE, QUOTE + ', "另一句"')],
    "one start": [within(E, "kg:start 0 ", "kg:start -1 ")],
    "one stop": [within(E, "kg:stop ", "kg:line ")],
    "stop of evidence comes after": [within(E, "kg:start 0 ", "kg:start 999999 ")],
    "names the rule": [within(E, "kg:rule ", "kg:title ")],
    "names the line": [within(E, "kg:line 3 ", "kg:line 0 ")],
    "comes from one document": [within(E, "prov:wasDerivedFrom document:", "prov:wasDerivedFrom dataset:")],
    "A document has one title": [within(D, 'dcterms:title "', 'dcterms:subject "')],
    "source file and line": [within(D, ':3"', '"')],
    "at most one date": [
        within(D, '"2024-03-19"^^xsd:date', '"去年"'),
        plus(f'{block(D).split()[0]} dcterms:date "2024"'),
    ],
    "one hash": [within(D, '"sha256:', '"md5:')],
    "exactly one official": [within(M, f"org:member {HEAD}", f"org:member {BUREAU}")],
    "exactly one organization": [within(M, f"org:organization {BUREAU}", f"org:organization {CITY}")],
    "A post has exactly one title": [within(M, 'kg:title "副厅长"', 'kg:title "副厅长", "厅长"')],
    "tenure is": [within(M, 'kg:tenure "former"', 'kg:tenure "past"')],
    "leads goes": [plus(f"{HEAD} kg:leads {PLAN}"), plus(f"{CITY} kg:leads {BUREAU}")],
    "holdsPostIn goes": [plus(f"{HEAD} kg:holdsPostIn {CITY}"), plus(f"{UNION} kg:holdsPostIn {BUREAU}")],
    "organizes goes": [plus(f"{BUREAU} kg:organizes {UNION}"), plus(f"{CITY} kg:organizes {PLAN}")],
    "locatedIn goes": [plus(f"{BUREAU} kg:locatedIn {UNION}"), plus(f"{HEAD} kg:locatedIn {CITY}")],
    "partOf goes": [plus(f"{BUREAU} kg:partOf {CITY}"), plus(f"{HEAD} kg:partOf {BUREAU}")],
    "issues goes": [plus(f"{BUREAU} kg:issues {PLAN}"), plus(f"{HEAD} kg:issues {NORM}")],
    "drafts goes": [plus(f"{BUREAU} kg:drafts {PLAN}"), plus(f"{HEAD} kg:drafts {NORM}")],
    "guides goes": [plus(f"{BUREAU} kg:guides {CITY}"), plus(f"{HEAD} kg:guides {PLAN}")],
    "establishes goes": [plus(f"{BUREAU} kg:establishes {CITY}"), plus(f"{HEAD} kg:establishes {PLAN}")],
    "participatesIn goes": [plus(f"{BUREAU} kg:participatesIn {PLAN}"), plus(f"{CITY} kg:participatesIn {CEREMONY}")],
    "cooperatesWith goes": [plus(f"{BUREAU} kg:cooperatesWith {HEAD}"), plus(f"{CITY} kg:cooperatesWith {BUREAU}")],
    "has one verdict": [plus(MADE.replace('"wrong"', '"perhaps"'))],
    "says who made it": [plus(MADE.replace('"王"', '""'))],
    "says on which day": [plus(MADE.replace('"2025-03-31"^^xsd:date', '"2025"'))],
    "points at a Correction": [plus(f"{BUREAU} kg:correction {UNION}")],
    "without a fact that proves it": [plus(f"{UNION} kg:partOf {BUREAU}")],
    "to itself": [plus(f"{BUREAU} kg:partOf {BUREAU}")],
}


def test_the_toy_graph_conforms(tmp_path: Path) -> None:
    assert check(build(toy(), tmp_path / "g")) == ()


@pytest.mark.parametrize("words", BREAKS)
def test_breaking_a_shape_is_told(words: str, tmp_path: Path) -> None:
    for number, text in enumerate(BREAKS[words]):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert words in " ".join(breach.english for breach in found_in(text, folder))


def test_every_message_of_the_shapes_is_broken_above() -> None:
    graph = shapes()
    english = {str(text) for text in graph.objects(None, SH.message) if getattr(text, "language", "") == "en"}
    assert english
    for message in english:
        assert [words for words in BREAKS if words in message], message


def test_every_message_is_said_in_both_languages() -> None:
    graph = shapes()
    for node in set(graph.subjects(SH.message, None)):
        languages = sorted(getattr(text, "language", "") for text in graph.objects(node, SH.message))
        assert languages == ["en", "zh"]


def test_every_relation_and_kind_has_a_shape() -> None:
    graph = shapes()
    targets = set(graph.objects(None, SH.targetSubjectsOf)) | set(graph.objects(None, SH.targetClass))
    terms = vocabulary()
    for term in (*terms.relations.values(), *terms.kinds.values()):
        assert rdflib.URIRef(term.iri) in targets, term.name


def test_shapes_speak_of_terms_that_exist() -> None:
    graph = shapes()
    used = {term for triple in graph for term in triple if str(term).startswith("https://w3id.org/govkg/ontology#")}
    assert {str(term).rpartition("#")[2] for term in used} <= set(vocabulary().terms)
    assert len(set(graph.subjects(RDF.type, SH.NodeShape))) > 15


def test_a_breach_names_the_thing_and_its_sentence(tmp_path: Path) -> None:
    (breach,) = found_in(within(M, 'kg:tenure "former"', 'kg:tenure "past"'), tmp_path)
    assert breach.path == "kg:tenure"
    assert breach.value == "past"
    assert breach.chinese == "任期状态须是 current、former、coming 之一。"
    assert breach.sentence == "原云岭省民政厅副厅长、现任云岭省慈善联合会会长钱可风致辞。"
    assert breach.where == "texts/第一期.txt:7"
    text = str(breach)
    assert text.startswith("membership:")
    assert text.endswith("← “原云岭省民政厅副厅长、现任云岭省慈善联合会会长钱可风致辞。” (texts/第一期.txt:7)")


def test_entities_are_named_in_breaches(tmp_path: Path) -> None:
    breaches = found_in(plus(f"{UNION} kg:partOf {BUREAU}"), tmp_path)
    assert [(b.name, b.path, b.value) for b in breaches] == [("云岭省慈善联合会", "kg:partOf", "云岭省民政厅")]


def test_batches_find_what_the_whole_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT.replace("kg:confidence 0.9", "kg:confidence 1.9") + f'\n{BUREAU} skos:prefLabel "又名"@zh .\n'
    whole = found_in(text, tmp_path)
    assert len(whole) > 10
    monkeypatch.setattr("kg.rdf.validate.BATCH", 7)
    assert check(tmp_path) == whole


def test_a_sample_is_always_the_same_and_finds_a_part(tmp_path: Path) -> None:
    whole = found_in(TEXT.replace("kg:confidence 0.9", "kg:confidence 1.9"), tmp_path)
    some = check(tmp_path, sample=25)
    assert set() < set(some) < set(whole)
    assert check(tmp_path, sample=25) == some
    assert check(tmp_path, sample=10_000) == whole
    assert all("kg:confidence" in str(breach) and breach.sentence for breach in some)


def test_a_sample_of_a_sound_graph_conforms(toy_graph: Path) -> None:
    for size in (1, 5, 25):
        assert check(toy_graph, sample=size) == ()
