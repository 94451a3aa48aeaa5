// The dataset's form: a grid in place of the box of CSV text, which still carries the table, and a look at what the table
// says while it is edited. Without this module the box is there and the form works.

import { Checks } from "./checks.js";
import { NotDelimited } from "./delimited.js";
import { Grid } from "./grid.js";
import { following } from "./periods.js";
import { Review } from "./review.js";
import { Structure } from "./structure.js";
import { Table } from "./table.js";
import { Upload } from "./upload.js";

const DECLARED = ["dimensions", "measures", "checks"];
const DECLARING = DECLARED.map((name) => `[data-contentpath="${name}"]`).join(", ");
const PAUSE = 200; // milliseconds before what was declared is read again
const MONTHS = { monthly: 1, quarterly: 3, "half-yearly": 6, yearly: 12 };

// What every table has that is entered: what is declared, a file that may take its place, and what is said of it.
class Entry {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.words = JSON.parse(root.dataset.words);
    this.phrases = this.find("phrases").dataset;
    this.structure = Structure.of(this.form, this.words);
    this.review = new Review(this.form, root.dataset.checkUrl, {
      status: this.find("status"),
      results: this.find("results"),
      unavailable: this.phrases.unavailable,
      shown: (marks, answer) => this.shown(marks, answer),
      go: (mark) => this.go(mark),
    });
    this.upload = new Upload(this.form.elements.table_file, this.review, this.phrases, {
      entered: (text) => this.enter(text),
      chosen: (file) => this.choose(file),
      said: (text) => this.say(text),
    });
    this.checks = new Checks(this.form, JSON.parse(root.dataset.checkMembers));
    this.find("drop-file").addEventListener("click", () => {
      this.upload.drop();
      this.review.ask();
    });
    for (const name of ["input", "change", "click"]) {
      this.form.addEventListener(name, (event) => {
        if (event.target.closest(DECLARING) || event.target.name === "frequency") this.wait();
      });
    }
    // A table is stored for ever, so it is stored when the editor saves, and not while they type.
    this.form.addEventListener("w-autosave:save", (event) => {
      if (this.isChanged) event.preventDefault();
    });
  }

  find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  get isChanged() {
    return this.upload.file !== undefined;
  }

  // What is declared may have changed.
  wait() {
    clearTimeout(this.declaring);
    this.declaring = setTimeout(() => {
      const structure = Structure.of(this.form, this.words);
      const isAnother = !structure.equals(this.structure);
      this.structure = structure;
      this.declared(isAnother);
      // A file is looked at once, when it is chosen: it may be large.
      if (!this.upload.file) this.review.wait();
    }, PAUSE);
  }

  declared() {
    this.checks.refresh(this.structure.series());
  }

  choose(file) {
    this.find("file").hidden = file === undefined;
    if (file) this.find("notices").hidden = true;
  }

  shown(marks, answer) {
    const notices = [...answer.querySelectorAll("[data-notice]")].map((notice) => {
      const item = document.createElement("li");
      item.textContent = notice.textContent;
      return item;
    });
    if (!notices.length) return;
    this.find("notices").replaceChildren(...notices);
    this.find("notices").hidden = false;
  }

  enter() {}

  go() {}

  say(text) {
    this.find("status").textContent = text;
  }
}

// A table that is edited in the form.
class TableEntry extends Entry {
  constructor(root) {
    super(root);
    this.box = root.querySelector("textarea");
    this.wantsGrid = true;
    this.marks = [];
    this.most = Number(root.dataset.gridRows);
    this.grid = new Grid(this.find("grid"), this.phrases, {
      most: this.most,
      changed: () => this.carry(),
      // What was said of its cells still stands beside it, and no other answer need come.
      drawn: () => this.mark(),
      said: (text) => this.say(text),
    });
    this.find("tools").hidden = false;
    this.box.addEventListener("input", () => this.review.wait());
    for (const button of root.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => {
        this.wantsGrid = button.dataset.view === "grid";
        this.read();
      });
    }
    this.find("add-row").addEventListener("click", () => this.grid.add(this.table.rows.length));
    this.find("add-period").addEventListener("click", () => this.addPeriod());
    this.find("new-period").addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.addPeriod();
    });
    // The server takes no longer text than this.
    this.form.addEventListener("submit", (event) => {
      if (this.upload.file || new Blob([this.box.value]).size < Number(root.dataset.mostText)) return;
      event.preventDefault();
      this.say(this.phrases.tooLong);
      this.find("status").scrollIntoView({ block: "center" });
    });
    this.read();
    if (this.box.value.trim()) this.review.ask();
  }

  get isChanged() {
    return super.isChanged || this.box.value !== this.box.defaultValue;
  }

  // Show the text of the box: as a grid if it can be one and the editor wants it.
  read() {
    this.table = undefined;
    let message;
    if (this.wantsGrid && !this.structure.isDeclared) message = "undeclared";
    else if (this.wantsGrid) message = this.tabulate();
    if (this.table) this.grid.show(this.table);
    this.find("grid").hidden = this.find("rows").hidden = this.table === undefined;
    this.find("text").hidden = this.table !== undefined;
    for (const note of this.root.querySelectorAll("[data-message]")) note.hidden = note.dataset.message !== message;
    for (const button of this.root.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String((button.dataset.view === "grid") === (this.table !== undefined)));
    }
    this.suggest();
  }

  // Make a table of the text; returns why that cannot be.
  tabulate() {
    try {
      const table = Table.of(this.box.value, this.structure);
      if (table.rows.length > this.most) return "large";
      this.table = table;
    } catch (error) {
      if (!(error instanceof NotDelimited)) throw error;
      return "broken";
    }
  }

  // The columns follow what is declared.
  declared(isAnother) {
    if (isAnother && this.table && this.structure.isDeclared) {
      this.table.fit(this.structure);
      this.grid.show(this.table);
      this.write();
    } else if (isAnother) this.read();
    this.suggest();
  }

  // Put the table into the box, which is what is sent.
  write() {
    this.box.value = this.table.csv.text;
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  carry() {
    this.write();
    if (this.table.rows.length > this.most) this.read();
    else this.suggest();
    this.review.wait();
  }

  suggest() {
    this.checks.refresh(this.structure.series(this.table));
    const newest = this.table?.newestPeriod;
    const field = this.find("new-period");
    if (newest !== this.newest) field.value = newest ? following(newest, MONTHS[this.form.elements.frequency?.value]) : "";
    this.newest = newest;
    const help = this.find("period-help");
    help.hidden = !newest;
    if (newest) help.textContent = this.phrases.repeats.replace("{period}", newest);
    this.find("add-period").disabled = !newest;
  }

  addPeriod() {
    const code = this.find("new-period").value.trim();
    if (!code) return this.find("new-period").focus();
    const first = this.table.rows.length;
    const count = this.table.addPeriod(code);
    this.grid.show(this.table);
    this.grid.focus(first, "value");
    this.say(this.phrases.entered.replace("{count}", count));
    this.carry();
  }

  // What a file held stands in the box from now on.
  enter(text) {
    this.box.value = text;
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
    this.read();
    this.review.ask();
  }

  // While a file is chosen, the table that it takes the place of cannot be edited.
  choose(file) {
    super.choose(file);
    for (const name of ["tools", "grid", "rows", "text"]) this.find(name).hidden = file !== undefined;
    if (!file) {
      this.find("tools").hidden = false;
      this.read();
    }
  }

  shown(marks, answer) {
    super.shown(marks, answer);
    this.marks = answer.dataset.source === "observations" ? marks : [];
    if (this.table) this.mark();
  }

  mark() {
    this.grid.mark(this.marks.map((mark) => ({ ...mark, row: this.rowOf(mark) })).filter(({ row }) => row >= 0));
  }

  rowOf({ line, key }) {
    if (key) return this.table.rows.findIndex((_, row) => this.table.key(row) === key);
    return this.table.csv.lines.indexOf(line);
  }

  // Lead to what a message is about: a cell of the grid, or a line of the text.
  go(mark) {
    if (this.upload.file) return;
    if (!this.table && mark.key) {
      this.wantsGrid = true;
      this.read();
    }
    if (this.table) return this.grid.focus(this.rowOf(mark), mark.column);
    const lines = this.box.value.split("\n");
    const start = lines.slice(0, mark.line - 1).reduce((length, line) => length + line.length + 1, 0);
    this.box.focus();
    this.box.setSelectionRange(start, start + (lines[mark.line - 1] ?? "").length);
  }
}

// A table that is too large for the form: it stays unless a file takes its place.
class StoredEntry extends Entry {
  constructor(root) {
    super(root);
    this.declared();
    this.review.ask();
  }
}

// Wagtail makes the blocks of a form once the page is there; only then are their fields.
function whenDeclarationsAreThere(form, start) {
  const areThere = () => DECLARED.every((name) => form.elements[`${name}-count`]);
  if (areThere()) return start();
  const observer = new MutationObserver(() => {
    if (!areThere()) return;
    observer.disconnect();
    start();
  });
  observer.observe(form, { childList: true, subtree: true });
}

for (const root of document.querySelectorAll("[data-table-entry]")) {
  const Kind = root.querySelector("[data-grid]") ? TableEntry : StoredEntry;
  whenDeclarationsAreThere(root.closest("form"), () => new Kind(root));
}
