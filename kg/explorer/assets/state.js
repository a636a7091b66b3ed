// What the reader has chosen. Everything that is shown follows from this and the data.
const state = {
  lang: "zh", theme: "light",
  node: -1, link: -1, // selected
  focus: -1, steps: 0, // neighbours of a node alone
  path: null, // [from, to]
  group: -1, // an opened community
  kinds: new Set(), relations: new Set(), // switched off
  place: -1, from: "", to: "", least: 0, others: false,
  hidden: new Set(), pinned: new Map(), // pinned: node → [x, y]
};
const watchers = [];
const watch = (watcher) => watchers.push(watcher);
const past = []; // earlier states, as hashes

const change = (patch, { remember = false } = {}) => {
  if (remember) past.push(hashOf(state));
  Object.assign(state, patch);
  for (const watcher of watchers) watcher(patch);
};
const select = (node, link = -1) => {
  if (node === state.node && link === state.link) return;
  change({ node, link }, { remember: true });
};
