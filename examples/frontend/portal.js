// What is asked of the portal. Every answer is JSON; what is refused is a problem document (RFC 9457).

const settings = await (await fetch("config.json")).json();
const PORTAL = settings.portal.replace(/\/$/, "");

/** First segments of what only the portal itself has. */
const PORTAL_ONLY = /^\/(api|media|static|admin|data|opendata\/.+)(\/|$)|\.[a-z0-9.]+$/;

export class Problem extends Error {
  constructor(document) {
    super(document.detail);
    this.document = document;
  }
}

/** The answer at an address of the portal; parameters that are null are left out. Throws Problem. */
export async function get(address, parameters = {}) {
  const url = new URL(address, PORTAL);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  const answer = await response.json();
  if (!response.ok) {
    throw new Problem(answer);
  }
  return answer;
}

/** The whole address of something that the portal alone has: a picture, a file, a page. */
export function onPortal(address) {
  return new URL(address, PORTAL).href;
}

/** Where this front end shows an address of the portal; what it does not show stays where it is. */
export function href(address) {
  const url = new URL(address, PORTAL);
  if (url.origin !== new URL(PORTAL).origin || PORTAL_ONLY.test(url.pathname)) {
    return url.href;
  }
  return `?${new URLSearchParams({ path: url.pathname })}${url.hash}`;
}
