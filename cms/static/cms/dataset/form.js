// The dataset's form: a grid in place of the box of CSV text, which still carries the table, and a look at what the table
// says while it is edited. Without this module the box is there and the form works.

import { Checks } from "./checks.js";
import { NotDelimited } from "./delimited.js";
import { Grid } from "./grid.js";
import { following } from "./periods.js";
import { Review } from "./review.js";
import { Structure } from "./structure.js";
import { Table } from "./table.js";

const DECLARED = ["dimensions", "measures", "checks"];
const DECLARING = DECLARED.map((name) => `[data-contentpath="${name}"]`).join(", ");
const PAUSE = 200; // milliseconds before what was declared is read again
const MONTHS = { monthly: 1, quarterly: 3, "half-yearly": 6, yearly: 12 };

class TableEntry {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector("textarea");
    this.form = this.box.form;
    this.words = JSON.parse(root.dataset.words);
    this.phrases = this.find("phrases").dataset;
    this.wantsGrid = true;
    this.grid = new Grid(this.find("grid"), this.phrases, {
      changed: () => this.carry(),
      said: (text) => this.say(text),
    });
    this.review = new Review(this.form, root.dataset.checkUrl, {
      status: this.find("status"),
      results: this.find("results"),
      unavailable: this.phrases.unavailable,
      shown: (marks) => this.mark(marks),
      go: (mark) => this.go(mark),
    });
    this.checks = new Checks(this.form, JSON.parse(root.dataset.checkMembers));
    this.find("tools").hidden = false;
    this.listen();
    this.read();
    if (this.box.value.trim()) this.review.ask();
  }

  find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  listen() {
    this.box.addEventListener("input", () => this.review.wait());
    for (const button of this.root.querySelectorAll("[data-view]")) {
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
    for (const name of ["input", "change", "click"]) {
      this.form.addEventListener(name, (event) => {
        if (event.target.closest(DECLARING) || event.target.name === "frequency") this.declare();
      });
    }
    // A table is stored for ever, so it is stored when the editor saves, and not while they type.
    this.form.addEventListener("w-autosave:save", (event) => {
      if (this.box.value !== this.box.defaultValue) event.preventDefault();
    });
  }

  // Show the text of the box: as a grid if it can be one and the editor wants it.
  read() {
    this.structure = Structure.of(this.form, this.words);
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
      if (table.rows.length > Number(this.root.dataset.gridRows)) return "large";
      this.table = table;
    } catch (error) {
      if (!(error instanceof NotDelimited)) throw error;
      return "broken";
    }
  }

  // What is declared may have changed: the columns follow it.
  declare() {
    clearTimeout(this.declaring);
    this.declaring = setTimeout(() => {
      const structure = Structure.of(this.form, this.words);
      if (!structure.equals(this.structure)) {
        this.structure = structure;
        if (this.table && structure.isDeclared) {
          this.table.fit(structure);
          this.grid.show(this.table);
          this.write();
        } else this.read();
      }
      this.suggest();
      this.review.wait();
    }, PAUSE);
  }

  // Put the table into the box, which is what is sent.
  write() {
    this.box.value = this.table.csv.text;
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  carry() {
    this.write();
    this.suggest();
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
    this.say(this.phrases.pasted.replace("{count}", count));
    this.carry();
  }

  say(text) {
    this.find("status").textContent = text;
  }

  mark(marks) {
    if (!this.table) return;
    this.grid.mark(marks.map((mark) => ({ ...mark, row: this.rowOf(mark) })).filter(({ row }) => row >= 0));
  }

  rowOf({ line, key }) {
    if (key) return this.table.rows.findIndex((_, row) => this.table.key(row) === key);
    return this.table.csv.lines.indexOf(line);
  }

  // Lead to what a message is about: a cell of the grid, or a line of the text.
  go(mark) {
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
  whenDeclarationsAreThere(root.closest("form"), () => new TableEntry(root));
}
