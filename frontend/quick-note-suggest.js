// Names after @ and topics after # while one writes a quick note. Arrows choose, Enter or Tab takes the chosen one,
// Escape closes the list; whoever goes on writing is not bothered.

// What a family name begins with does not count as a word: as in core/name_words.py.
const PARTICLES =
  "abu|af|al|av|bin|da|de|del|della|di|dos|du|el|ibn|la|las|le|los|te|ten|ter|v\\.|v\\.d\\.|van|vander|vom|von|zu|zum|zur";
const FURTHER_PARTICLES = "'t|d\\.|dem|den|der|und|’t";
const BETWEEN = `(?: (?:${PARTICLES})(?: (?:${PARTICLES}|${FURTHER_PARTICLES}))*)?`;
const WRITTEN = "(?:(?:[dl]['’]|(?:al|el|as|ad|ben|bin|ibn|abd|abu)-)?\\p{Lu}[\\p{L}\\p{M}'’-]*\\.?)";
// Up to three words: the list stays while one goes on from the given name to the family name.
const NAME = new RegExp(
  `(?:^|[\\s(])@(?:"([^"\\n]{2,60})|([^\\s@#",;:!?()]{2,40}(?:${BETWEEN} [^\\s@#",;:!?()]{1,40}){0,2}${BETWEEN} ?))$`,
);
const PERSON = new RegExp(`^${WRITTEN}(?:${BETWEEN} ${WRITTEN}){1,2}$`, "u");
const TOPIC = /(?:^|[\s(])#([^\s@#",;:!?()]{0,40})$/;
const PAUSE_MS = 150;
const MOST = 8;

let timer = null;
let asked = 0;

const field = () => document.getElementById("quick-note-text");
const list = () => document.getElementById("quick-note-list");
const options = () => [...(list()?.querySelectorAll('[role="option"]') ?? [])];
const current = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function close() {
  clearTimeout(timer);
  asked += 1;
  if (!list()) return;
  list().hidden = true;
  list().replaceChildren();
  field().removeAttribute("aria-activedescendant");
}

function mark(index) {
  const all = options();
  all.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
  const chosen = all[index];
  if (!chosen) return field().removeAttribute("aria-activedescendant");
  field().setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function optionOf({ label, hint, sector, insert, who }, index) {
  const option = document.createElement("div");
  Object.assign(option, { id: `quick-note-option-${index}`, className: "suggest-hit qn-option" });
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  if (sector) {
    const dot = document.createElement("span");
    dot.className = `dot sector-${sector}`;
    option.append(dot);
  }
  const name = document.createElement("span");
  name.textContent = label;
  option.append(name);
  if (hint) {
    const small = document.createElement("span");
    small.className = "sub";
    small.textContent = hint;
    option.append(small);
  }
  Object.assign(option.dataset, { insert, ...(who ? { name: who[0], who: who[1] } : {}) });
  return option;
}

function show(entries, { isChosen }) {
  if (!entries.length || document.activeElement !== field()) return close();
  list().replaceChildren(...entries.map(optionOf));
  list().hidden = false;
  mark(isChosen ? 0 : -1);
}

const quoted = (name) => (/[\s,.;:!?()]/.test(name) ? `@"${name.replaceAll('"', "")}"` : `@${name}`);

// A single word, or what stands in quotation marks, may be anybody; of several words only a person's name.
function mayBeNew(query, isQuoted) {
  return isQuoted || !query.includes(" ") || PERSON.test(query);
}

async function findNames(query, { isQuoted, goesOn }) {
  const mine = asked;
  const address = new URL(field().dataset.optionsUrl, location.href);
  address.searchParams.set("q", query);
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const { results } = await answer.json();
    if (mine !== asked) return;
    const found = results.slice(0, MOST).map(({ id, text, hint, sector }) => ({
      label: text,
      hint,
      sector,
      insert: quoted(text),
      who: [text, String(id)],
    }));
    const isNew = !results.some((hit) => plain(hit.text) === plain(query));
    const fresh = {
      label: field().dataset.textNew.replace("{name}", query),
      insert: quoted(query),
      who: [query, "new"],
    };
    // Several words may be the beginning of a sentence: then nothing is taken before somebody chooses it.
    const isMeant = results.some((hit) => plain(hit.text).startsWith(plain(query)));
    const isChosen = found.length > 0 && (isQuoted || (!goesOn && (!query.includes(" ") || isMeant)));
    show(isNew && mayBeNew(query, isQuoted) ? [...found, fresh] : found, { isChosen });
  } catch {
    close();
  }
}

function findTopics(query) {
  const wanted = plain(query);
  const all = [...document.querySelectorAll("#qn-topic option")].filter((option) => option.value);
  const fits = all.filter((option) =>
    plain(option.textContent)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)),
  );
  const entries = fits.map((option) => ({ label: option.textContent, insert: `#${option.textContent}` }));
  show(entries, { isChosen: query.length > 0 });
}

function look() {
  const before = field().value.slice(0, field().selectionStart);
  const name = before.match(NAME);
  const topic = name ? null : before.match(TOPIC);
  clearTimeout(timer);
  asked += 1;
  if (topic) return findTopics(topic[1]);
  if (!name) return close();
  const typed = name[1] ?? name[2];
  const reading = { isQuoted: Boolean(name[1]), goesOn: typed.endsWith(" ") };
  timer = setTimeout(() => findNames(typed.trim(), reading), PAUSE_MS);
}

function take(option, { choose, readAlong }) {
  const text = field();
  const before = text.value.slice(0, text.selectionStart);
  const match = before.match(NAME) ?? before.match(TOPIC);
  if (!match) return close();
  const start = match.index + match[0].search(/[@#]/);
  const after = text.value.slice(text.selectionStart).replace(/^"/, "");
  const insert = `${option.dataset.insert}${/^[\s,.;:!?)]/.test(after) ? "" : " "}`;
  text.value = before.slice(0, start) + insert + after;
  text.setSelectionRange(start + insert.length, start + insert.length);
  const { name, who } = option.dataset;
  close();
  const form = text.form;
  choose(form, (chosen) => {
    if (who) chosen.who = { ...chosen.who, [name]: who };
  });
  readAlong(form);
}

function onKey(event, actions) {
  if (event.target !== field() || !list() || list().hidden) return;
  const all = options();
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark((Math.max(current(), step > 0 ? -1 : 0) + step + all.length) % all.length);
  } else if ((event.key === "Enter" || event.key === "Tab") && current() >= 0 && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    take(all[current()], actions);
  }
}

export function initNoteSuggestions(actions) {
  document.addEventListener("input", (event) => event.target === field() && look());
  document.addEventListener("keydown", (event) => onKey(event, actions), true);
  // The field keeps the focus while one points at a suggestion.
  document.addEventListener("mousedown", (event) => event.target.closest("#quick-note-list") && event.preventDefault());
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.("#quick-note-list [role=option]");
    if (option) take(option, actions);
  });
  document.addEventListener("focusout", (event) => event.target === field() && list() && close());
}
