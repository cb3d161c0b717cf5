// Shows a page of our own when there is no network. Everything else comes from the network, always: no page with
// personal data is ever kept. What stands before this code (crm/offline.py) names the version and the files.
/* global OFFLINE, FILES, VERSION */
const PREFIX = "offline-";
const NAME = PREFIX + VERSION;
const KNOWN = new Set(FILES.map((file) => new URL(file, self.location).href));

async function fill() {
  const cache = await caches.open(NAME);
  // Without cookies: what is kept is the same for everybody.
  await cache.addAll([OFFLINE, ...FILES].map((file) => new Request(file, { cache: "reload", credentials: "omit" })));
}

async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request)) ?? Response.error();
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(OFFLINE)));
  else if (KNOWN.has(request.url)) event.respondWith(fetch(request).catch(() => kept(request)));
});
