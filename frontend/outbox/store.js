// Notes that wait in this browser until they can be sent: one entry of the storage each, under its user and the key
// of its draft. Nothing is ever shared in one entry, so two tabs cannot overwrite each other's notes.
const PREFIX = "outbox:";
const OWNER = "outbox-user";
const LONGEST_MS = 60 * 24 * 3600 * 1000;
export const CHANGED = "outboxchanged";

export const WAITING = "waiting";
export const LOOK = "look";

const nameOf = ({ user, source_key: key }) => `${PREFIX}${user}:${key}`;
const tell = () => document.dispatchEvent(new CustomEvent(CHANGED));

export const newKey = () =>
  crypto.randomUUID?.() ??
  [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

function entries() {
  try {
    return Object.entries(localStorage).filter(([name]) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(value) {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

export function notesOf(user) {
  return entries()
    .filter(([name]) => name.startsWith(`${PREFIX}${user}:`))
    .map(([, value]) => read(value))
    .filter(Boolean)
    .sort((one, other) => one.typed_at.localeCompare(other.typed_at));
}

// False where nothing can be kept: storage full or blocked. The caller then leaves the text where it is.
export function keep(note) {
  try {
    localStorage.setItem(nameOf(note), JSON.stringify(note));
  } catch {
    return false;
  }
  tell();
  return true;
}

// Only what is still there is changed: another tab may have sent or discarded it.
export function change(note, values) {
  if (localStorage.getItem(nameOf(note)) !== null) keep({ ...note, ...values });
}

export function remove(note) {
  localStorage.removeItem(nameOf(note));
  tell();
}

export function removeAllOf(user) {
  for (const note of notesOf(user)) localStorage.removeItem(nameOf(note));
  try {
    localStorage.removeItem(OWNER);
  } catch {
    // nothing kept, nothing to remove
  }
  tell();
}

export function removeOld() {
  const now = Date.now();
  for (const [name, value] of entries()) {
    const note = read(value);
    if (!note || now - Date.parse(note.typed_at) > LONGEST_MS) localStorage.removeItem(name);
  }
}

// The page that is shown without a network knows nobody; whose notes it keeps is said by the last page before it.
export function rememberOwner(owner) {
  try {
    localStorage.setItem(OWNER, JSON.stringify(owner));
  } catch {
    // then no notes can be kept either
  }
}

export function rememberedOwner() {
  try {
    return read(localStorage.getItem(OWNER));
  } catch {
    return null;
  }
}
