// The query editor, with our endpoint, prefixes and examples, and nobody else's.
"use strict";
(() => {
  const given = JSON.parse(document.getElementById("given").textContent);
  const endpoint = new URL("/sparql", location.href).href;
  const { Yasgui } = window.Yasgui ? (window.Yasgui.Yasgui ? window.Yasgui : { Yasgui: window.Yasgui.default || window.Yasgui }) : {};
  const used = (text) => Object.entries(given.prefixes).filter(([name]) => new RegExp(`(^|[^\\w:])${name}:`).test(text));
  const declared = (text) => {
    const lines = used(text).map(([name, iri]) => `PREFIX ${name}: <${iri}>`);
    const [, remarks, query] = /^((?:#.*\n)*)([^]*)$/.exec(text);
    return `${remarks}${lines.join("\n")}${lines.length ? "\n" : ""}${query}`;
  };
  const first = declared(given.examples[0] || "SELECT * WHERE { ?s ?p ?o } LIMIT 10\n");
  Yasgui.Yasqe.defaults.autocompleters = ["variables", "prefixes"];
  Yasgui.Yasqe.forkAutocompleter("prefixes", {
    name: "prefixes-here",
    persistenceId: null,
    get: () => Object.entries(given.prefixes).map(([name, iri]) => `${name}: <${iri}>`).sort(),
  });
  Yasgui.Yasqe.defaults.autocompleters = ["variables", "prefixes-here"];
  Yasgui.Yasr.defaults.prefixes = given.prefixes;
  // Names without quotation marks and language tags, unless somebody wants them.
  const { table } = Yasgui.Yasr.plugins;
  Yasgui.Yasr.registerPlugin("table", class extends table {
    constructor(...all) {
      super(...all);
      this.persistentConfig = { compact: true, ...this.persistentConfig };
    }
  });
  // What the graph names is shown by its page here, whatever server its address speaks of.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.iri");
    if (link && link.href.startsWith(given.base)) link.href = `/id/${link.href.slice(given.base.length)}`;
  }, true);
  const editor = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: false,
    persistenceId: "kg",
    yasqe: { value: first, createShareableLink: null },
    yasr: { prefixes: given.prefixes },
  });
  window.kgEditor = editor;
  const put = (text) => {
    const tab = editor.getTab();
    tab.setEndpoint(endpoint);
    tab.setQuery(text);
  };
  for (const tab of Object.values(editor._tabs || {})) tab.setEndpoint(endpoint);
  document.getElementById("examples").addEventListener("change", (event) => {
    if (event.target.value === "") return;
    put(declared(given.examples[Number(event.target.value)]));
    editor.getTab().query();
    event.target.value = "";
  });
  document.documentElement.dataset.ready = "yes";
})();
