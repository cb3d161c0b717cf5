// What every page runs. One subject per file; this one only starts them.
import { initAutosubmit } from "./autosubmit.js";
import { initBulk } from "./bulk.js";
import { initConfirm } from "./confirm.js";
import { initCopy } from "./copy.js";
import { initCounter } from "./counter.js";
import { initDates } from "./dates.js";
import { initDrafts } from "./drafts.js";
import { initErrorLinks, initErrors } from "./errors.js";
import { initFirstField } from "./first-field.js";
import { initHtmx, onLoad } from "./htmx-setup.js";
import { initImports } from "./imports.js";
import { initKeepFocus } from "./keep-focus.js";
import { initKeyboard } from "./keyboard.js";
import { foldParts, initMenus } from "./menus.js";
import { initOutbox } from "./outbox.js";
import { initNoteForm, initQuickNote, openNote } from "./quick-note.js";
import { initRefresh } from "./refresh.js";
import { initRowLists } from "./row-lists.js";
import { initRows } from "./rows.js";
import { initSelects } from "./selects.js";
import { initSuggestions } from "./suggest.js";
import { initThemeToggle } from "./theme-toggle.js";
import { initToasts } from "./toasts.js";
import { initLists, initWayBack } from "./way-back.js";
import { initWorker } from "./worker.js";

initHtmx();
initKeepFocus();
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
initOutbox({ openNote });
initWorker();
initImports(document);
initLists();
initRefresh();

initBulk(onLoad);

// Selects first: a draft is restored into the enhanced field.
onLoad((root) => {
  initSelects(root);
  initDrafts(root);
  initNoteForm(root);
  foldParts(root);
  initErrors(root);
  initFirstField(root);
  initWayBack(root);
});
