// Which page is asked for, and what stands around it. Each page is an address of its own, ?path= the portal's; so links,
// history and bookmarks need no script, and no server has to rewrite anything.

import { make } from "./dom.js";
import * as pages from "./pages.js";
import { get, href, Problem } from "./portal.js";
import { inOther, languageOf, words } from "./words.js";

const KINDS = {
  home: pages.home,
  list: pages.list,
  catalogue: pages.list,
  record: pages.record,
  version: pages.version,
  versions: pages.versions,
};

const asked = new URLSearchParams(location.search);
const element = (id) => document.getElementById(id);

function links(items) {
  return make("ul", {}, items.map((each) => make("li", {}, make("a", { href: href(each.url) }, each.label))));
}

/** Everything but <main>: `switchTo` is the link or button that leads to the other language. */
function frame({ language, title, menus, breadcrumbs, banners, switchTo }) {
  const say = words(language);
  document.documentElement.lang = language;
  document.title = title ? `${title} – ${say.site}` : say.site;
  element("skip").textContent = say.skip;
  element("header").replaceChildren(
    make("a", { class: "name", href: href(language === "en" ? "/en/" : "/") }, say.site),
    switchTo,
    make("nav", { "aria-label": say.menu }, links(menus.main)),
    ...(breadcrumbs.length ? [make("nav", { class: "crumbs", "aria-label": say.here }, links(breadcrumbs))] : []),
  );
  const notices = element("banners");
  notices.hidden = !banners.length;
  notices.setAttribute("aria-label", say.notices);
  notices.replaceChildren(
    ...banners.map((each) =>
      make("p", { class: `banner ${each.level}` }, each.text, each.link && " ", each.link && make("a", { href: href(each.link.url) }, each.link.label)),
    ),
  );
  element("footer").replaceChildren(make("nav", { "aria-label": say.footer }, links(menus.footer)));
}

function show(contents) {
  const main = element("content");
  main.replaceChildren(...contents.flat(Infinity).filter(Boolean));
  main.setAttribute("aria-busy", "false");
  const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (part) {
    part.scrollIntoView();
  }
}

const toOther = (language, address) =>
  make("a", { class: "switch", lang: language === "en" ? "zh-Hant" : "en", href: address }, words(language).other);

/** The menus and banners, for what the portal has no page of. */
async function surroundings(language) {
  const [menus, banners] = await Promise.all([
    get("/api/v1/menus/", { lang: language }),
    get("/api/v1/banners/", { lang: language }),
  ]);
  return {
    menus: Object.fromEntries(menus.results.map((each) => [each.slot, each.items])),
    banners: banners.results,
  };
}

async function showAddress(path) {
  const language = languageOf(path);
  let found;
  try {
    found = await get("/api/v1/resolve/", { path, lang: language });
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    const around = await surroundings(language);
    const home = { label: words(language).home, url: language === "en" ? "/en/" : "/" };
    const switchTo = toOther(language, href(inOther(path)));
    frame({ language, title: error.document.title, breadcrumbs: [home], switchTo, ...around });
    show(pages.problem(error.document, language));
    return;
  }
  const contents = [];
  if (found.location) {
    history.replaceState(null, "", href(found.location));
    found.path = found.location;
    contents.push(pages.notice(words(language).moved));
  }
  const page = KINDS[found.kind] ?? pages.elsewhere;
  const [banners, shown] = await Promise.all([
    get("/api/v1/banners/", { lang: language }),
    page(found, language, asked.get("cursor")),
  ]);
  frame({ ...found, banners: banners.results, switchTo: toOther(language, href(inOther(found.path))) });
  show([...contents, ...shown]);
}

/** The draft of a token, which the portal's preview adds to the address; it is asked for again in the other language. */
async function showDraft(token, language) {
  const around = await surroundings(language);
  const other = language === "en" ? "zh-Hant" : "en";
  const switchTo = make("button", { type: "button", class: "switch", lang: other }, words(language).other);
  switchTo.addEventListener("click", () => start(() => showDraft(token, other), other));
  try {
    const kept = await get("/admin/drafts/", { token, lang: language });
    frame({ language, title: kept.record.title, breadcrumbs: [], switchTo, ...around });
    show(pages.draft(kept, language));
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    frame({ language, title: null, breadcrumbs: [], switchTo, ...around });
    show(pages.problem(error.document, language));
  }
}

/** Run what shows a page; if the portal does not answer, say so. */
async function start(showing, language) {
  try {
    await showing();
  } catch (error) {
    document.documentElement.lang = language;
    show(pages.problem({ title: words(language).site, detail: words(language).failed }, language));
    console.error(error);
  }
}

const token = asked.get("token");
if (token) {
  // Whoever copies the address of a draft copies no token.
  history.replaceState(null, "", location.pathname);
  await start(() => showDraft(token, "zh-Hant"), "zh-Hant");
} else {
  const path = asked.get("path") ?? "/";
  await start(() => showAddress(path), languageOf(path));
}
