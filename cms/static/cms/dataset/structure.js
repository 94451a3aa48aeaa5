// What the form declares: dimensions with their codes, and measures. Read from the form's own fields, saved or not.

export const FIRST = ["period", "measure"];
export const LAST = ["value", "status", "note_zh", "note_en"];

// So many names of series are suggested where there is no table yet.
const MOST_SERIES = 500;

export class Structure {
  // `words`: names of the columns that every table has, and of statuses, in both languages; the editor's language.
  constructor(dimensions, measures, words) {
    this.dimensions = dimensions;
    this.measures = measures;
    this.words = words;
    this.lists = new Map([
      ["measure", measures],
      ["status", Object.entries(words.statuses).map(([code, label]) => ({ code, label }))],
      ...dimensions.map(({ code, codes }) => [code, codes]),
    ]);
  }

  static of(form, words) {
    const data = new FormData(form);
    const dimensions = children(data, "dimensions").map((place) => ({
      ...coded(data, place),
      codes: children(data, `${place}-codes`).map((each) => coded(data, each)).filter(({ code }) => code),
    }));
    const measures = children(data, "measures").map((place) => coded(data, place));
    return new Structure(
      dimensions.filter(({ code }) => code),
      measures.filter(({ code }) => code),
      words,
    );
  }

  get isDeclared() {
    return this.measures.length > 0;
  }

  get columns() {
    return [...FIRST, ...this.dimensions.map(({ code }) => code), ...LAST];
  }

  // What a column is called in the editor's language.
  title(column) {
    const label = this.words.columns[column] ?? this.dimensions.find(({ code }) => code === column)?.label;
    return this.name({ code: column, label: label ?? {} });
  }

  name({ code, label }) {
    return label[this.words.language] || label["zh-Hant"] || code;
  }

  // The column that a cell of a pasted header means; undefined if it means none.
  column(text) {
    const labels = this.columns.map((code) => ({
      code,
      label: this.words.columns[code] ?? this.dimensions.find((each) => each.code === code).label,
    }));
    return meant(labels, text);
  }

  // The code that a pasted cell means; the text itself where it means none, or several.
  code(column, text) {
    return this.lists.has(column) ? (meant(this.lists.get(column), text) ?? text) : text;
  }

  // The names of series: those of a table, or all that the codes can make if there are not too many.
  series(table) {
    const columns = ["measure", ...this.dimensions.map(({ code }) => code)];
    if (table?.rows.length) {
      return [...new Set(table.rows.map((_, row) => columns.map((column) => table.cell(row, column)).join(".")))];
    }
    return columns.reduce((names, column) => {
      const codes = this.lists.get(column).map(({ code }) => code);
      const all = names.length * codes.length > MOST_SERIES ? [] : names;
      return all.flatMap((name) => codes.map((code) => (name ? `${name}.${code}` : code)));
    }, [""]);
  }

  equals(other) {
    return other !== undefined && JSON.stringify([...this.lists]) === JSON.stringify([...other.lists]);
  }
}

function meant(list, text) {
  const wanted = plain(text);
  const codes = list.filter(({ code, label }) => [code, ...Object.values(label)].some((name) => plain(name) === wanted));
  return codes.find(({ code }) => code === text)?.code ?? (codes.length === 1 ? codes[0].code : undefined);
}

function plain(text) {
  return (text ?? "").normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

// Where the members of a list of blocks stand in the form, in their order.
function children(data, name) {
  return [...Array(Number(data.get(`${name}-count`) ?? 0)).keys()]
    .filter((place) => !data.get(`${name}-${place}-deleted`))
    .sort((one, other) => data.get(`${name}-${one}-order`) - data.get(`${name}-${other}-order`))
    .map((place) => `${name}-${place}-value`);
}

function coded(data, place) {
  const text = (name) => (data.get(`${place}-${name}`) ?? "").trim();
  return { code: text("code"), label: { "zh-Hant": text("label-zh_hant"), en: text("label-en") } };
}
