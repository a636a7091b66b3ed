// Draws what is shown onto any canvas whose unit is a pixel of the screen; every engine and every picture uses it.
const paintLinks = function* (ctx, view, { chunk = 4000 } = {}) {
  const many = SHOWN.linkCount > 6000, plain = many ? 0.28 : 0.7;
  const groups = { [SOLID]: new Path2D(), [DASHED]: new Path2D(), strong: new Path2D() };
  const tips = new Path2D(), strongTips = new Path2D(), middle = view.k > 0.5;
  let drawn = 0;
  for (let link = 0; link < G.links; link++) {
    const kind = SHOWN.links[link];
    if (!kind) continue;
    const a = view.toScreen(G.x[G.linkFrom[link]], G.y[G.linkFrom[link]]), b = view.toScreen(G.x[G.linkTo[link]], G.y[G.linkTo[link]]);
    if (Math.max(a.x, b.x) < 0 || Math.max(a.y, b.y) < 0 || Math.min(a.x, b.x) > view.width || Math.min(a.y, b.y) > view.height) continue;
    const strong = standsOut(link), path = strong && kind === SOLID ? groups.strong : groups[kind];
    path.moveTo(a.x, a.y);
    path.lineTo(b.x, b.y);
    if (middle || strong) traceTip(strong ? strongTips : tips, a, b, screenRadius(G.linkTo[link], view.k));
    if (++drawn % chunk === 0) { strokeAll(ctx, groups, plain); groups[SOLID] = new Path2D(); groups[DASHED] = new Path2D(); yield; }
  }
  strokeAll(ctx, groups, plain);
  ctx.fillStyle = COLOURS.link;
  ctx.globalAlpha = SHOWN.near ? 0.15 : plain;
  ctx.fill(tips);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = ctx.fillStyle = COLOURS["link-strong"];
  ctx.lineWidth = 1.6;
  ctx.stroke(groups.strong);
  ctx.fill(strongTips);
};
const strokeAll = (ctx, groups, plain) => {
  ctx.strokeStyle = COLOURS.link;
  ctx.lineWidth = SHOWN.linkCount > 6000 ? 0.7 : 1;
  ctx.globalAlpha = SHOWN.near ? Math.min(0.15, plain) : plain;
  ctx.stroke(groups[SOLID]);
  ctx.setLineDash([4, 4]);
  ctx.globalAlpha = 0.8;
  ctx.stroke(groups[DASHED]);
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
};
const traceTip = (path, a, b, radius) => {
  const far = Math.hypot(b.x - a.x, b.y - a.y);
  if (far < radius + 14) return;
  const ux = (b.x - a.x) / far, uy = (b.y - a.y) / far, x = b.x - ux * (radius + 1.5), y = b.y - uy * (radius + 1.5);
  path.moveTo(x, y);
  path.lineTo(x - ux * 6 - uy * 2.4, y - uy * 6 + ux * 2.4);
  path.lineTo(x - ux * 6 + uy * 2.4, y - uy * 6 - ux * 2.4);
  path.closePath();
};

const paintNodes = function* (ctx, view, { chunk = 6000 } = {}) {
  const strength = view.k < groupZoom() ? FAR : 1;
  let drawn = 0;
  for (let i = G.count - 1; i >= 0; i--) { // larger ones last, on top
    const node = G.bySize[i];
    if (!SHOWN.nodes[node]) continue;
    const at = view.toScreen(G.x[node], G.y[node]), radius = screenRadius(node, view.k);
    if (at.x < -radius || at.y < -radius || at.x > view.width + radius || at.y > view.height + radius) continue;
    paintNode(ctx, node, at.x, at.y, radius, strength);
    if (++drawn % chunk === 0) yield;
  }
};
const FAR = 0.62; // of the dots of a large graph from afar, so that the names of its parts stand before them
const paintNode = (ctx, node, x, y, radius, strength = 1) => {
  const dim = SHOWN.near !== null && !SHOWN.near.has(node), colour = COLOURS.kinds[G.kind[node]];
  ctx.globalAlpha = dim ? DIM : radius < 4 ? strength : 1;
  ctx.fillStyle = colour;
  if (radius < 2.4) {
    ctx.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    ctx.globalAlpha = 1;
    return;
  }
  ctx.beginPath();
  traceShape(ctx, SHAPES[G.kind[node] % SHAPES.length], x, y, radius);
  ctx.fill();
  if (radius > 3.5) {
    ctx.strokeStyle = node === state.node ? COLOURS.ink : COLOURS.paper;
    ctx.lineWidth = node === state.node ? 2.5 : 1;
    ctx.stroke();
  }
  if (state.pinned.has(node)) {
    ctx.beginPath();
    ctx.arc(x, y, Math.max(1.5, radius * 0.3), 0, 2 * Math.PI);
    ctx.fillStyle = COLOURS.paper;
    ctx.fill();
  }
  ctx.globalAlpha = 1;
};

const DIM = 0.18; // what does not stand out
const hasPlate = ({ node, dim, soft }) => (node >= 0 || soft) && !dim;
const paintPlates = (ctx, labels) => { // under names, between links and nodes: no line runs through a name
  ctx.fillStyle = COLOURS.paper;
  for (const { box } of labels.filter(hasPlate)) ctx.fillRect(box.left + 1, box.top, box.right - box.left - 2, box.bottom - box.top);
};
const paintLabels = (ctx, labels) => {
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  for (const label of labels) {
    ctx.font = label.font;
    ctx.textAlign = label.align;
    ctx.globalAlpha = label.dim ? DIM : 1;
    ctx.strokeStyle = COLOURS.halo;
    ctx.lineWidth = label.group === undefined ? 3.5 : 6;
    ctx.fillStyle = label.soft ? COLOURS.soft : COLOURS.ink;
    label.lines.forEach((line, i) => {
      const y = label.y + i * label.size * 1.2;
      ctx.strokeText(line, label.x, y);
      ctx.fillText(line, label.x, y);
    });
  }
  ctx.globalAlpha = 1;
};

const paintAll = function* (ctx, view, { paper = true, ...how } = {}) { // in slices, so that a long drawing can be left off
  if (paper) {
    ctx.fillStyle = COLOURS.paper;
    ctx.fillRect(0, 0, view.width, view.height);
  }
  yield* paintLinks(ctx, view);
  const labels = placeLabels(ctx, view, how);
  paintPlates(ctx, labels);
  yield* paintNodes(ctx, view);
  paintLabels(ctx, labels);
  return labels;
};
const runThrough = (work) => {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
};
