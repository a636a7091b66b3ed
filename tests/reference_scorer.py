"""An independent scorer of built graphs: it reads `graph.ttl` with rdflib and shares no code with the program.

`kg evaluate` is held to its numbers. BUILT_DIR/NN/graph.ttl is what `kg build NN.txt --out BUILT_DIR/NN` wrote for
that document alone; terms are recognised by their local names, so that the base IRI does not matter.
"""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, RDFS, SKOS

TYPES = {"Organization", "Official", "Place", "Program", "Standard", "Event"}
CORE_TYPES = TYPES - {"Event"}
RELATIONS = {
    "leads": "leads",
    "holdsPostIn": "holds_post",
    "organizes": "organizes",
    "locatedIn": "located_in",
    "partOf": "part_of",
    "issues": "issues",
    "drafts": "drafts",
    "guides": "guides",
    "establishes": "establishes",
    "participatesIn": "participates_in",
    "cooperatesWith": "cooperates_with",
}
SYMMETRIC = {"cooperates_with"}
CORE_RELATIONS = {"leads", "holds_post", "organizes", "located_in"}
ORG = "http://www.w3.org/ns/org#"
QUOTES = str.maketrans("", "", "“”\"'‘’「」『』〈〉<> 　\t\n")


def norm(name):
    """One spelling for names that differ only in quotes, spaces and dots."""
    return re.sub(r"[·•・‧．]", "·", name.translate(QUOTES)).strip("《》").lower()


def local(term):
    return re.split(r"[/#]", str(term))[-1]


def read_graph(path):
    graph = rdflib.Graph()
    graph.parse(path, format="turtle")
    nodes = {}
    for subject, kind in graph.subject_objects(RDF.type):
        if local(kind) in TYPES and not str(kind).startswith("http://www.w3.org/"):
            mains = [
                str(x)
                for p in (SKOS.prefLabel, RDFS.label)
                for x in graph.objects(subject, p)
                if getattr(x, "language", None) in (None, "zh", "zh-Hans", "zh-CN", "zh-hans", "zh-Hant")
            ]
            names = set(mains) | {str(x) for x in graph.objects(subject, SKOS.altLabel)}
            codes = {str(o) for p, o in graph.predicate_objects(subject) if local(p) == "divisionCode"}
            nodes[subject] = (local(kind), mains, {norm(n) for n in names}, codes)
    titles = defaultdict(set)
    for member, person in graph.subject_objects(rdflib.URIRef(ORG + "member")):
        for body in graph.objects(member, rdflib.URIRef(ORG + "organization")):
            titles[person, body] |= {norm(str(o)) for p, o in graph.predicate_objects(member) if local(p) == "title"}
    edges = set()
    for s, p, o in graph:
        if local(p) in RELATIONS and s in nodes and o in nodes:
            edges.add((s, RELATIONS[local(p)], o))
    return nodes, edges, titles


def full_names(gold_node):
    return [gold_node["name"], *gold_node.get("also_accept", [])]


def all_names(gold_node):
    return full_names(gold_node) + gold_node.get("aliases", [])


def match(gold_nodes, nodes):
    """Give gold nodes to predicted ones, a main-label match first."""
    pairs, taken = {}, set()
    for strict in (True, False):
        for subject, (kind, mains, names, _) in sorted(nodes.items(), key=lambda kv: str(kv[0])):
            if subject in pairs:
                continue
            for index, g in enumerate(gold_nodes):
                if index in taken or g["type"] != kind:
                    continue
                gold_names = {norm(n) for n in (full_names(g) if strict else all_names(g))}
                mine = {norm(m) for m in mains} if strict else names
                if gold_names & mine:
                    pairs[subject] = index
                    taken.add(index)
                    break
    return pairs


class Tally:
    def __init__(self):
        self.right, self.predicted, self.gold = Counter(), Counter(), Counter()

    def row(self, keys):
        r = sum(self.right[k] for k in keys)
        p = sum(self.predicted[k] for k in keys)
        g = sum(self.gold[k] for k in keys)
        precision = r / p if p else 0.0
        recall = r / g if g else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "p": round(precision, 4),
            "r": round(recall, 4),
            "f1": round(f1, 4),
            "right": r,
            "predicted": p,
            "gold": g,
        }


def score(gold_dir, built_dir, show_errors=False):
    golds = [json.loads(f.read_text(encoding="utf-8")) for f in sorted(Path(gold_dir).glob("*.json"))]
    used_relations = {e[1] for g in golds for e in g["edges"]}
    node_tally, edge_tally, named, missing = Tally(), Tally(), 0, []
    code_right, title_right = [0, 0], [0, 0]
    errors = defaultdict(list)
    for gold in golds:
        path = Path(built_dir) / gold["id"] / "graph.ttl"
        if not path.exists():
            missing.append(gold["id"])
            nodes, edges, titles = {}, set(), {}
        else:
            nodes, edges, titles = read_graph(path)
        pairs = match(gold["nodes"], nodes)
        by_name = {}
        optional = {i for i, g in enumerate(gold["nodes"]) if g.get("optional")}
        for index, g in enumerate(gold["nodes"]):
            node_tally.gold[g["type"]] += index not in optional
            by_name[g["name"]] = index
        containers = {o for s, r, o in edges if r == "located_in" and nodes[s][0] == nodes[o][0] == "Place"}
        for subject, (kind, mains, *_) in nodes.items():
            if pairs.get(subject) in optional or (subject in containers and subject not in pairs):
                continue
            node_tally.predicted[kind] += 1
            if subject in pairs:
                node_tally.right[kind] += 1
                named += bool({norm(n) for n in full_names(gold["nodes"][pairs[subject]])} & {norm(m) for m in mains})
            else:
                errors["extra node"].append((gold["id"], kind, mains[:1]))
        for subject, index in pairs.items():
            if gold["nodes"][index].get("code"):
                code_right[0] += gold["nodes"][index]["code"] in nodes[subject][3]
                code_right[1] += 1
        for index, g in enumerate(gold["nodes"]):
            if index not in pairs.values() and index not in optional:
                errors["missed node"].append((gold["id"], g["type"], g["name"]))
        gold_edges, free_edges, gold_titles = set(), set(), {}
        for edges_list, into in ((gold["edges"], gold_edges), (gold.get("edges_optional", []), free_edges)):
            for s, r, o, *title in edges_list:
                if s not in by_name or o not in by_name:
                    raise ValueError(f"{gold['id']}: edge end is no node: {s} {r} {o}")
                ends = (by_name[s], by_name[o])
                if title:
                    gold_titles.setdefault(ends, set()).update(
                        norm(t) for t in [title[0], *re.split("[、,，]", title[0])]
                    )
                (free_edges if optional & set(ends) else into).add((ends[0], r, ends[1]))
        gold_edges -= free_edges
        for _, r, _ in gold_edges:
            edge_tally.gold[r] += 1
        hit = set()
        for s, r, o in edges:
            if r not in used_relations:
                continue
            key = (pairs.get(s), r, pairs.get(o))
            turned = (key[2], r, key[0])
            keys = {key, turned} if r in SYMMETRIC else {key}
            found = next(iter(keys & gold_edges), None)
            if (found and found in hit) or keys & free_edges or optional & {key[0], key[2]}:
                continue
            if not found and nodes[s][0] == nodes[o][0] == "Place":
                continue
            edge_tally.predicted[r] += 1
            if found:
                hit.add(found)
                edge_tally.right[r] += 1
                if r == "holds_post" and found[::2] in gold_titles:
                    title_right[0] += bool(gold_titles[found[::2]] & titles.get((s, o), set()))
                    title_right[1] += 1
            else:
                errors["extra edge"].append((gold["id"], nodes[s][1][:1], r, nodes[o][1][:1]))
        for s, r, o in gold_edges - hit:
            errors["missed edge"].append((gold["id"], gold["nodes"][s]["name"], r, gold["nodes"][o]["name"]))
    right = sum(node_tally.right.values())
    result = {
        "documents": len(golds),
        "not_built": missing,
        "nodes": node_tally.row(TYPES),
        "nodes_core": node_tally.row(CORE_TYPES),
        "named": round(named / right, 4) if right else 0.0,
        "codes": round(code_right[0] / code_right[1], 4) if code_right[1] else 0.0,
        "titles": round(title_right[0] / title_right[1], 4) if title_right[1] else 0.0,
        "edges": edge_tally.row(used_relations),
        "edges_core": edge_tally.row(CORE_RELATIONS),
        "by_type": {t: node_tally.row({t}) for t in sorted(TYPES)},
        "by_relation": {r: edge_tally.row({r}) for r in sorted(used_relations)},
    }
    return result, (errors if show_errors else {})
