// What is asked of the server: the network, its figures, the records behind a tie. A later question ends the earlier
// one, so that a late answer never replaces a newer one.
import { toQuery } from "./settings.js";

export class Server {
  constructor(base) {
    this.base = base;
    this.key = null;
    this.running = new Map();
  }

  address(path, settings, more = {}) {
    const query = toQuery(settings);
    if (this.key) query.set("key", this.key);
    for (const [name, value] of Object.entries(more)) query.set(name, value);
    return `${this.base}${path}${String(query) ? `?${query}` : ""}`;
  }

  // Whole time, all kinds, nobody taken out: the page applies these itself.
  async data(settings) {
    const asked = {
      ...settings,
      from: null,
      until: null,
      kinds: null,
      sectors: null,
      minimum: 0,
      office: "with",
      without: new Set(),
    };
    const data = await this.ask("data/", asked);
    if (data) this.key = data.meta.key;
    return data;
  }

  figures(settings) {
    return this.ask("figures/", settings);
  }

  tie(settings, a, b) {
    return this.ask("tie/", settings, { a, b });
  }

  cancel(path) {
    this.running.get(path)?.abort();
  }

  // Returns null when a later question of the same sort has made this one needless.
  async ask(path, settings, more) {
    this.cancel(path);
    const controller = new AbortController();
    this.running.set(path, controller);
    try {
      const response = await fetch(this.address(path, settings, more), {
        headers: { Accept: "application/json" },
        signal: controller.signal,
      });
      if (!response.ok) throw new RefusedError(await errorsOf(response));
      return await response.json();
    } catch (error) {
      if (error.name === "AbortError") return null;
      throw error;
    }
  }
}

// The server's own words about what is wrong with a question.
export class RefusedError extends Error {}

async function errorsOf(response) {
  if (response.status !== 400) return "";
  const { errors } = await response.json();
  return Object.values(errors).flat().join(" ");
}
