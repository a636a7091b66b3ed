// Drawing by vis-network: it owns the camera, the gestures and the edges; nodes and labels are drawn as everywhere.
const createEngine = (container, on) => {
  const given = networkData(), ratio = () => window.devicePixelRatio || 1;
  for (const node of given.nodes) {
    node.x = G.x[node.id];
    node.y = G.y[node.id];
    node.shape = "custom";
    node.ctxRenderer = ({ ctx, id, x, y }) => drawn(ctx, id, x, y);
  }
  const nodes = new vis.DataSet(given.nodes), edges = new vis.DataSet(given.edges);
  const network = new vis.Network(container, { nodes, edges }, { ...given.options, autoResize: false });
  const canvas = container.querySelector("canvas");
  let labels = [], plates = false, labelView = null, seen = null, rest = 0, hiddenNow = new Uint8Array(G.count);
  const REST = 90; // ms

  let asked = 0;
  const redraw = () => { // once a frame, however often it is asked for
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      network.redraw();
      on.drawn();
    });
  };
  const scale = () => network.getScale();
  const middle = () => { // of what is drawn: getViewPosition is wrong between a change of the window and the next drawing
    const moved = network.body.view.translation;
    return { x: (canvas.width / ratio() / 2 - moved.x) / scale(), y: (canvas.height / ratio() / 2 - moved.y) / scale() };
  };
  const view = () => {
    const at = middle();
    return makeView(at.x, at.y, scale(), container.clientWidth, container.clientHeight);
  };
  const drawn = (ctx, id, x, y) => {
    const k = scale(), radius = SHOWN.nodes[id] ? screenRadius(id, k) : 0;
    const drawNode = () => {
      if (plates) { onScreen(ctx, () => paintPlates(ctx, labels)); plates = false; }
      if (!SHOWN.nodes[id]) return;
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(1 / k, 1 / k);
      paintNode(ctx, id, 0, 0, radius);
      ctx.restore();
    };
    const size = Math.max(radius, 6) / k;
    return { drawNode, nodeDimensions: { width: 2 * size, height: 2 * size } };
  };

  const styleEdges = () => { // options are read anew at every drawing
    const k = scale(), many = SHOWN.near ? 0.15 : G.links > 1200 ? 0.7 : 0.8;
    for (let link = 0; link < G.links; link++) {
      const options = network.body.edges[link].options, kind = SHOWN.links[link], strong = standsOut(link);
      options.hidden = !kind;
      options.width = (strong ? 1.7 : 1) / k;
      options.dashes = kind === DASHED ? [4 / k, 4 / k] : false;
      options.color.color = strong ? COLOURS["link-strong"] : COLOURS.link;
      options.color.opacity = strong ? 1 : kind === DASHED ? 0.8 : many;
      options.arrows.to.enabled = strong || k > 0.5;
      options.arrows.to.scaleFactor = 0.45 / k;
    }
  };
  const onScreen = (ctx, paint) => { // in pixels of the screen
    ctx.save();
    ctx.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    paint();
    ctx.restore();
  };
  network.on("beforeDrawing", (ctx) => {
    styleEdges();
    onScreen(ctx, () => chooseLabels(ctx, view()));
    plates = true; // painted when the first node is: after the edges
  });
  network.on("afterDrawing", (ctx) => onScreen(ctx, () => paintLabels(ctx, labels)));
  const chooseLabels = (ctx, now) => { // while the view moves, labels move with their nodes; when it rests, they are chosen anew
    const moving = seen && (seen.x !== now.x || seen.y !== now.y || seen.k !== now.k);
    seen = now;
    if (moving && labelView && Math.abs(Math.log(now.k / labelView.k)) < 0.2) {
      labels = apart(labels.map((label) => carried(label, labelView, now)));
    } else labels = placeLabels(ctx, now, { quick: moving });
    labelView = now;
    if (!moving) return;
    clearTimeout(rest);
    rest = setTimeout(redraw, REST);
  };

  const hit = ({ pointer }) => hitAt(pointer.DOM.x, pointer.DOM.y, view(), labels);
  network.on("click", (event) => on.tap(hit(event)));
  network.on("doubleClick", (event) => on.double(hit(event)));
  network.on("dragEnd", ({ nodes: moved }) => {
    network.unselectAll();
    if (!moved.length) return;
    const at = network.getPosition(moved[0]);
    on.dragged(moved[0], at.x, at.y);
  });
  network.on("hold", (event) => on.hold(hit(event)));
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && !event.buttons) on.hover(hitAt(event.offsetX, event.offsetY, view(), labels));
  });

  return {
    view,
    labels: () => labels,
    show: ({ x, y, k }, milliseconds = 0) => network.moveTo({
      position: { x, y }, scale: k, animation: milliseconds ? { duration: milliseconds, easingFunction: "easeInOutCubic" } : false,
    }),
    draw: () => {
      const changed = [];
      for (let i = 0; i < G.count; i++) if (hiddenNow[i] !== 1 - SHOWN.nodes[i]) changed.push({ id: i, hidden: !SHOWN.nodes[i] });
      hiddenNow = SHOWN.nodes.map((one) => 1 - one);
      if (changed.length) nodes.update(changed);
      redraw();
    },
    place: (node, x, y) => network.moveNode(node, x, y),
    resize: () => {
      const position = middle(), before = scale();
      network.setSize("100%", "100%"); // it would change the zoom with the window
      network.moveTo({ position, scale: before });
      redraw();
    },
  };
};
