// Drawing of large graphs: while the view moves, the last picture is moved and stretched; when it rests, it is drawn
// anew in slices. Behind it lies a picture of the whole, so that nothing is blank at the edges.
const createEngine = (container, on) => {
  const canvas = document.createElement("canvas"), ctx = canvas.getContext("2d", { alpha: false });
  container.append(canvas);
  let view = makeView(0, 0, 1, 1, 1), labels = [], sharp = null, whole = null, work = null, rest = 0, asked = 0, flight = null;
  const MARGIN = 0.25, REST = 110, SLICE = 7, WHOLE = 1400; // part of the screen, ms, ms, px

  const ratio = () => Math.min(2, window.devicePixelRatio || 1);
  const sheet = (width, height, scale) => {
    const one = document.createElement("canvas");
    one.width = Math.max(1, Math.round(width * scale));
    one.height = Math.max(1, Math.round(height * scale));
    const pen = one.getContext("2d", { alpha: false });
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    return { one, pen };
  };
  const blit = (picture) => {
    const from = picture.view, k = view.k / from.k;
    const left = (from.x - view.x) * view.k + view.width / 2 - (from.width * k) / 2;
    const top = (from.y - view.y) * view.k + view.height / 2 - (from.height * k) / 2;
    ctx.drawImage(picture.one, left, top, from.width * k, from.height * k);
  };
  const frame = () => {
    cancelAnimationFrame(asked);
    asked = 0;
    if (flight) fly();
    ctx.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    ctx.fillStyle = COLOURS.paper;
    ctx.fillRect(0, 0, view.width, view.height);
    if (whole && (!sharp || !covers(sharp.view))) blit(whole);
    if (sharp) blit(sharp);
    if (flight) ask();
  };
  const covers = (from) => from.width / from.k >= view.width / view.k + 2 * Math.abs(from.x - view.x) && from.height / from.k >= view.height / view.k + 2 * Math.abs(from.y - view.y);
  const ask = () => { asked ||= requestAnimationFrame(frame); };

  const redraw = (done) => { // begins a new sharp picture; an unfinished one is left off
    clearTimeout(rest);
    const wide = makeView(view.x, view.y, view.k, view.width * (1 + 2 * MARGIN), view.height * (1 + 2 * MARGIN));
    const { one, pen } = sheet(wide.width, wide.height, ratio());
    const turn = { steps: paintAll(pen, wide, { most: 420, edge: MARGIN / (1 + 2 * MARGIN) }), done: (found) => {
      sharp = { one, view: wide };
      labels = found.map((label) => shifted(label, -view.width * MARGIN, -view.height * MARGIN));
      labels.view = wide;
      done?.();
      frame();
      on.drawn();
    } };
    work = turn;
    requestAnimationFrame(() => slice(turn));
  };
  const slice = (turn) => {
    if (work !== turn) return;
    const until = performance.now() + SLICE;
    for (;;) {
      const step = turn.steps.next();
      if (step.done) { work = null; turn.done(step.value); return; }
      if (performance.now() > until) break;
    }
    requestAnimationFrame(() => slice(turn));
  };
  const drawWhole = () => {
    const all = fitting(bySizeShown(), WHOLE, WHOLE * (view.height / view.width), 1);
    const { one, pen } = sheet(all.width, all.height, 1);
    const turn = { steps: paintAll(pen, all, { most: 0 }), done: () => { whole = { one, view: all }; } };
    work = turn;
    requestAnimationFrame(() => slice(turn));
  };
  const bySizeShown = () => shownNodes();
  const settle = () => {
    clearTimeout(rest);
    rest = setTimeout(() => redraw(whole ? undefined : drawWhole), REST);
  };
  const moved = (next) => {
    view = next;
    work = null;
    ask();
    settle();
  };
  const fly = () => {
    const part = Math.min(1, (performance.now() - flight.start) / flight.milliseconds), ease = part * part * (3 - 2 * part);
    const k = flight.from.k * Math.pow(flight.to.k / flight.from.k, ease);
    const mix = (a, b) => a + (b - a) * ease;
    view = makeView(mix(flight.from.x, flight.to.x), mix(flight.from.y, flight.to.y), k, view.width, view.height);
    if (part === 1) { flight = null; settle(); }
  };

  const engine = {
    view: () => view,
    labels: () => labels,
    show: ({ x, y, k }, milliseconds = 0) => {
      const next = makeView(x, y, bounded(k), view.width, view.height);
      if (!milliseconds) { flight = null; moved(next); return; }
      flight = { from: view, to: next, start: performance.now(), milliseconds };
      work = null;
      ask();
    },
    draw: () => { whole = null; redraw(drawWhole); },
    place: () => redraw(),
    resize: () => {
      canvas.width = Math.round(container.clientWidth * ratio());
      canvas.height = Math.round(container.clientHeight * ratio());
      view = makeView(view.x, view.y, view.k, container.clientWidth, container.clientHeight);
      ask();
      settle();
    },
  };
  gestures(canvas, engine, on);
  return engine;
};
