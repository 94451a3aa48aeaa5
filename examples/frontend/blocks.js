// The body of a record, block by block, in the language in which the portal gave it.

import { make, rich } from "./dom.js";
import { href, onPortal } from "./portal.js";
import { grouped } from "./words.js";

/** A picture with its caption; nothing where it has no address. */
export function picture(each) {
  if (!each?.url) {
    return null;
  }
  const image = make("img", {
    src: onPortal(each.url),
    alt: each.alt ?? "",
    width: each.width,
    height: each.height,
    loading: "lazy",
  });
  const said = [each.caption, each.credit].filter(Boolean).join(" · ");
  return make("figure", {}, image, said && make("figcaption", {}, said));
}

function table({ caption, header, rows }) {
  return make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption ?? header[0] },
    make(
      "table",
      {},
      caption && make("caption", {}, caption),
      make("thead", {}, make("tr", {}, header.map((cell) => make("th", { scope: "col" }, cell)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", {}, cell ?? ""))))),
    ),
  );
}

function toRecord({ uid, text }, record) {
  const target = record.related?.find((each) => each.uid === uid && each.url);
  const link = target && make("a", { href: href(target.url) }, target.title);
  return (link || text) && make("p", {}, link ?? "", text && ` ${text}`);
}

const BLOCKS = {
  text: ({ value }) => rich(value, href),
  heading: ({ value }) => make("h2", {}, value),
  quote: ({ value, attribution }) =>
    make("blockquote", {}, make("p", {}, value), attribution && make("footer", {}, attribution)),
  picture: (block) => picture(block.picture),
  table,
  record: toRecord,
  figure: ({ label, value, url }) => make("p", {}, url ? make("a", { href: href(url) }, label) : label, " ", make("b", {}, grouped(value))),
  code: ({ value }) => make("pre", { tabindex: "0" }, make("code", {}, value)),
  file: ({ file }) => make("p", {}, file.url ? make("a", { href: onPortal(file.url) }, file.title) : file.title),
};

/** The nodes of a record's body; blocks of a kind that came later are passed over. */
export function body(record) {
  return record.body.flatMap((block) => BLOCKS[block.type]?.(block, record) ?? []);
}
