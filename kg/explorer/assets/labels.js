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
const wrapped = (name) => { // at most three lines; what is longer ends in …
  const signs = Array.from(printable(name.slice(0, 200)));
  const narrow = signs.filter((sign) => sign < "\u2000").length > signs.length / 2;
  const most = narrow ? LINE * 2 : LINE;
  const count = Math.min(LINES, Math.ceil(signs.length / most));
  const each = Math.min(most, Math.ceil(signs.length / count));
  const lines = [];
  for (let i = 0; i < count; i++) lines.push(signs.slice(i * each, (i + 1) * each).join(""));
  if (count * each < signs.length) lines[count - 1] = `${signs.slice((count - 1) * each, count * each - 1).join("")}…`;
  return lines;
};
const lineCache = new Map();
const linesOf = (node) => {
  let lines = lineCache.get(node);
  if (!lines) lineCache.set(node, (lines = wrapped(G.name[node])));
  return lines;
};

class Taken { // boxes of the screen that are in use
  constructor() { this.cells = new Map(); }
  *near(box) {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x++)
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y++) yield x * 4096 + y;
  }
  free(box) {
    for (const cell of this.near(box)) for (const one of this.cells.get(cell) ?? [])
      if (one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top) return false;
    return true;
  }
  take(box) {
    for (const cell of this.near(box)) this.cells.has(cell) ? this.cells.get(cell).push(box) : this.cells.set(cell, [box]);
  }
}

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

const placeLabels = (ctx, view, { most = 260, tries = 6000 } = {}) => {
  const taken = new Taken(), labels = [], near = SHOWN.near;
  takeDiscs(view, taken);
  for (const title of view.k < groupZoom() ? groupLabels(ctx, view, taken) : []) labels.push(title);
  for (const node of labelOrder()) {
    if (labels.length >= most || tries-- <= 0) break;
    if (!SHOWN.nodes[node]) continue;
    const at = view.toScreen(G.x[node], G.y[node]), radius = screenRadius(node, view.k);
    if (at.x < -60 || at.y < -30 || at.x > view.width + 60 || at.y > view.height + 30) continue;
    if (radius < 3 && labels.length > 30 && !near?.has(node)) continue;
    const size = Math.round(Math.min(16, Math.max(11, 9 + radius * 0.3)) * 2) / 2, font = fontOf(node, size);
    const lines = linesOf(node), width = Math.max(...lines.map((line) => widthOf(ctx, line, font)));
    const box = spotFor(at, radius, width, lines.length * size * 1.2, taken, view, node === state.node);
    if (!box) continue;
    taken.take(box);
    labels.push({ node, lines, x: (box.left + box.right) / 2, y: box.top + 1, size, font, box, dim: near !== null && !near.has(node) });
  }
  for (const label of linkLabels(ctx, view, taken)) labels.push(label);
  return labels;
};

const spotFor = (at, radius, width, high, taken, view, must) => { // a free box below, beside or above a node; null when all are taken, or cut by the edge unless it must be
  const w = width + 4, h = high + 1, gap = radius + 1, box = (left, top) => ({ left, top, right: left + w, bottom: top + h });
  const choices = [[at.x - w / 2, at.y + gap], [at.x + gap, at.y - h / 2], [at.x - gap - w, at.y - h / 2], [at.x - w / 2, at.y - gap - h]];
  for (const part of [0.25, 0.75, 0, 1]) choices.push([at.x - w * part, at.y + gap], [at.x - w * part, at.y - gap - h]);
  for (const part of [0.2, 0.8, 0, 1]) choices.push([at.x + gap, at.y - h * part], [at.x - gap - w, at.y - h * part]);
  const free = choices.map(([left, top]) => box(left, top)).filter((one) => taken.free(one));
  const whole = free.find((one) => one.left >= 0 && one.right <= view.width && one.top >= 0 && one.bottom <= view.height);
  return whole ?? (must ? free[0] : null) ?? null;
};

const linkLabels = function* (ctx, view, taken) { // the relations of what is selected, on its links
  if (state.node < 0 && state.link < 0 && !SHOWN.path) return;
  const links = SHOWN.path ? SHOWN.path.slice(1).map((node, i) => G.linkBetween(SHOWN.path[i], node)) : state.link >= 0 ? [state.link] : G.linksAt(state.node);
  const font = `11px ${SANS}`;
  for (const link of links.slice(0, 80)) {
    if (!SHOWN.links[link]) continue;
    const a = view.toScreen(G.x[G.linkFrom[link]], G.y[G.linkFrom[link]]), b = view.toScreen(G.x[G.linkTo[link]], G.y[G.linkTo[link]]);
    const names = new Set([...G.factsOf(link)].filter(factShown).map((fact) => termName(G.relations[G.facts.r[fact]])));
    const text = [...names].join(" · "), width = widthOf(ctx, text, font);
    if (Math.hypot(a.x - b.x, a.y - b.y) < width + 20) continue;
    const x = (a.x + b.x) / 2, y = (a.y + b.y) / 2 - 7;
    const box = { left: x - width / 2 - 3, right: x + width / 2 + 3, top: y, bottom: y + 15 };
    if (taken.free(box)) { taken.take(box); yield { node: -1, lines: [text], x, y, size: 11, font, box, soft: true }; }
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
  return { node: -1, link: pickLink(x, y, view, slack), group: -1 };
};
