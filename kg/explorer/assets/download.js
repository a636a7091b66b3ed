// Hands the reader a file, made here; nothing is sent.
const download = (blob, fileName) => {
  const address = URL.createObjectURL(blob), link = element("a", { href: address, download: fileName });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};
const fileTitle = () => document.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-+|-+$/g, "") || "graph";
