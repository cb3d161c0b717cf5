// What of a browser the scripts under test touch: a storage, cookies, events. Each test gets its own.
const put = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

// Entries are own properties, as in a browser; methods are not.
class Storage {
  getItem(name) {
    return Object.hasOwn(this, name) ? this[name] : null;
  }

  setItem(name, value) {
    if (this.isFull) throw new DOMException("full", "QuotaExceededError");
    this[name] = String(value);
  }

  removeItem(name) {
    delete this[name];
  }
}

// As a page of one's own sees them: one string to read, one cookie at a time to write.
function cookies(jar) {
  return {
    get: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
    set: (line) => {
      const [, name, value, rest] = line.match(/^([^=]+)=([^;]*)(.*)$/);
      if (/Max-Age=0/.test(rest)) jar.delete(name);
      else jar.set(name, value);
    },
  };
}

export function openPage(entries = {}) {
  const [document, jar] = [new EventTarget(), new Map()];
  Object.defineProperty(document, "cookie", cookies(jar));
  put("document", document);
  put("localStorage", Object.assign(new Storage(), entries));
  put("navigator", {});
}

export const stored = () => ({ ...localStorage });

export function blockStorage() {
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("blocked", "SecurityError");
    },
  });
}

// Without taking any room itself.
export const fillStorage = () => Object.defineProperty(localStorage, "isFull", { value: true });
