// Elements, made without ever parsing a text as HTML.

/** An element with attributes and children; what is null or false is left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));
  return element;
}

const ALLOWED = new Set(["P", "UL", "OL", "LI", "STRONG", "B", "CODE", "BR", "H3", "H4", "MARK"]);

/**
 * The rich text of a record as nodes. The portal has cleaned it already; whatever else is in it, only its text is kept.
 * `href` turns an address of the portal into one of this front end.
 */
export function rich(html, href) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const copied = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      return [node.data];
    }
    const children = [...node.childNodes].flatMap(copied);
    if (node.nodeName === "A" && /^(https?:|mailto:|tel:|\/)/.test(node.getAttribute("href") ?? "")) {
      return [make("a", { href: href(node.getAttribute("href")) }, children)];
    }
    return ALLOWED.has(node.nodeName) ? [make(node.nodeName, {}, children)] : children;
  };
  return [...parsed.body.childNodes].flatMap(copied);
}
