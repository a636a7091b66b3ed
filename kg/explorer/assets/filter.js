// Which nodes and links are shown, and which stand out: worked out anew whenever the state changes.
const SHOWN = { nodes: new Uint8Array(G.count), links: new Uint8Array(G.links), nodeCount: 0, linkCount: 0, near: null, path: null };
const SOLID = 1, DASHED = 2; // a fact that holds; one that is only planned, over or denied

const isStanding = (fact) => G.facts.modality[fact] < 2 && G.facts.tenure[fact] === 0;
const factShown = (fact) => {
  const F = G.facts, s = state;
  if (!s.others && !isStanding(fact)) return false;
  if (F.confidence[fact] < s.least * 10 || s.relations.has(G.relations[F.r[fact]])) return false;
  if (!s.from && !s.to) return true;
  return F.since[fact] !== "" && !(s.to && F.since[fact] > `${s.to}~`) && !(s.from && F.until[fact] < s.from.slice(0, F.until[fact].length));
};

const reach = (start, steps, open) => { // nodes within so many steps along open links
  const seen = new Set(start);
  let edge = [...start];
  for (let step = 0; step < steps && edge.length; step++) {
    const next = [];
    for (const node of edge) for (const link of G.linksAt(node)) {
      const other = G.across(link, node);
      if (open(link, node) && !seen.has(other)) { seen.add(other); next.push(other); }
    }
    edge = next;
  }
  return seen;
};

const within = (place) => { // what lies in a place, through containment, and what belongs to that and lies nowhere else
  const located = G.relations.indexOf("located_in");
  const inside = (link, node) => G.factsOf(link).some((fact) => G.facts.r[fact] === located && G.facts.o[fact] === node);
  const lies = (node) => G.linksAt(node).some((link) => G.factsOf(link).some((fact) => G.facts.r[fact] === located && G.facts.s[fact] === node));
  const found = reach([place], Infinity, inside);
  for (const node of [...found]) for (const link of G.linksAt(node)) {
    const other = G.across(link, node);
    if (G.kinds[G.kind[other]] !== "place" && !lies(other)) found.add(other);
  }
  return found;
};

const shortest = ([from, to]) => { // the nodes of a shortest way along the links shown, or null
  const before = new Map([[from, -1]]);
  for (let edge = [from]; edge.length && !before.has(to); ) {
    const next = [];
    for (const node of edge) for (const link of G.linksAt(node)) {
      const other = G.across(link, node);
      if (SHOWN.links[link] && !before.has(other)) { before.set(other, node); next.push(other); }
    }
    edge = next;
  }
  if (!before.has(to)) return null;
  const way = [];
  for (let node = to; node >= 0; node = before.get(node)) way.push(node);
  return way.reverse();
};

const refilter = () => {
  const { nodes, links } = SHOWN, s = state;
  const narrowed = s.relations.size || s.least || s.from || s.to; // then what has no fact left goes too
  const where = s.place >= 0 ? within(s.place) : null;
  for (let i = 0; i < G.count; i++) nodes[i] = !s.kinds.has(G.kinds[G.kind[i]]) && !s.hidden.has(i) && (!where || where.has(i)) ? 1 : 0;
  if (s.group >= 0) for (let i = 0; i < G.count; i++) if (G.group[i] !== s.group) nodes[i] = 0;
  for (let link = 0; link < G.links; link++) {
    links[link] = 0;
    if (!nodes[G.linkFrom[link]] || !nodes[G.linkTo[link]]) continue;
    for (const fact of G.factsOf(link)) if (factShown(fact)) { links[link] = isStanding(fact) ? SOLID : links[link] || DASHED; }
  }
  const keep = (set) => {
    for (let i = 0; i < G.count; i++) if (!set.has(i)) nodes[i] = 0;
    for (let link = 0; link < G.links; link++) if (!nodes[G.linkFrom[link]] || !nodes[G.linkTo[link]]) links[link] = 0;
  };
  if (s.focus >= 0 && nodes[s.focus]) keep(reach([s.focus], s.steps, (link) => links[link]));
  SHOWN.path = s.path ? shortest(s.path) : null;
  if (narrowed) for (let i = 0; i < G.count; i++) if (nodes[i] && i !== s.node && !G.linksAt(i).some((link) => links[link])) nodes[i] = 0;
  SHOWN.nodeCount = nodes.reduce((sum, one) => sum + one, 0);
  SHOWN.linkCount = links.reduce((sum, one) => sum + (one ? 1 : 0), 0);
  emphasise();
};

const emphasise = () => { // the nodes that stand out; null: all alike
  const s = state;
  if (SHOWN.path) SHOWN.near = new Set(SHOWN.path);
  else if (s.link >= 0) SHOWN.near = new Set([G.linkFrom[s.link], G.linkTo[s.link]]);
  else if (s.node >= 0) SHOWN.near = reach([s.node], 1, (link) => SHOWN.links[link]);
  else SHOWN.near = null;
};
const onPath = (a, b) => {
  const at = SHOWN.path.indexOf(a);
  return at >= 0 && (SHOWN.path[at + 1] === b || (at > 0 && SHOWN.path[at - 1] === b));
};
const standsOut = (link) => {
  if (!SHOWN.near) return false;
  const a = G.linkFrom[link], b = G.linkTo[link];
  if (SHOWN.path) return onPath(a, b);
  return state.link >= 0 ? link === state.link : a === state.node || b === state.node;
};
