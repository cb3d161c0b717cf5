// The network explorer: an island that reads the graph as JSON. What it consists of lies in network/, one subject
// per file; this only fetches and starts.
import { Explorer } from "./network/explorer.js";
import { Server } from "./network/server.js";
import { fromAddress } from "./network/settings.js";
import { one, words } from "./network/words.js";

function showProblem(text) {
  const box = one("#network-status");
  box.hidden = false;
  box.textContent = text;
}

async function start() {
  const root = one("#network");
  const settings = fromAddress(location.search);
  const server = new Server(root.dataset.base);
  let data;
  try {
    data = await server.data(settings);
  } catch (error) {
    showProblem(error.message && error.name !== "TypeError" ? error.message : words("notLoaded"));
    return;
  }
  performance.mark("network-data");
  one("#network-wait").hidden = true;
  if (!data.nodes.length) {
    one("#network-empty").hidden = false;
    one("#network-share").hidden = true;
    root.dataset.ready = "true";
    return;
  }
  const note = one("#network-bounded");
  note.hidden = !data.meta.bounded;
  one("[data-text]", note).textContent = data.meta.bounded ?? "";
  one("#network-body").hidden = false;
  const explorer = new Explorer(root, server, settings, data);
  // For tests and for whoever looks in from the console.
  window.networkExplorer = explorer;
  await explorer.start();
}

start();
