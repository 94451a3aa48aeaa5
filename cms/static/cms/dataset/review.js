// Has the form looked at while it is edited, and shows what the server says of the table: beside it, and at the cells.

const PAUSE = 600; // milliseconds without a change before a request

export class Review {
  // `shown` is called with what the answer says of cells, {line, key, column, message}, where `message` is the id of the
  // words; `go` with one of these when the editor wants to be led there.
  constructor(form, url, { status, results, unavailable, shown, go }) {
    Object.assign(this, { form, url, status, results, unavailable, shown });
    results.addEventListener("click", (event) => {
      const said = event.target.closest("[data-mark]");
      if (said && event.target.closest("button")) go(mark(said));
    });
  }

  // Ask once nothing has changed for a while.
  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  // Ask now, with these files instead of what stands in the form. Returns the answer; undefined where there is none, or
  // nothing is new.
  async ask(files = {}) {
    clearTimeout(this.timer);
    const data = new FormData(this.form);
    for (const [name, file] of Object.entries(files)) data.set(name, file);
    const sent = signature(data);
    if (sent === this.sent) return undefined;
    this.sent = sent;
    this.request?.abort();
    const request = (this.request = new AbortController());
    this.results.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(this.url, { method: "POST", body: data, signal: request.signal });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      return this.show(await response.text());
    } catch (error) {
      if (error.name === "AbortError") return undefined;
      this.sent = undefined;
      this.status.textContent = this.unavailable;
      return undefined;
    } finally {
      if (request === this.request) this.results.removeAttribute("aria-busy");
    }
  }

  show(html) {
    this.results.innerHTML = html;
    const answer = this.results.querySelector("[data-review]");
    if (this.status.textContent !== answer.dataset.summary) this.status.textContent = answer.dataset.summary;
    this.shown([...answer.querySelectorAll("[data-mark]")].map(mark), answer);
    return answer;
  }
}

function mark(element) {
  const { line, key, column } = element.dataset;
  return { line: Number(line), key, column, message: element.id };
}

// What the answer depends on; what else changes in the form needs no new one.
function signature(data) {
  const parts = /^(dimensions|measures|checks|observations|table_file|frequency)/;
  return [...data]
    .filter(([name]) => parts.test(name))
    .map(([name, value]) => `${name}=${value instanceof File ? identity(value) : value}`)
    .join("\n");
}

// A file that was mended may be as long as before.
function identity({ name, size, lastModified }) {
  return `${name} ${size} ${lastModified}`;
}
