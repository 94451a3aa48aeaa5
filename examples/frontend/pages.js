// The contents of each kind of page, as nodes for <main>.

import { body, picture } from "./blocks.js";
import { make } from "./dom.js";
import { get, href, onPortal } from "./portal.js";
import { fallback, grouped, when, words } from "./words.js";

const FIGURES_SHOWN = 100;

/** The head of a page; `langs` are those of title and summary where they are not the page's. */
function opening(title, summary, more = [], langs = {}) {
  return make(
    "div",
    { class: "opening" },
    make("h1", { lang: langs.title }, title),
    summary && make("p", { class: "summary", lang: langs.summary }, summary),
    more,
  );
}

const langs = (record, language) => ({
  title: fallback(record, "title", language),
  summary: fallback(record, "summary", language),
});

function section(title, ...children) {
  return make("section", {}, make("h2", {}, title), children);
}

/** Records in a list; `heading` is the level below the heading that they stand under. */
function rows(records, language, heading) {
  if (!records.length) {
    return make("p", {}, words(language).empty);
  }
  return make(
    "ol",
    { class: "rows" },
    records.map((each) =>
      make(
        "li",
        {},
        make("span", { class: "when" }, when(each.dates, language)),
        make(heading, { lang: langs(each, language).title }, each.url ? make("a", { href: href(each.url) }, each.title) : each.title),
        each.summary && make("p", { lang: langs(each, language).summary }, each.summary),
      ),
    ),
  );
}

/** The home page: what is latest. */
export async function home(found, language) {
  const latest = await get("/api/v1/records/", { lang: language, limit: 10 });
  return [
    opening(found.title ?? words(language).site, found.record?.summary, [], langs(found.record, language)),
    section(words(language).latest, rows(latest.results, language, "h3")),
  ];
}

/** A page of the list of a record type; `cursor` comes from the page before. */
export async function list(found, language, cursor) {
  const page = await get(found.data, { lang: language, limit: 20, cursor });
  const next = page.next && new URL(page.next).searchParams.get("cursor");
  return [
    opening(found.title, found.record?.summary, [], langs(found.record, language)),
    rows(page.results, language, "h2"),
    next &&
      make(
        "p",
        { class: "paging" },
        make("a", { rel: "next", href: `?${new URLSearchParams({ path: found.path, cursor: next })}` }, words(language).next),
      ),
  ];
}

/** The figures of a dataset: `page` is a page of its observations, or only their `results` of a draft. */
function figures(record, page, language) {
  const { columns, all, missing } = words(language);
  const label = (row, member) => row.labels?.[member] ?? row[member] ?? row.dimensions?.[member] ?? "";
  const dimensions = record.dimensions.map((each) => [each.code, each.label]);
  const header = [["measure", columns.measure], ...dimensions, ["period", columns.period]];
  return section(
    words(language).figures,
    make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": words(language).figures },
      make(
        "table",
        {},
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            [...header.map(([, text]) => text), columns.value, columns.unit].map((text) => make("th", { scope: "col" }, text)),
          ),
        ),
        make(
          "tbody",
          {},
          page.results.map((row) =>
            make(
              "tr",
              { id: `figure-${row.key}` },
              header.map(([member]) => make("td", {}, label(row, member))),
              make("td", { class: "number" }, row.value === null ? missing : grouped(row.value)),
              make("td", {}, label(row, "unit")),
            ),
          ),
        ),
      ),
    ),
    page.count > page.results.length && make("p", {}, make("a", { href: onPortal(record.url) }, all(page.count))),
  );
}

function sources(record, language) {
  const shown = new Map(record.source.map((each) => [`${each.section}\n${each.quote}`, each]));
  return (
    shown.size > 0 &&
    section(
      words(language).sources,
      [...shown.values()].map((each) =>
        make("blockquote", { lang: "zh-Hant" }, make("p", {}, each.quote), make("footer", {}, each.section)),
      ),
    )
  );
}

/** The parts of a record that its type has in common with the others; `observations` are those of a dataset. */
function parts(record, language, observations) {
  const codes = Object.entries(record.labels ?? {}).filter(([member, text]) => text && !["topics", "precision"].includes(member));
  const related = (record.related ?? []).filter((each) => each.url);
  return [
    opening(
      record.title,
      record.summary,
      [
        record.dates.precision !== "undated" && make("p", { class: "when" }, when(record.dates, language)),
        codes.length > 0 && make("ul", { class: "codes" }, codes.map(([, text]) => make("li", {}, text))),
      ],
      langs(record, language),
    ),
    record.media.map(picture),
    observations && figures(record, observations, language),
    make("div", { class: "text" }, body(record)),
    sources(record, language),
    related.length > 0 &&
      section(
        words(language).related,
        make("ul", {}, related.map((each) => make("li", {}, make("a", { href: href(each.url) }, each.title)))),
      ),
  ];
}

/** A record at its address. */
export async function record(found, language) {
  const isDataset = found.type === "dataset";
  const observations = isDataset
    ? await get(`/api/v1/datasets/${found.uid}/observations/`, { labels: language, limit: FIGURES_SHOWN })
    : null;
  const versions = `${new URL(found.alternates.find((each) => each.language === language).url).pathname}versions/`;
  return [
    ...parts(found.record, language, observations),
    make("p", {}, make("a", { href: href(versions) }, words(language).versions), ` · ${found.uid}`),
  ];
}

/** A draft, which only its token opens. */
export function draft(kept, language) {
  const observations = kept.record.type === "dataset" ? { count: 0, results: kept.observations } : null;
  return [notice(words(language).draft), ...parts(kept.record, language, observations)];
}

/** One version of a record, as it was published. */
export async function version(found, language) {
  const present = found.path.replace(/versions\/\d+\/$/, "");
  const shown = { labels: {}, related: [], ...found.record };
  return [
    notice(words(language).old(shown.version), " ", make("a", { href: href(present) }, words(language).present)),
    ...parts(shown, language, null),
  ];
}

/** The list of a record's versions. */
export async function versions(found, language) {
  const all = await get(found.data, { lang: language });
  return [
    opening(found.title ?? found.uid, words(language).versions),
    make(
      "ol",
      { class: "rows", reversed: true },
      all.results.toReversed().map((each) => {
        const name = words(language).version(each.version);
        const readable = each.action === "publish" && each.redacted_by === undefined;
        return make(
          "li",
          {},
          make("span", { class: "when" }, each.published_at.slice(0, 10)),
          make("h2", {}, readable ? make("a", { href: href(`${found.path}${each.version}/`) }, name) : name),
          each.change_note && make("p", {}, each.change_note),
        );
      }),
    ),
  ];
}

/** What this front end has no page for. */
export async function elsewhere(found, language) {
  const address = onPortal(found.path);
  return [opening(found.title ?? found.path, words(language).portal), make("p", {}, make("a", { href: address }, address))];
}

/** What the portal refuses: nothing there, withdrawn, taken out by law, or something wrong with the address. */
export function problem({ status, title, detail, tombstone, redaction }, language) {
  const said = [tombstone?.note, redaction?.ground, redaction?.authority].filter(Boolean);
  const text = (each) => (typeof each === "string" ? each : (each[language] ?? each["zh-Hant"]));
  return [opening(title ?? String(status), detail), said.map((each) => make("p", {}, text(each)))];
}

/** A line above the contents. */
export function notice(...said) {
  return make("p", { class: "notice", role: "status" }, said);
}
