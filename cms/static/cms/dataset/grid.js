// A table as a grid of fields, one line for each observation. It changes the table's rows and says that it did; nothing
// in it is sent with the form.

// So many options in all the lists of a grid; above that, fields with suggestions.
const MOST_OPTIONS = 20_000;

export class Grid {
  // `changed` is called after every change of the rows, `drawn` when all fields are new, `said` with what a screen reader
  // should hear. A table of more than `most` rows is not shown.
  constructor(root, phrases, { most, changed, drawn, said }) {
    Object.assign(this, { root, phrases, most, changed, drawn, said });
    this.serial = 0;
    // A line's element → its row: a field that is taken away while it has the focus still says that it changed.
    this.rows = new WeakMap();
    root.addEventListener("input", (event) => this.write(event.target));
    root.addEventListener("change", (event) => this.write(event.target));
    root.addEventListener("keydown", (event) => this.press(event));
    root.addEventListener("paste", (event) => this.paste(event));
    root.addEventListener("click", (event) => this.click(event));
  }

  show(table) {
    this.table = table;
    if (table.rows.length > this.most) return;
    const options = [...table.structure.lists.values()].reduce((sum, list) => sum + list.length, 0);
    this.hasLists = options * Math.max(1, table.rows.length) <= MOST_OPTIONS;
    const element = document.createElement("table");
    const caption = element.createCaption();
    caption.textContent = this.phrases.caption;
    caption.className = "w-sr-only";
    const head = element.createTHead().insertRow();
    head.append(this.heading(this.phrases.line, "line", "col"));
    for (const column of table.columns) head.append(this.columnHeading(column));
    head.append(document.createElement("td"));
    this.body = element.createTBody();
    this.body.append(...table.rows.map((row) => this.line(row)));
    this.root.replaceChildren(element, ...(this.hasLists ? [] : this.suggestions()));
    this.number();
    this.drawn();
  }

  heading(text, name, scope) {
    const cell = document.createElement("th");
    cell.scope = scope;
    cell.id = `table-${name}`;
    cell.textContent = text;
    return cell;
  }

  columnHeading(column) {
    const cell = this.heading(this.table.structure.title(column), `column-${column}`, "col");
    if (this.table.undeclared.includes(column)) {
      cell.className = "table-entry__undeclared";
      cell.append(this.button("drop", this.phrases.drop.replace("{column}", column), column));
    }
    return cell;
  }

  suggestions() {
    return [...this.table.structure.lists].map(([column, list]) => {
      const element = document.createElement("datalist");
      element.id = `table-codes-${column}`;
      element.append(...list.map((each) => new Option(this.table.structure.name(each), each.code)));
      return element;
    });
  }

  line(row) {
    const element = document.createElement("tr");
    this.rows.set(element, row);
    const header = this.heading("", `line-${(this.serial += 1)}`, "row");
    element.append(header);
    this.table.columns.forEach((column, place) => {
      const field = this.field(column, row[place]);
      field.setAttribute("aria-labelledby", `table-column-${column} ${header.id}`);
      element.insertCell().append(field);
    });
    element.insertCell().append(this.button("remove", "", ""));
    return element;
  }

  field(column, value) {
    const list = this.table.structure.lists.get(column);
    let field;
    if (list && this.hasLists) {
      field = document.createElement("select");
      field.append(new Option("", ""));
      field.append(...list.map((each) => new Option(this.table.structure.name(each), each.code)));
      // What is no code of the list is not lost: it stays to be seen and mended.
      if (value && !list.some(({ code }) => code === value)) field.append(new Option(value, value));
    } else {
      field = document.createElement(column.startsWith("note_") ? "textarea" : "input");
      if (column.startsWith("note_")) field.rows = 1;
      else field.type = "text";
      if (list) field.setAttribute("list", `table-codes-${column}`);
      if (column === "value") field.inputMode = "decimal";
      field.autocomplete = "off";
    }
    field.value = value;
    field.dataset.column = column;
    return field;
  }

  button(name, label, value) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "table-entry__button";
    button.dataset[name] = value;
    button.setAttribute("aria-label", label);
    button.textContent = "✕";
    return button;
  }

  // Write the numbers of the lines: a line's number is that of its text, where the header is line 1.
  number() {
    const { lines } = this.table.csv;
    for (const [place, row] of [...this.body.rows].entries()) {
      if (row.cells[0].textContent === String(lines[place])) continue;
      row.cells[0].textContent = lines[place];
      row.querySelector("[data-remove]").setAttribute("aria-label", this.phrases.remove.replace("{line}", lines[place]));
    }
  }

  write(field) {
    const { column } = field.dataset;
    if (!column) return;
    const row = this.rows.get(field.closest("tr"));
    const place = this.table.columns.indexOf(column);
    if (row[place] === field.value) return;
    row[place] = field.value;
    if (column.startsWith("note_")) this.number();
    this.changed();
  }

  lineOf(element) {
    return element.closest("tr").sectionRowIndex;
  }

  // The field of a column in a line; undefined where there is none.
  at(line, column) {
    return [...(this.body.rows[line]?.querySelectorAll("[data-column]") ?? [])].find(
      (field) => field.dataset.column === column,
    );
  }

  focus(line, column) {
    const field = this.at(line, column) ?? this.body.rows[line]?.querySelector("[data-column]");
    field?.focus();
    field?.scrollIntoView({ block: "center", inline: "nearest" });
  }

  press(event) {
    const field = event.target;
    const { column } = field.dataset;
    if (!column || event.isComposing) return;
    const line = this.lineOf(field);
    const last = this.table.rows.length - 1;
    const keys = {
      Enter: () => (line === last ? this.add(last + 1, column) : this.focus(line + 1, column)),
      "Shift+Enter": () => this.focus(Math.max(0, line - 1), column),
      "Alt+ArrowUp": () => line > 0 && this.move(line, line - 1, column),
      "Alt+ArrowDown": () => line < last && this.move(line, line + 1, column),
      "Alt+Insert": () => this.add(line + 1, column),
      "Alt+Delete": () => this.remove(line, column),
    };
    const pressed = `${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
    if (event.ctrlKey || event.metaKey || !Object.hasOwn(keys, pressed)) return;
    event.preventDefault();
    keys[pressed]();
  }

  click(event) {
    const button = event.target.closest("button");
    if (button?.dataset.remove !== undefined) this.remove(this.lineOf(button));
    if (button?.dataset.drop) {
      this.table.drop(button.dataset.drop);
      this.show(this.table);
      this.changed();
    }
  }

  add(line, column = "period") {
    const row = this.table.empty();
    this.table.rows.splice(line, 0, row);
    this.body.insertBefore(this.line(row), this.body.rows[line] ?? null);
    this.number();
    this.focus(line, column);
    this.changed();
  }

  remove(line, column = "period") {
    const number = this.body.rows[line].cells[0].textContent;
    this.table.rows.splice(line, 1);
    this.body.rows[line].remove();
    this.number();
    if (this.table.rows.length) this.focus(Math.min(line, this.table.rows.length - 1), column);
    else this.root.focus();
    this.said(this.phrases.removed.replace("{line}", number));
    this.changed();
  }

  move(line, to, column) {
    const [row] = this.table.rows.splice(line, 1);
    this.table.rows.splice(to, 0, row);
    const element = this.body.rows[line];
    element.remove();
    this.body.insertBefore(element, this.body.rows[to] ?? null);
    this.number();
    this.focus(to, column);
    this.said(this.phrases.moved.replace("{line}", element.cells[0].textContent));
    this.changed();
  }

  // Several cells at once are taken by the table; a single one goes into its field as everywhere.
  paste(event) {
    const { column } = event.target.dataset;
    const text = event.clipboardData.getData("text/plain").replace(/(\r\n|\r|\n)$/, "");
    if (!column || !/[\t\r\n]/.test(text)) return;
    if (column.startsWith("note_") && !text.includes("\t")) return;
    event.preventDefault();
    const line = this.lineOf(event.target);
    const count = this.table.paste(text, line, this.table.columns.indexOf(column));
    this.show(this.table);
    this.focus(line, column);
    this.said(this.phrases.entered.replace("{count}", count));
    this.changed();
  }

  // Mark fields: `marks` are {row, column, message}, with the id of the message; without a column the line is meant.
  mark(marks) {
    for (const field of this.root.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
    for (const row of this.root.querySelectorAll(".table-entry__bad")) row.classList.remove("table-entry__bad");
    for (const { row, column, message } of marks) {
      const field = this.at(row, column || this.table.columns[0]);
      if (!field) continue;
      const described = field.getAttribute("aria-describedby");
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", described ? `${described} ${message}` : message);
      field.closest("tr").classList.add("table-entry__bad");
    }
  }
}
