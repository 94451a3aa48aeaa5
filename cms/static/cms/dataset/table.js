// The rows of a table as texts, one for each column, and what can be done to them. No part of the page.

import { format, NotDelimited, parse } from "./delimited.js";
import { newest } from "./periods.js";

const GROUPED = /^-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;

export class Table {
  constructor(columns, rows) {
    this.columns = columns;
    this.rows = rows;
  }

  // The table of a CSV text by a structure. Throws NotDelimited.
  static of(text, structure) {
    const [header = structure.columns, ...rows] = parse(text);
    const columns = header.map((cell) => structure.column(cell.trim()) ?? cell.trim());
    const table = new Table(columns, rows.map((row) => columns.map((_, place) => (row[place] ?? "").trim())));
    table.fit(structure);
    return table;
  }

  get csv() {
    return this.rows.length ? format(this.columns, this.rows) : { text: "", lines: [] };
  }

  // Give the table a structure's columns. A dimension that is gone while another one is new has only been renamed;
  // what is in a column that the structure does not have is kept at the end.
  fit(structure) {
    const wanted = structure.columns;
    const gone = (this.named ?? []).filter((column) => !wanted.includes(column));
    const found = wanted.filter((column) => this.named && !this.named.includes(column));
    if (gone.length === found.length) {
      this.columns = this.columns.map((column) => found[gone.indexOf(column)] ?? column);
    }
    const others = this.columns.filter((column) => !wanted.includes(column));
    const places = [...wanted, ...others].map((column) => this.columns.indexOf(column));
    this.rows = this.rows.map((row) => places.map((place) => row[place] ?? ""));
    this.columns = [...wanted, ...others];
    this.named = wanted;
    this.structure = structure;
  }

  // The columns that the structure does not have.
  get undeclared() {
    return this.columns.slice(this.named.length);
  }

  drop(column) {
    const place = this.columns.indexOf(column);
    this.columns.splice(place, 1);
    for (const row of this.rows) row.splice(place, 1);
  }

  empty() {
    return this.columns.map(() => "");
  }

  cell(row, column) {
    return this.rows[row][this.columns.indexOf(column)];
  }

  // An observation's key: measure, codes, period.
  key(row) {
    return ["measure", ...this.structure.dimensions.map(({ code }) => code), "period"]
      .map((column) => this.cell(row, column))
      .join(".");
  }

  // Text with cells from a spreadsheet, from a cell on: cells are written over, lines are added where they end. With a
  // header, which names columns and is recognised by that, the cells go to their columns. Returns the lines written.
  paste(text, row, column) {
    const cells = pasted(text);
    const header = cells[0].map((cell) => (cell.trim() ? this.structure.column(cell.trim()) : undefined));
    const named = header.filter(Boolean);
    const hasHeader = named.length > 1 && named.length === cells[0].filter((cell) => cell.trim()).length;
    const targets = hasHeader ? header : cells[0].map((_, place) => this.columns[column + place]);
    const lines = hasHeader ? cells.slice(1) : cells;
    lines.forEach((line, place) => {
      if (row + place === this.rows.length) this.rows.push(this.empty());
      const target = this.rows[row + place];
      line.forEach((cell, at) => {
        const to = targets[at] ?? (hasHeader ? undefined : this.columns[column + at]);
        if (to !== undefined) target[this.columns.indexOf(to)] = this.read(to, cell.trim());
      });
    });
    return lines.length;
  }

  read(column, cell) {
    if (column === "value" && GROUPED.test(cell)) return cell.replaceAll(",", "");
    return this.structure.code(column, cell);
  }

  get newestPeriod() {
    return newest(this.rows.map((_, row) => this.cell(row, "period")));
  }

  // Repeat the lines of the newest period for another one, with nothing in them yet. Returns how many there are.
  addPeriod(code) {
    const period = this.newestPeriod;
    const kept = ["measure", ...this.structure.dimensions.map((each) => each.code)];
    const added = this.rows
      .filter((_, row) => this.cell(row, "period") === period)
      .map((row) =>
        this.columns.map((column, place) => (column === "period" ? code : kept.includes(column) ? row[place] : "")),
      );
    this.rows.push(...added);
    return added.length;
  }
}

// What is on the clipboard need not come from a spreadsheet: a quotation mark may be just that.
function pasted(text) {
  try {
    return parse(text, "\t");
  } catch (error) {
    if (!(error instanceof NotDelimited)) throw error;
    return text.split(/\r\n|\r|\n/).map((line) => line.split("\t"));
  }
}
