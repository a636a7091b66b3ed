// What is seen, as a picture or as data.
const exportPng = (view) => {
  const scale = 2, canvas = element("canvas");
  canvas.width = view.width * scale;
  canvas.height = view.height * scale;
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  runThrough(paintAll(ctx, view));
  canvas.toBlob((blob) => download(blob, `${fileTitle()}.png`), "image/png");
};

const xml = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
  .replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const round = (value) => Math.round(value * 10) / 10;
const pathOf = (shape, x, y, radius) => `M${OUTLINES[shape].map(([a, b]) => `${round(x + a * radius)} ${round(y + b * radius)}`).join("L")}Z`;
const svgNode = (view, node) => {
  const { x, y } = view.toScreen(G.x[node], G.y[node]), radius = screenRadius(node, view.k), shape = SHAPES[G.kind[node] % SHAPES.length];
  const dim = SHOWN.near && !SHOWN.near.has(node) ? ` opacity="${DIM}"` : "", look = `fill="${COLOURS.kinds[G.kind[node]]}" stroke="${COLOURS.paper}"${dim}`;
  const title = `<title>${xml(short(G.name[node], 300))}</title>`;
  return shape === "circle" ? `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" ${look}>${title}</circle>` : `<path d="${pathOf(shape, x, y, radius)}" ${look}>${title}</path>`;
};
const svgLink = (view, link) => {
  const a = view.toScreen(G.x[G.linkFrom[link]], G.y[G.linkFrom[link]]), b = view.toScreen(G.x[G.linkTo[link]], G.y[G.linkTo[link]]), strong = standsOut(link);
  const look = strong ? `stroke="${COLOURS["link-strong"]}" stroke-width="1.6"` : `stroke="${COLOURS.link}" opacity="${SHOWN.near ? 0.15 : SHOWN.linkCount > 6000 ? 0.28 : 0.7}"`;
  const dash = SHOWN.links[link] === DASHED ? ' stroke-dasharray="4 4"' : "";
  return `<line x1="${round(a.x)}" y1="${round(a.y)}" x2="${round(b.x)}" y2="${round(b.y)}" ${look}${dash}/>`;
};
const ANCHORS = { left: "start", center: "middle", right: "end" };
const svgLabel = (label) => {
  const [, style, size, family] = /^(.*?)([\d.]+)px (.*)$/.exec(label.font);
  const lines = label.lines.map((line, i) => `<tspan x="${round(label.x)}" y="${round(label.y + label.size * (0.86 + i * 1.2))}">${xml(line)}</tspan>`).join("");
  return `<text font-size="${size}" font-weight="${style.trim() || 400}" font-family="${xml(family)}" text-anchor="${ANCHORS[label.align]}" fill="${label.soft ? COLOURS.soft : COLOURS.ink}" stroke="${COLOURS.halo}" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round"${label.dim ? ` opacity="${DIM}"` : ""}>${lines}</text>`;
};
const svgPlate = ({ box }) => `<rect x="${round(box.left + 1)}" y="${round(box.top)}" width="${round(box.right - box.left - 2)}" height="${round(box.bottom - box.top)}" fill="${COLOURS.paper}"/>`;
const svgText = (view) => {
  const ctx = element("canvas").getContext("2d"), visible = (node) => {
    const at = view.toScreen(G.x[node], G.y[node]);
    return SHOWN.nodes[node] && at.x > -30 && at.y > -30 && at.x < view.width + 30 && at.y < view.height + 30;
  };
  const links = [...SHOWN.links.keys()].filter((link) => SHOWN.links[link] && (visible(G.linkFrom[link]) || visible(G.linkTo[link])));
  const nodes = [...G.bySize].reverse().filter(visible), labels = placeLabels(ctx, view);
  return [`<svg xmlns="http://www.w3.org/2000/svg" width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}">`,
    `<title>${xml(document.title)}</title><rect width="100%" height="100%" fill="${COLOURS.paper}"/>`,
    ...links.map((link) => svgLink(view, link)), ...labels.filter(hasPlate).map(svgPlate), ...nodes.map((node) => svgNode(view, node)), ...labels.map(svgLabel), "</svg>"].join("\n");
};
const exportSvg = (view) => download(new Blob([svgText(view)], { type: "image/svg+xml" }), `${fileTitle()}.svg`);

const iri = (key) => `<${(wordsData().base + key).replace(/[\u0000-\u0020<>"{}|\\^`]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (sign) => (sign >= "\ud800" ? "%EF%BF%BD" : encodeURIComponent(sign)))}>`;
const literal = (text) => `"${text.replace(/["\\\u0000-\u001f\u007f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")}"@zh`;
const turtleText = () => { // the entities shown, and between them the facts that hold
  const words = wordsData(), term = (id) => `<${words.ontology}${words.terms[id]?.iri ?? id}>`;
  const out = ["@prefix skos: <http://www.w3.org/2004/02/skos/core#> .", ""];
  const facts = new Map();
  for (let fact = 0; fact < G.factCount; fact++) {
    if (!SHOWN.links[G.factLink[fact]] || !factShown(fact) || !isStanding(fact)) continue;
    if (!facts.has(G.facts.s[fact])) facts.set(G.facts.s[fact], []);
    facts.get(G.facts.s[fact]).push(fact);
  }
  for (const node of shownNodes()) {
    const lines = [`${iri(G.keyOf(node))} a ${term(G.kinds[G.kind[node]])}`, `    skos:prefLabel ${literal(G.name[node])}`, ...G.aliases(node).map((one) => `    skos:altLabel ${literal(one)}`)];
    for (const line of new Set((facts.get(node) ?? []).map((fact) => `    ${term(G.relations[G.facts.r[fact]])} ${iri(G.keyOf(G.facts.o[fact]))}`))) lines.push(line);
    out.push(`${lines.join(" ;\n")} .`);
  }
  return `${out.join("\n")}\n`;
};
const exportTurtle = () => download(new Blob([turtleText()], { type: "text/turtle" }), `${fileTitle()}.ttl`);
