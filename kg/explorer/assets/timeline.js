// Facts over time, a bar a month (a year when there are many); dragging chooses a period.
const timeline = (() => {
  const months = new Map();
  let undated = 0;
  for (let i = 0; i < G.factCount; i++) {
    const date = G.facts.since[i];
    if (date === "") { undated++; continue; }
    const month = date.length >= 7 ? date.slice(0, 7) : `${date.slice(0, 4)}-01`;
    months.set(month, (months.get(month) ?? 0) + 1);
  }
  const keys = [...months.keys()].sort();
  const index = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const label = (i) => `${String(Math.floor(i / 12)).padStart(4, "0")}-${String((i % 12) + 1).padStart(2, "0")}`;
  if (!keys.length) return { bars: [], undated, index, label, first: 0, step: 1 };
  const first = index(keys[0]), last = index(keys[keys.length - 1]), step = last - first > 240 ? 12 : 1;
  const start = Math.floor(first / step) * step;
  const bars = new Array(Math.floor((last - start) / step) + 1).fill(0);
  for (const [month, count] of months) bars[Math.floor((index(month) - start) / step)] += count;
  return { bars, undated, index, label, first: start, step };
})();

const showTimeline = (() => {
  let canvas; // stays, lest a second click fall on another one
  return () => {
    const box = document.getElementById("timeline"), { bars, undated } = timeline;
    if (!bars.length) return;
    const range = state.from || state.to ? `${state.from || "…"} – ${state.to || "…"}` : `${timeline.label(timeline.first)} – ${timeline.label(timeline.first + bars.length * timeline.step - 1)}`;
    const head = element("div", { class: "head" }, element("strong", {}, say("timeline")), element("span", { id: "period" }, range), undated ? element("span", {}, say("undated", number(undated))) : null);
    if (canvas) box.firstChild.replaceWith(head);
    else {
      box.append(head, (canvas = element("canvas", { id: "bars" })));
      brush(canvas);
    }
    canvas.title = say("timelineHint");
    canvas.setAttribute("aria-label", canvas.title);
    drawBars(canvas);
  };
})();
const barAt = (canvas, x) => Math.min(timeline.bars.length - 1, Math.max(0, Math.floor((x / canvas.clientWidth) * timeline.bars.length)));
const drawBars = (canvas, chosen = null) => {
  const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight, { bars, first, step, index } = timeline;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const ctx = canvas.getContext("2d"), each = width / bars.length, most = Math.max(...bars), floor = height - 14;
  const from = chosen ? chosen[0] : state.from ? Math.floor((index(state.from.padEnd(7, "-01")) - first) / step) : 0;
  const to = chosen ? chosen[1] : state.to ? Math.floor((index(state.to.padEnd(7, "-12")) - first) / step) : bars.length;
  ctx.scale(ratio, ratio);
  ctx.font = `10px ${SANS}`;
  let labelled = -60;
  bars.forEach((count, i) => {
    const high = count ? Math.max(2, (count / most) * (floor - 2)) : 0, gap = Math.min(1.5, each * 0.2), wide = Math.min(each - gap, 26);
    ctx.fillStyle = i >= from && i <= to ? COLOURS.faint : COLOURS.rule;
    ctx.fillRect(i * each + (each - wide) / 2, floor - high, wide, high);
    const month = first + i * step, here = i * each + (each - wide) / 2;
    if ((month % 12 === 0 || i === 0) && here - labelled > 44) {
      ctx.fillStyle = COLOURS.soft;
      ctx.fillText(month % 12 === 0 || step === 12 ? String(Math.floor(month / 12)) : timeline.label(month), here, height - 2);
      labelled = here;
    }
  });
  ctx.fillStyle = COLOURS.rule;
  ctx.fillRect(0, floor, width, 1);
};
const brush = (canvas) => {
  let start = -1;
  const period = (event) => [start, barAt(canvas, event.offsetX)].sort((a, b) => a - b);
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); start = barAt(canvas, event.offsetX); });
  canvas.addEventListener("pointermove", (event) => { if (start >= 0) drawBars(canvas, period(event)); });
  canvas.addEventListener("pointerup", (event) => {
    if (start < 0) return;
    const [from, to] = period(event), at = (bar) => timeline.label(timeline.first + bar * timeline.step);
    start = -1;
    change({ from: at(from), to: timeline.step === 1 ? at(to) : timeline.label(timeline.first + to * 12 + 11) }, { remember: true });
  });
  canvas.addEventListener("dblclick", () => change({ from: "", to: "" }));
};
