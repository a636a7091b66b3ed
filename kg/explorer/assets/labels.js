// Chooses the labels that fit: what matters more first, none on another, none on a node of more weight.
const LINE = 10, LINES = 3; // signs a line, lines a label
const measured = new Map();
const widthOf = (ctx, text, font) => {
  const key = font + text;
  let width = measured.get(key);
  if (width === undefined) {
    ctx.font = font;
    measured.set(key, (width = ctx.measureText(text).width));
  }
  return width;
};
const printable = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, " ");
const wrapped = (name, line = LINE, lineCount = LINES) => { // at most so many lines; what is longer ends in …
  const signs = Array.from(printable(name.slice(0, 200)));
  const narrow = signs.filter((sign) => sign < "\u2000").length > signs.length / 2;
  const most = narrow ? line * 2 : line;
  const count = Math.min(lineCount, Math.ceil(signs.length / most));
  const each = Math.min(most, Math.ceil(signs.length / count));
  const lines = [];
  for (let i = 0; i < count; i++) lines.push(signs.slice(i * each, (i + 1) * each).join(""));
  if (count * each < signs.length) lines[count - 1] = `${signs.slice((count - 1) * each, count * each - 1).join("")}…`;
  return lines;
};
const lineCache = new Map();
const linesOf = (node, tall = false) => { // tall: for where there is more room above and below than beside
  const key = tall ? -1 - node : node;
  let lines = lineCache.get(key);
  if (!lines) lineCache.set(key, (lines = tall ? wrapped(G.name[node], 6, 4) : wrapped(G.name[node])));
  return lines;
};

const takeDiscs = (view, taken, most = 900) => { // nodes are not written over
  let left = most;
  for (const node of G.bySize) {
    const radius = screenRadius(node, view.k) - 1;
    if (radius < 1.5 || left <= 0) return;
    if (!SHOWN.nodes[node]) continue;
    const at = view.toScreen(G.x[node], G.y[node]);
    if (at.x < -radius || at.y < -radius || at.x > view.width + radius || at.y > view.height + radius) continue;
    taken.take({ left: at.x - radius, right: at.x + radius, top: at.y - radius, bottom: at.y + radius });
    left--;
  }
};

const controlBoxes = ({ left, top }) => ["zoom", "shown"].map((id) => document.getElementById(id)).map((one) => ({ // what lies over the drawing
  left: left + one.offsetLeft - 4, right: left + one.offsetLeft + one.offsetWidth + 4, top: top + one.offsetTop - 4, bottom: top + one.offsetTop + one.offsetHeight + 4,
}));

const labelOrder = function* () { // nodes, most important first
  const first = new Set([state.node, ...(state.path ?? []), ...state.pinned.keys()].filter((one) => one >= 0));
  if (state.link >= 0) first.add(G.linkFrom[state.link]).add(G.linkTo[state.link]);
  yield* first;
  const near = SHOWN.near;
  if (near) for (const node of [...near].sort((a, b) => G.r[b] - G.r[a] || a - b)) if (!first.has(node)) yield node;
  for (const node of G.bySize) if (!first.has(node) && !near?.has(node)) yield node;
};

const fontOf = (node, size) => `${node === state.node || size > 14 ? "600 " : ""}${size}px ${SANS}`;
const SANS = '"Source Han Sans SC","Noto Sans CJK SC","PingFang SC","Hiragino Sans GB","Microsoft YaHei",system-ui,sans-serif';
const SERIF = '"Source Han Serif SC","Noto Serif CJK SC","Songti SC",STSong,SimSun,Georgia,serif';

const FIRST = 14; // the names that matter most may lie on smaller nodes where there is no other room
const FEW = 400; // nodes up to which names make room for each other
const placeLabels = (ctx, view, { most = 260, tries = 6000, edge = 0, quick = false } = {}) => { // edge: the part of the view that lies beyond the screen, on each side; quick: for a view in motion, looks for less
  const screen = { left: view.width * edge, top: view.height * edge, right: view.width * (1 - edge), bottom: view.height * (1 - edge), whole: view };
  const discs = new Taken(), heavier = new Taken(), names = new Taken(), near = SHOWN.near, named = new Set(), far = view.k < groupZoom();
  const labels = [], ways = quick ? { count: () => 0 } : new Crossings(view), keep = (label) => { names.take(label.box); labels.push(label); };
  takeDiscs(view, discs);
  for (const box of controlBoxes(screen)) { discs.take(box); heavier.take(box); }
  for (const title of far ? groupLabels(ctx, view, names, screen) : []) {
    named.add(title.hub);
    labels.push(title);
  }
  if (far && !near) most = Math.min(most, labels.length + roomForNames(screen, 40000));
  let first = far ? 0 : FIRST;
  for (const node of labelOrder()) {
    if (labels.length >= most || tries-- <= 0) break;
    if (!SHOWN.nodes[node] || named.has(node)) continue;
    const at = view.toScreen(G.x[node], G.y[node]), radius = screenRadius(node, view.k);
    if (at.x < -60 || at.y < -30 || at.x > view.width + 60 || at.y > view.height + 30) continue;
    heavier.take(around(at, radius));
    if (radius < 3 && labels.length > roomForNames(screen, 16000) && !near?.has(node)) continue;
    const wish = { node, at, radius, size: Math.round(Math.min(16, Math.max(11, 9 + radius * 0.3)) * 2) / 2, must: node === state.node };
    const place = (sheets, how) => lettered(ctx, wish, how, (boxes) => bestOf(boxes, sheets, screen, ways, wish.must));
    const anywhere = (sheets) => quick ? place(sheets, {}) : place(sheets, {}) ?? place(sheets, { tall: true }) ?? place(sheets, { gap: 8 });
    const label = anywhere([discs, names]) ?? (SHOWN.nodeCount <= FEW && !quick ? makeRoom(ctx, wish, { discs, names, labels, screen, ways }) : null) ?? (first > 0 ? anywhere([heavier, names]) : null);
    first--;
    if (label) keep(label);
  }
  for (const label of linkLabels(ctx, view, screen, names, discs)) labels.push(label);
  return labels;
};
const lettered = (ctx, wish, { tall = false, gap = 1 }, choose) => { // the label of a node at the chosen one of its places; null when none is
  const { node, at, radius, size } = wish, lines = linesOf(node, tall), font = fontOf(node, size);
  if (tall && lines === linesOf(node)) return null;
  const width = Math.max(...lines.map((line) => widthOf(ctx, line, font)));
  const box = choose(boxesAround(at, radius + gap, width + 4, lines.length * size * 1.2 + 1));
  if (!box) return null;
  const align = box.left >= at.x + radius ? "left" : box.right <= at.x - radius ? "right" : "center"; // towards its node
  const x = align === "left" ? box.left + 2 : align === "right" ? box.right - 2 : (box.left + box.right) / 2;
  return { ...wish, lines, align, x, y: box.top + 1, font, box, dim: SHOWN.near !== null && !SHOWN.near.has(node) };
};
const makeRoom = (ctx, wish, { discs, names, labels, screen, ways }) => { // moves one name aside for another that has no place; null where that does not help
  for (const tall of [false, true]) {
    const label = lettered(ctx, wish, { tall }, (boxes) => boxes.find((box) => {
      if (isCut(box, screen) || !discs.free(box)) return false;
      const there = labels.filter((one) => meet(one.box, box));
      if (there.length !== 1 || there[0].node < 0 || there[0].must) return false;
      names.release(there[0].box);
      names.take(box);
      const aside = lettered(ctx, there[0], {}, (places) => bestOf(places, [discs, names], screen, ways));
      names.release(box);
      names.take((aside ?? there[0]).box);
      if (aside) labels[labels.indexOf(there[0])] = aside;
      return aside !== null;
    }));
    if (label) return label;
  }
  return null;
};

const OPEN = 150; // nodes up to which all links say what they mean, where they are long enough
const linksToName = (screen) => {
  if (SHOWN.path) return SHOWN.path.slice(1).map((node, i) => G.linkBetween(SHOWN.path[i], node));
  if (state.link >= 0) return [state.link];
  if (state.node >= 0) return G.linksAt(state.node).slice(0, 80);
  return SHOWN.nodeCount <= OPEN && screen.right - screen.left > 500 ? SHOWN.links.keys() : [];
};
const linkLabels = function* (ctx, view, screen, names, discs) { // the relations, on their links
  const font = `11px ${SANS}`, spare = SHOWN.near ? 20 : 26; // px of a line that must be left
  for (const link of linksToName(screen)) {
    if (!SHOWN.links[link]) continue;
    const a = view.toScreen(G.x[G.linkFrom[link]], G.y[G.linkFrom[link]]), b = view.toScreen(G.x[G.linkTo[link]], G.y[G.linkTo[link]]);
    const relations = new Set([...G.factsOf(link)].filter(factShown).map((fact) => termName(G.relations[G.facts.r[fact]])));
    const text = [...relations].join(" · "), width = widthOf(ctx, text, font);
    if (Math.hypot(a.x - b.x, a.y - b.y) < width + spare) continue;
    for (const part of [0.5, 0.42, 0.58]) {
      const x = a.x + (b.x - a.x) * part, y = a.y + (b.y - a.y) * part - 7;
      const box = { left: x - width / 2 - 3, right: x + width / 2 + 3, top: y, bottom: y + 15 };
      if (!names.free(box) || !discs.free(box)) continue;
      names.take(box);
      yield { node: -1, link, lines: [text], align: "center", x, y, size: 11, font, box, soft: true };
      break;
    }
  }
};

const carried = (label, before, now) => { // a label at the place where its node is now
  const old = before.toWorld(label.x, label.y), at = now.toScreen(old.x, old.y);
  if (label.node >= 0) {
    const was = before.toScreen(G.x[label.node], G.y[label.node]), is = now.toScreen(G.x[label.node], G.y[label.node]);
    Object.assign(at, { x: label.x + is.x - was.x, y: label.y + is.y - was.y });
  }
  return shifted(label, at.x - label.x, at.y - label.y);
};
const shifted = (label, dx, dy) => ({
  ...label, x: label.x + dx, y: label.y + dy,
  box: { left: label.box.left + dx, right: label.box.right + dx, top: label.box.top + dy, bottom: label.box.bottom + dy },
});

const hitAt = (x, y, view, labels, slack = 5) => { // what lies under a point: a node (or its label), else a community's name, else a link
  const node = pickNode(x, y, view, slack);
  if (node >= 0) return { node, link: -1, group: -1 };
  const seen = (labels.view ?? view).k === view.k && labels.find(({ box }) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
  if (seen && seen.node >= 0) return { node: seen.node, link: -1, group: -1 };
  if (seen && seen.group !== undefined) return { node: -1, link: -1, group: seen.group };
  if (seen && SHOWN.links[seen.link]) return { node: -1, link: seen.link, group: -1 };
  return { node: -1, link: pickLink(x, y, view, slack), group: -1 };
};
