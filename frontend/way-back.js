// The trail, "cancel" and deleting lead back to a list as it was left: with its filters, its order and its page.
// Each tab remembers for itself, per list; what is looked for may be a name, so it goes at sign-out.
//   data-list      a list that is remembered
//   data-way-back  links to a list, and hidden fields (value: the list's address) that tell the server where to return

const PREFIX = "list:";
const keyOf = (path) => `${PREFIX}${document.body.dataset.user}:${path}`;
const LINKS = ".breadcrumb a, .formbuttons a, a[data-way-back]";

function remember() {
  if (!document.querySelector("[data-list]")) return;
  try {
    sessionStorage.setItem(keyOf(location.pathname), location.search);
  } catch {
    // no storage: the way leads to the whole list
  }
}

function asLeft(address) {
  const url = new URL(address, location.href);
  try {
    if (!url.search) url.search = sessionStorage.getItem(keyOf(url.pathname)) ?? "";
  } catch {
    // no storage: the way leads to the whole list
  }
  return url.pathname + url.search;
}

function forget() {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // no storage, nothing to forget
  }
}

export function initWayBack(root) {
  for (const link of root.querySelectorAll(LINKS)) link.setAttribute("href", asLeft(link.href));
  for (const field of root.querySelectorAll("input[data-way-back]")) field.value = asLeft(field.value);
}

export function initLists() {
  remember();
  document.addEventListener("htmx:pushedIntoHistory", remember);
  window.addEventListener("pageshow", (event) => {
    remember();
    if (event.persisted) initWayBack(document.body);
  });
  document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && forget());
}
