// Registers the service worker that has a page ready for when there is no network; takes it away where it is switched off.
export async function initWorker() {
  if (!navigator.serviceWorker) return;
  const address = document.body.dataset.worker;
  try {
    if (address) await navigator.serviceWorker.register(address, { updateViaCache: "none" });
    else for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  } catch {
    // private mode, or no https: notes are kept all the same, only the page without a network is the browser's own
  }
}
