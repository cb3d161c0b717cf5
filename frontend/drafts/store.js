// Drafts as this browser keeps them: one entry of the storage each, under its user and its form.
export const PREFIX = "draft:";
const COOKIE = "saved_draft";
const LONGEST_MS = 14 * 24 * 3600 * 1000;

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // storage full or blocked: the form itself still works
  }
}

function draftKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

export function removeDrafts(matches) {
  for (const key of draftKeys()) if (matches(key, read(key))) localStorage.removeItem(key);
}

// The cookie of the last answer names the draft that was saved; it is read once.
function takeSavedToken() {
  const match = document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=([^;]+)`));
  if (!match) return null;
  document.cookie = `${COOKIE}=; Max-Age=0; Path=/; SameSite=Lax`;
  return decodeURIComponent(match[1]);
}

export function removeSaved() {
  const token = takeSavedToken();
  if (token) removeDrafts((_key, draft) => draft?.token === token);
}

// What cannot be read is as good as old; what belongs to somebody else is none of this user's business.
export function removeStale(user) {
  const now = Date.now();
  removeDrafts((_key, draft) => !draft || now - draft.time > LONGEST_MS);
  if (user) removeDrafts((key) => !key.startsWith(`${PREFIX}${user}:`));
}
