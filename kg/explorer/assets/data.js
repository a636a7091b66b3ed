// Reads the data blocks of the page: each once, when it is first asked for.
const block = (name) => {
  let value;
  return () => {
    if (value === undefined) value = JSON.parse(document.getElementById(`data-${name}`).textContent);
    return value;
  };
};
const wordsData = block("words");
const graphData = block("graph");
const evidenceData = block("evidence");
const readingsData = block("readings");
const networkData = block("network");
