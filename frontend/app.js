// What every page runs. One subject per file; this one only starts them.
import { initAutosubmit } from "./autosubmit.js";
import { initBulk } from "./bulk.js";
import { initConfirm } from "./confirm.js";
import { initCounter } from "./counter.js";
import { initCopy } from "./copy.js";
import { initDates } from "./dates.js";
import { initDrafts } from "./drafts.js";
import { initErrorLinks, initErrors } from "./errors.js";
import { initHtmx, onLoad } from "./htmx-setup.js";
import { initImports } from "./imports.js";
import { initKeyboard } from "./keyboard.js";
import { initMenus } from "./menus.js";
import { initNoteForm, initQuickNote } from "./quick-note.js";
import { initOutbox } from "./outbox.js";
import { initRowLists } from "./row-lists.js";
import { initRows } from "./rows.js";
import { initSelects } from "./selects.js";
import { initSuggestions } from "./suggest.js";
import { initThemeToggle } from "./theme-toggle.js";
import { initToasts } from "./toasts.js";
import { initWorker } from "./worker.js";

initHtmx();
initThemeToggle();
initMenus();
initKeyboard();
initConfirm();
initAutosubmit();
initCopy();
initDates();
initCounter();
initErrorLinks();
initRows();
initRowLists();
initToasts();
initSuggestions();
initQuickNote();
initOutbox();
initWorker();
initImports(document);

initBulk(onLoad);

// Selects first: a draft is restored into the enhanced field.
onLoad((root) => {
  initSelects(root);
  initDrafts(root);
  initNoteForm(root);
  initErrors(root);
});
