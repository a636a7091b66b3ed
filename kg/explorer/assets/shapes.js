// The mark of each kind: a shape and a colour, so that neither alone must carry the difference.
const SHAPES = ["circle", "square", "triangle", "hexagon", "diamond", "star"];
const COLOURS = {};
const readColours = () => {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "card", "ink", "soft", "faint", "rule", "accent", "link", "link-strong", "halo", ...G.kinds];
  for (const name of names) COLOURS[name] = style.getPropertyValue(`--${name}`).trim();
  COLOURS.kinds = G.kinds.map((kind) => COLOURS[kind] || COLOURS.soft) /* a kind of the user's own has none */;
};
const corners = (turn, radii) => radii.map((radius, i) => {
  const angle = turn + (i * 2 * Math.PI) / radii.length;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
});
const UP = -Math.PI / 2;
const OUTLINES = { // corners for a radius of 1; areas about alike
  square: corners(Math.PI / 4, [1.22, 1.22, 1.22, 1.22]),
  triangle: corners(UP, [1.35, 1.35, 1.35]),
  hexagon: corners(0, [1.1, 1.1, 1.1, 1.1, 1.1, 1.1]),
  diamond: corners(UP, [1.35, 1.05, 1.35, 1.05]),
  star: corners(UP, Array.from({ length: 10 }, (_, i) => (i % 2 ? 0.68 : 1.4))),
};
const traceShape = (ctx, shape, x, y, radius) => {
  if (shape === "circle") {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const outline = OUTLINES[shape];
  ctx.moveTo(x + outline[0][0] * radius, y + outline[0][1] * radius);
  for (let i = 1; i < outline.length; i++) ctx.lineTo(x + outline[i][0] * radius, y + outline[i][1] * radius);
  ctx.closePath();
};
// Nodes shrink more slowly than the plane, so that they can be seen from afar.
const screenRadius = (node, k) => Math.max(G.count > LARGE ? 0.9 : 1.1, G.r[node] * Math.sqrt(k));

const badge = (kind, size = 16) => { // a small canvas with the mark of a kind
  const canvas = document.createElement("canvas"), scale = 2;
  canvas.width = canvas.height = size * scale;
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  ctx.beginPath();
  traceShape(ctx, SHAPES[kind % SHAPES.length], (size * scale) / 2, (size * scale) / 2, size * scale * 0.33);
  ctx.fillStyle = COLOURS.kinds[kind];
  ctx.fill();
  return canvas;
};
