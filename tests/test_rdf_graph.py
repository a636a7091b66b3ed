"""What a graph says in RDF."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from toygraph import SOURCE, TEXT, document, entity, fact, toy

from kg.config import Config
from kg.errors import GraphError, VocabularyError
from kg.graph import Graph
from kg.ids import assertion_key
from kg.model import Modality, Tenure
from kg.rdf.graph import is_standing, triples
from kg.rdf.terms import Iri, Literal, Term, Triple, date, decimal
from kg.rdf.vocabulary import vocabulary

CONFIG = Config()
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def written(graph: Graph, config: Config = CONFIG) -> list[Triple]:
    return list(triples(graph, config))


def short(term: Term) -> str:
    if isinstance(term, Literal):
        return term.value
    return term.removeprefix(CONFIG.base).rpartition("#")[2]


def said(found: Iterable[Triple], subject: str) -> dict[str, set[str]]:
    """What is said of a subject, by the predicates' local names."""
    own: dict[str, set[str]] = {}
    for s, p, o in found:
        if s == CONFIG.base + subject:
            own.setdefault(p.replace("#", "/").rpartition("/")[2], set()).add(short(o))
    return own


def test_an_entity_with_its_names() -> None:
    own = said(written(toy()), "organization/云岭省民政厅")
    assert own["type"] == {"Organization", "GovernmentBody"}
    assert own["prefLabel"] == own["label"] == {"云岭省民政厅"}
    assert own["altLabel"] == {"省民政厅"}
    labels = [t.object for t in written(toy()) if t.predicate.endswith(("Label", "#label"))]
    assert {label.language for label in labels if isinstance(label, Literal)} == {"zh"}


def test_codes_by_kind() -> None:
    found = written(toy())
    assert said(found, "place/990000")["divisionCode"] == {"990000"}
    assert said(found, "standard/社区助老服务规范")["standardNumber"] == {"DB99/T 1234-2024"}
    assert said(found, "standard/关于“暖阳行动”的通知")["documentNumber"] == {"云民发〔2024〕1号"}


def test_only_what_stands_is_stated_straight() -> None:
    found = written(toy())
    assert "organization/云岭省慈善联合会" in said(found, "organization/云岭省民政厅")["guides"]  # ongoing
    assert "program/暖阳行动" not in said(found, "organization/云岭省民政厅")["organizes"]  # planned
    assert said(found, "official/钱可风")["holdsPostIn"] == {"organization/云岭省慈善联合会"}  # former elsewhere


@pytest.mark.parametrize("modality", Modality)
@pytest.mark.parametrize("tenure", Tenure)
def test_every_fact_is_an_assertion_straight_or_not(modality: Modality, tenure: Tenure) -> None:
    paper = document()
    one, other = entity("official", "甘雨田"), entity("organization", "云岭省民政厅")
    post = fact("holds_post", one, other, 0, paper, title="厅长", modality=modality, tenure=tenure)
    found = written(Graph(documents=(paper,), entities=(one, other), assertions=(post,)))
    straight = Triple(Iri(CONFIG.base + one.key), vocabulary()["holdsPostIn"], Iri(CONFIG.base + other.key))
    stands = modality in ("done", "ongoing") and tenure == "current"
    assert (straight in found) == is_standing(post) == stands
    own = said(found, assertion_key(post))
    assert own["modality"] == {modality.value}
    assert own.get("tenure", {"current"}) == {tenure.value}
    assert (own["subject"], own["predicate"], own["object"]) == ({one.key}, {"holdsPostIn"}, {other.key})
    assert len([t for t in found if t.object == ORG + "Membership"]) == (modality in ("done", "ongoing"))


def test_posts() -> None:
    found = written(toy())
    posts = [said(found, str(t.subject).removeprefix(CONFIG.base)) for t in found if t.object == ORG + "Membership"]
    rows = {
        (*sorted(p["member"] | p["organization"]), *p["title"], *p["tenure"], *p.get("normalTitle", ())) for p in posts
    }
    assert rows == {
        ("official/甘雨田", "organization/云岭省民政厅", "厅长", "current"),
        ("official/甘雨田", "organization/云岭省慈善联合会", "名誉会长", "current"),
        ("official/钱可风", "organization/云岭省慈善联合会", "会长", "current"),
        ("official/钱可风", "organization/云岭省民政厅", "副厅长", "former", "厅长"),
    }
    assert [p["since"] for p in posts if "since" in p] == [{"2024-03-19"}]


def test_one_membership_spans_the_dates_of_its_facts() -> None:
    paper = document()
    one, other = entity("official", "甘雨田"), entity("organization", "云岭省民政厅")
    facts = tuple(
        fact("holds_post", one, other, 0, paper, title="厅长", modality=modality, since=since, until=until)
        for modality, since, until in ((Modality.DONE, "2021-05", "2022"), (Modality.ONGOING, "2020", "2024-01-02"))
    )
    found = written(Graph(documents=(paper,), entities=(one, other), assertions=facts))
    (post,) = {t.subject for t in found if t.object == ORG + "Membership"}
    own = said(found, str(post).removeprefix(CONFIG.base))
    assert (own["since"], own["until"]) == ({"2020"}, {"2024-01-02"})


def test_evidence_leads_back_to_the_line() -> None:
    graph = toy()
    found = written(graph)
    (made,) = (f for f in graph.assertions if f.relation == "drafts")
    (evidence,) = said(found, assertion_key(made))["evidence"]
    own = {name: next(iter(values)) for name, values in said(found, evidence).items()}
    assert own["quote"] == TEXT[int(own["start"]) : int(own["stop"])] == "该规范由云岭省慈善联合会起草。"
    assert TEXT[int(own["subjectStart"]) :].startswith("云岭省慈善联合会")
    assert (own["rule"], own["line"]) == ("drafts.toy", "5")
    paper = said(found, own["wasDerivedFrom"])
    assert paper["source"] == {f"{SOURCE}:3"}
    assert paper["title"] == {"社工宣传周启动"}
    assert paper["publisher"] == {"云岭社工"}
    assert paper["contentHash"].pop().startswith("sha256:" + graph.documents[0].id)
    assert "organization/云岭省民政厅" in paper["mentions"]


def test_the_same_article_in_two_files_is_one_document() -> None:
    papers = (document(source="b.txt", title=None), document(source="a.txt", title=None))
    found = written(Graph(documents=papers))
    own = said(found, f"document/{papers[0].id}")
    assert own["source"] == {"a.txt:3", "b.txt:3"}
    assert own["title"] == {"a"}  # an article without a title goes by its file


def test_reference_facts_name_the_gazetteer() -> None:
    graph = toy()
    (made,) = (f for f in graph.assertions if f.subject == "place/990100")
    own = said(written(graph), assertion_key(made))
    assert (own["reference"], own["wasDerivedFrom"]) == ({"true"}, {"dataset/gazetteer"})
    assert "evidence" not in own
    assert said(written(graph), "place/990100")["locatedIn"] == {"place/990000"}


def test_order_of_the_input_does_not_matter() -> None:
    graph = toy()
    turned = Graph(documents=graph.documents[::-1], entities=graph.entities[::-1], assertions=graph.assertions[::-1])
    assert set(written(graph)) == set(written(turned))
    assert [t.subject for t in written(graph)] != sorted(t.subject for t in written(graph))  # by section, not by IRI
    assert len(written(graph)) == len(set(written(graph)))


def test_the_base_is_everywhere_but_in_the_ontology() -> None:
    found = written(toy(), replace(CONFIG, base="https://example.org/x#"))
    assert all(t.subject.startswith("https://example.org/x#") for t in found)
    assert (
        Triple(
            Iri("https://example.org/x#place/990000"),
            vocabulary()["locatedIn"],
            Iri("https://example.org/x#place/中国"),
        )
        in found
    )


def broken(**change: object) -> Graph:
    graph = toy()
    first = replace(graph.assertions[0], **change)  # type: ignore[arg-type]
    return replace(graph, assertions=(first, *graph.assertions[1:]))


@pytest.mark.parametrize(
    ("graph", "error", "message"),
    [
        (broken(object="organization/无"), GraphError, "no entity 'organization/无'"),
        (broken(claims=()), GraphError, "no claim supports"),
        (broken(relation="likes"), VocabularyError, "no relation 'likes'"),
        (replace(toy(), assertions=toy().assertions[:1] * 2), GraphError, "stands twice"),
        (Graph(entities=(entity("place", "甲"),) * 2), GraphError, "place/甲: stands twice"),
        (Graph(entities=(entity("ghost", "甲"),)), VocabularyError, "no kind 'ghost'"),
        (Graph(entities=(entity("place", "甲", subclass="Planet"),)), VocabularyError, "kg:Planet"),
        (Graph(entities=(entity("event", "甲", code="1"),)), GraphError, "bears the code '1'"),
    ],
)
def test_a_graph_that_cannot_stand_is_refused(graph: Graph, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        written(graph)


def test_dates_and_decimals() -> None:
    assert [
        date(text).datatype.rpartition("#")[2]
        for text in ("2024", "2024-03", "2024-02-29", "去年", "2024-13", "2023-02-29", "2024-3")
    ] == [
        "gYear",
        "gYearMonth",
        "date",
        *[""] * 4,
    ]
    assert [decimal(n).value for n in (0.9, 1.0, 0.0, 0.123456)] == ["0.9", "1", "0", "0.1235"]
