// A state as the part of the address behind #, and back; what the graph does not know is left out.
const toData = (x, y) => { // addresses are good for any screen: places in them are those of the data
  const own = [x / G.stretch.x, y / G.stretch.y].map(Math.round);
  return G.turned ? own.reverse() : own;
};
const fromData = (x, y) => {
  const [across, down] = G.turned ? [y, x] : [x, y];
  return [across * G.stretch.x, down * G.stretch.y];
};
const hashOf = (one) => {
  const out = new URLSearchParams();
  const key = (index) => G.keyOf(index);
  if (one.node >= 0) out.set("node", key(one.node));
  if (one.link >= 0) out.set("link", `${key(G.linkFrom[one.link])}|${key(G.linkTo[one.link])}`);
  if (one.focus >= 0) out.set("near", `${one.steps}|${key(one.focus)}`);
  if (one.path) out.set("path", one.path.map(key).join("|"));
  if (one.group >= 0) out.set("group", key(G.hubs[one.group][0]));
  if (one.kinds.size) out.set("kinds", [...one.kinds].join("|"));
  if (one.relations.size) out.set("relations", [...one.relations].join("|"));
  if (one.place >= 0) out.set("place", key(one.place));
  if (one.from) out.set("from", one.from);
  if (one.to) out.set("to", one.to);
  if (one.least) out.set("least", String(one.least));
  if (one.others) out.set("others", "1");
  if (one.hidden.size) out.set("hidden", [...one.hidden].map(key).join("|"));
  if (one.pinned.size) out.set("pinned", [...one.pinned].map(([node, [x, y]]) => [...toData(x, y), key(node)].join(",")).join("|"));
  if (one.lang !== "zh") out.set("lang", one.lang);
  return out.toString();
};

const stateOf = (hash) => {
  const all = new URLSearchParams(hash);
  const list = (name) => (all.get(name) ?? "").split("|").filter(Boolean);
  const node = (key) => G.indexOf(key ?? "");
  const nodes = (name) => list(name).map(node).filter((one) => one >= 0);
  const [steps, ...focus] = list("near");
  const path = nodes("path"), ends = nodes("link");
  const pinned = list("pinned").map((one) => /^(-?\d+),(-?\d+),(.*)$/su.exec(one)).filter(Boolean);
  const date = (name) => (/^\d{4}(-\d\d){0,2}$/.test(all.get(name) ?? "") ? all.get(name) : "");
  return {
    node: node(all.get("node")),
    link: ends.length === 2 ? G.linkBetween(ends[0], ends[1]) : -1,
    focus: node(focus.join("|")), steps: steps === "2" ? 2 : 1,
    path: path.length === 2 ? path : null,
    group: all.has("group") && node(all.get("group")) >= 0 ? G.group[node(all.get("group"))] : -1,
    kinds: new Set(list("kinds").filter((one) => G.kinds.includes(one))),
    relations: new Set(list("relations").filter((one) => G.relations.includes(one))),
    place: node(all.get("place")), from: date("from"), to: date("to"),
    least: Math.min(100, Math.max(0, Number(all.get("least")) || 0)), others: all.get("others") === "1",
    hidden: new Set(nodes("hidden")),
    pinned: new Map(pinned.map((one) => [node(one[3]), fromData(Number(one[1]), Number(one[2]))]).filter(([one]) => one >= 0)),
    lang: all.get("lang") === "en" ? "en" : "zh",
  };
};

const showHash = () => {
  const hash = `#${hashOf(state)}`;
  if (location.protocol === "about:" || hash === location.hash || (hash === "#" && !location.hash)) return;
  history.replaceState(null, "", hash); // an embedded page has no address to change
};
