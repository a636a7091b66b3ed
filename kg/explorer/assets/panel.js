// The panel beside the graph: what is selected with its facts, or an overview when nothing is.
const relationTitle = (relation, outward) => {
  const words = termName(relation);
  return outward ? `${words} →` : `← ${words}`;
};
const factsAt = (node) => [...G.linksAt(node)].flatMap((link) => [...G.factsOf(link)]);
const panelFact = (fact) => { // planned and former facts are always told here, whatever is drawn
  const others = state.others;
  state.others = true;
  const shown = factShown(fact);
  state.others = others;
  return shown;
};
const grouped = (node, facts) => { // by relation and direction: standing facts first, surest first
  const groups = new Map();
  for (const fact of facts) {
    const outward = G.facts.s[fact] === node, id = `${outward ? 0 : 1}${String(G.facts.r[fact]).padStart(2, "0")}`;
    if (!groups.has(id)) groups.set(id, { relation: G.relations[G.facts.r[fact]], outward, facts: [] });
    groups.get(id).facts.push(fact);
  }
  const order = (a, b) => isStanding(b) - isStanding(a) || G.facts.confidence[b] - G.facts.confidence[a] || a - b;
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => ({ ...group, facts: group.facts.sort(order) }));
};
const closing = () => button("×", () => select(-1), { class: "close", "aria-label": say("close") });

const nodePanel = (node, act) => {
  const parts = [closing(), element("p", { class: "kind" }, badge(G.kind[node]), termName(G.kinds[G.kind[node]]),
    G.subclass(node) && ` · ${short(className(G.subclass(node)), 60)}`, G.code(node) && element("span", {}, ` · ${say("code")} `, name(short(G.code(node), 60))))];
  parts.push(element("h2", { dir: "auto", class: wide(G.name[node]) }, G.name[node]));
  if (G.aliases(node).length) parts.push(element("p", { class: "also" }, `${say("aliases")} `, name(G.aliases(node).map((one) => short(one, 400)).join("、"))));
  const pinned = state.pinned.has(node);
  parts.push(element("div", { class: "actions" },
    button(say("neighbours1"), () => act.focus(node, 1), { "data-act": "near1" }), button(say("neighbours2"), () => act.focus(node, 2), { "data-act": "near2" }),
    button(say("pathFrom"), () => act.startPath(node), { "data-act": "path" }), button(say(pinned ? "unpin" : "pin"), () => act.pin(node), { "data-act": "pin" }),
    button(say("hide"), () => act.hide(node), { "data-act": "hide" }), location.protocol !== "about:" && button(say("copy"), act.copy, { "data-act": "copy" }))); // an embedded page has no address
  const all = factsAt(node), facts = all.filter(panelFact);
  if (!facts.length) parts.push(element("p", { class: "quiet" }, say(all.length ? "noFactsShown" : "noFacts")));
  const other = (fact) => (G.facts.s[fact] === node ? G.facts.o[fact] : G.facts.s[fact]);
  for (const group of grouped(node, facts))
    parts.push(element("h3", {}, relationTitle(group.relation, group.outward), element("small", {}, number(group.facts.length))), ...factList(group.facts, other, act.open));
  return parts;
};

const linkPanel = (link, act) => {
  const a = G.linkFrom[link], b = G.linkTo[link], parts = [closing()];
  const end = (node) => element("li", {}, badge(G.kind[node]), button(name(short(G.name[node], 300)), () => act.open(node)));
  parts.push(element("ul", { class: "list ends" }, end(a), end(b)));
  for (const group of grouped(a, [...G.factsOf(link)].filter(panelFact)))
    parts.push(element("h3", {}, relationTitle(group.relation, group.outward), element("small", {}, number(group.facts.length))),
      ...factList(group.facts, () => (group.outward ? b : a), act.open));
  return parts;
};

const nodeList = (nodes, act, note) => element("ul", { class: "list" }, ...nodes.map((node) =>
  element("li", {}, badge(G.kind[node]), button(name(short(G.name[node], 80)), () => act.open(node)), element("small", {}, note ? note(node) : number(G.degree[node])))));

const overviewPanel = (act) => {
  const parts = [element("p", { class: "quiet" }, say("panelEmpty"))];
  if (SHOWN.path) parts.push(element("h3", {}, say("path", SHOWN.path.length - 1)), nodeList(SHOWN.path, act, () => ""));
  else if (state.path) parts.push(element("h3", {}, say("pathNone")));
  const first = [];
  for (const node of G.bySize) if (SHOWN.nodes[node] && first.push(node) === 12) break;
  if (first.length) parts.push(element("h3", {}, say("hubs")), nodeList(first, act));
  if (state.group >= 0) parts.push(button(say("leaveGroup"), () => act.group(-1), { class: "more" }));
  else if (G.count > LARGE) {
    const items = groupsBySize().slice(0, 20).map((group) => element("li", {},
      button(name(short(G.name[G.hubs[group][0]], 40)), () => act.group(group), { "data-group": group }), element("small", {}, number(G.hubs[group].length))));
    parts.push(element("h3", {}, say("groups")), element("ul", { class: "list" }, ...items));
  }
  return parts;
};

const showPanel = (act) => {
  const panel = document.getElementById("panel"), chosen = state.node >= 0 || state.link >= 0;
  const parts = state.node >= 0 ? nodePanel(state.node, act) : state.link >= 0 ? linkPanel(state.link, act) : overviewPanel(act);
  panel.replaceChildren(...parts.filter(Boolean));
  panel.classList.toggle("open", chosen || SHOWN.path !== null);
  panel.setAttribute("aria-label", say("panel"));
  panel.scrollTop = 0;
};
