// Text with a cell between every two delimiters: CSV as the server reads and writes it, and what spreadsheets put on
// the clipboard.

export class NotDelimited extends Error {}

const QUOTED = /"((?:[^"]|"")*)"/y;
const PLAIN = { ",": /[^,\r\n]*/y, "\t": /[^\t\r\n]*/y };
const LINE_END = /\r\n|\r|\n/y;

// The records that are not empty, each an array of cells. What begins with a quotation mark has to end with one.
export function parse(text, delimiter = ",") {
  const records = [];
  let cells = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  const take = (pattern) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    const quoted = text[at] === '"' ? take(QUOTED) : null;
    cells.push(quoted ? quoted[1].replaceAll('""', '"') : take(PLAIN[delimiter])[0]);
    if (!quoted && cells.at(-1).startsWith('"')) throw new NotDelimited();
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length && !"\r\n".includes(text[at])) continue;
      cells.push("");
    }
    if (at < text.length && !take(LINE_END)) throw new NotDelimited();
    if (cells.some((cell) => cell.trim())) records.push(cells);
    cells = [];
  }
  return records;
}

// CSV of rows, lines ended by a line feed, and for each row the number of the line where it begins (the header is 1).
export function format(columns, rows) {
  const lines = [];
  let text = `${columns.map(escaped).join(",")}\n`;
  let line = 2;
  for (const row of rows) {
    lines.push(line);
    const record = row.map(escaped).join(",");
    text += `${record}\n`;
    line += 1 + (record.match(/\r\n|\r|\n/g) ?? []).length;
  }
  return { text, lines };
}

function escaped(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
