// The graph in typed arrays: nodes, links (two nodes, however many facts join them), facts, and who is whose neighbour.
const buckets = (count, size, of) => { // lists of 0..size-1 by of(i), packed: the list of b is items[start[b]..start[b + 1]]
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < size; i++) start[of(i) + 1]++;
  for (let i = 0; i < count; i++) start[i + 1] += start[i];
  const items = new Uint32Array(size), next = start.slice();
  for (let i = 0; i < size; i++) items[next[of(i)]++] = i;
  return { start, items, list: (one) => items.subarray(start[one], start[one + 1]) };
};

const extent = (list) => list.reduce((most, one) => Math.max(most, one), -Infinity) - list.reduce((least, one) => Math.min(least, one), Infinity);
const MOST_STRETCH = 1.45;
const stretched = (x, y, dated) => { // how much wider or higher a graph may be drawn to fill the screen that it is first seen on
  const stage = document.getElementById("stage"), high = stage.clientHeight - (dated ? (innerWidth > 640 ? 74 : 62) : 0); // the timeline is not there yet
  const room = roomFor(stage.clientWidth, high), share = (room.wide / room.high) * (extent(y) / extent(x));
  if (!(share > 0 && share < Infinity)) return { x: 1, y: 1 };
  return share > 1 ? { x: Math.min(MOST_STRETCH, share), y: 1 } : { x: 1, y: Math.min(MOST_STRETCH, 1 / share) };
};

const G = (() => {
  const raw = graphData(), facts = raw.facts, count = raw.name.length, factCount = facts.s.length;
  const turned = innerHeight > 1.2 * innerWidth && extent(raw.x) > 1.2 * extent(raw.y); // a wide graph stands upright on an upright screen
  const across = turned ? raw.y : raw.x, down = turned ? raw.x : raw.y, stretch = stretched(across, down, facts.since.some(Boolean));
  const x = Float64Array.from(across, (one) => one * stretch.x), y = Float64Array.from(down, (one) => one * stretch.y);
  const numbers = new Map(), factLink = new Uint32Array(factCount), from = [], to = [];
  const pair = (a, b) => (a < b ? a * count + b : b * count + a);
  for (let i = 0; i < factCount; i++) {
    const id = pair(facts.s[i], facts.o[i]);
    let link = numbers.get(id);
    if (link === undefined) {
      numbers.set(id, (link = from.length));
      from.push(facts.s[i]);
      to.push(facts.o[i]);
    }
    factLink[i] = link;
  }
  const links = from.length, linkFrom = Uint32Array.from(from), linkTo = Uint32Array.from(to);
  const ofLink = buckets(links, factCount, (i) => factLink[i]);
  const ends = buckets(count, 2 * links, (i) => (i % 2 ? linkTo : linkFrom)[i >> 1]);
  const around = Uint32Array.from(ends.items, (one) => one >> 1);
  const keyOf = (i) => raw.key[i] ?? `${raw.kinds[raw.kind[i]]}/${raw.name[i]}`;
  let byKey;
  const indexOf = (key) => {
    byKey ??= new Map(raw.name.map((_, i) => [keyOf(i), i]));
    return byKey.get(key) ?? -1;
  };
  const degree = new Uint32Array(count);
  for (let i = 0; i < links; i++) { degree[linkFrom[i]]++; degree[linkTo[i]]++; }
  const bySize = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => raw.r[b] - raw.r[a] || a - b);
  const groups = raw.group.reduce((most, one) => Math.max(most, one + 1), 0);
  const hubs = Array.from({ length: groups }, () => []); // members of each community, most connected first
  for (const node of bySize) hubs[raw.group[node]].push(node);
  return {
    count, links, factCount, facts, turned, stretch, x, y, r: Float32Array.from(raw.r), name: raw.name, kind: raw.kind, kinds: raw.kinds,
    relations: raw.relations, modalities: raw.modalities, tenures: raw.tenures, documents: raw.documents,
    aliases: (i) => raw.aliases[i] ?? [], code: (i) => raw.code[i], subclass: (i) => raw.subclass[i],
    reference: new Set(facts.reference), group: raw.group, hubs, bySize, degree,
    linkFrom, linkTo, factLink, factsOf: ofLink.list, keyOf, indexOf,
    linksAt: (node) => around.subarray(ends.start[node], ends.start[node + 1]),
    across: (link, node) => (linkFrom[link] === node ? linkTo[link] : linkFrom[link]),
    linkBetween: (a, b) => numbers.get(pair(a, b)) ?? -1,
  };
})();
