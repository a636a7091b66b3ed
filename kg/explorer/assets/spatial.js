// A grid over the plane that finds what lies at a point or in a box without looking at everything.
const CELL = 96;
const INDEX = { cells: new Map() };
const cellOf = (x, y) => Math.floor(x / CELL) * 65536 + Math.floor(y / CELL);
const reindex = () => {
  INDEX.cells.clear();
  for (let i = 0; i < G.count; i++) indexNode(i);
};
const indexNode = (node) => {
  const cell = cellOf(G.x[node], G.y[node]), list = INDEX.cells.get(cell);
  if (list) list.push(node);
  else INDEX.cells.set(cell, [node]);
};
const moveNode = (node, x, y) => {
  const list = INDEX.cells.get(cellOf(G.x[node], G.y[node]));
  list.splice(list.indexOf(node), 1);
  G.x[node] = x;
  G.y[node] = y;
  indexNode(node);
};
const nodesIn = function* (left, top, right, bottom) {
  for (let cx = Math.floor(left / CELL); cx <= Math.floor(right / CELL); cx++)
    for (let cy = Math.floor(top / CELL); cy <= Math.floor(bottom / CELL); cy++)
      yield* INDEX.cells.get(cx * 65536 + cy) ?? [];
};

const pickNode = (x, y, view, slack = 5) => { // the nearest shown node under a point of the screen, or -1
  const at = view.toWorld(x, y), margin = (24 + slack) / Math.min(view.k, 1);
  const box = [at.x - margin, at.y - margin, at.x + margin, at.y + margin];
  let best = -1, least = Infinity;
  for (const node of (2 * margin / CELL) ** 2 > INDEX.cells.size ? G.bySize : nodesIn(...box)) {
    if (!SHOWN.nodes[node]) continue;
    const far = Math.hypot(G.x[node] - at.x, G.y[node] - at.y) * view.k - screenRadius(node, view.k);
    if (far < slack && far < least) { best = node; least = far; }
  }
  return best;
};

const pickLink = (x, y, view, slack = 5) => { // the nearest shown link under a point of the screen, or -1
  const at = view.toWorld(x, y);
  let best = -1, least = slack / view.k;
  for (let link = 0; link < G.links; link++) {
    if (!SHOWN.links[link]) continue;
    const ax = G.x[G.linkFrom[link]], ay = G.y[G.linkFrom[link]], bx = G.x[G.linkTo[link]], by = G.y[G.linkTo[link]];
    if (Math.min(ax, bx) - least > at.x || Math.max(ax, bx) + least < at.x || Math.min(ay, by) - least > at.y || Math.max(ay, by) + least < at.y) continue;
    const dx = bx - ax, dy = by - ay, whole = dx * dx + dy * dy || 1;
    const part = Math.min(1, Math.max(0, ((at.x - ax) * dx + (at.y - ay) * dy) / whole));
    const far = Math.hypot(ax + part * dx - at.x, ay + part * dy - at.y);
    if (far < least) { best = link; least = far; }
  }
  return best;
};
