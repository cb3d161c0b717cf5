// The page that is shown when there is no network: a field whose text waits in this browser until there is one.
import { keep, newKey, notesOf, rememberedOwner, WAITING } from "./outbox/store.js";

const form = document.querySelector("[data-offline-note]");
const owner = rememberedOwner();
const part = (name) => document.querySelector(`[data-offline-${name}]`);

function show() {
  const count = owner ? notesOf(owner.user).length : 0;
  part("nobody").hidden = Boolean(owner);
  form.hidden = !owner;
  part("count").textContent = String(count);
  part("waiting").hidden = count === 0;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = form.elements.text;
  const typed = field.value.trim();
  if (!typed || !owner) return field.focus();
  const note = {
    user: owner.user,
    text: typed,
    source_key: newKey(),
    typed_at: new Date().toISOString(),
    state: WAITING,
  };
  const isKept = keep(note);
  part("kept").hidden = !isKept;
  part("full").hidden = isKept;
  if (isKept) field.value = "";
  field.focus();
  show();
});

// What was typed and not kept yet is not lost with the page.
part("again").addEventListener("click", () => location.reload());
window.addEventListener("online", () => form.elements.text.value.trim() || location.reload());
show();
