// Completions under a search field: a combobox with a list (ARIA 1.2). Without this module the field works by itself.

const PAUSE = 150; // milliseconds without typing before a request
const KEPT = 50; // answers remembered on one page

class Completions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.answers = new Map();
    this.options = [];
    this.active = -1;
    this.composing = false;
    this.typed = null; // what the list on show belongs to

    this.list = document.createElement("ul");
    this.list.id = `${this.input.id}-list`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.list);
    this.status = document.createElement("div");
    this.status.className = "hidden";
    this.status.setAttribute("role", "status");
    this.input.parentElement.append(this.list, this.status);

    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");

    this.input.addEventListener("compositionstart", () => {
      this.composing = true;
      this.close();
    });
    this.input.addEventListener("compositionend", () => {
      this.composing = false;
      this.wait();
    });
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    form.addEventListener("submit", () => this.close());
    // The pointer must not take the focus away from the field.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options.indexOf(option));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  wait() {
    this.stop();
    if (this.composing) return;
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  async ask() {
    const typed = this.input.value.trim();
    if (!typed) return this.close();
    let found = this.answers.get(typed);
    if (!found) {
      this.request = new AbortController();
      try {
        const response = await fetch(this.form.dataset.suggest + encodeURIComponent(typed), {
          signal: this.request.signal,
          credentials: "omit",
        });
        if (!response.ok) return this.close();
        found = (await response.json()).results;
      } catch {
        return; // a later request took its place, or the network is away
      }
      if (this.answers.size >= KEPT) this.answers.delete(this.answers.keys().next().value);
      this.answers.set(typed, found);
    }
    const isWanted = document.activeElement === this.input && !this.composing && this.input.value.trim() === typed;
    if (isWanted) this.show(typed, found);
  }

  show(typed, found) {
    this.options = found.map((each, index) => this.option(each, index));
    this.list.replaceChildren(...this.options);
    this.typed = typed;
    this.activate(-1);
    this.expand(this.options.length > 0);
    const said = this.options.length === 1 ? this.form.dataset.one : this.form.dataset.many;
    this.status.textContent = this.options.length ? said.replace("{count}", this.options.length) : "";
  }

  option(each, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const text = document.createElement("span");
    text.textContent = each.text;
    const kind = document.createElement("span");
    kind.className = "note";
    kind.textContent = this.form.dataset[each.kind] ?? "";
    option.append(text, " ", kind);
    option.dataset.text = each.text;
    return option;
  }

  expand(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    this.stop();
    this.activate(-1);
    this.expand(false);
    this.status.textContent = "";
  }

  activate(index) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  press(event) {
    // 229: the key belongs to an input method, even where the composition has just ended.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1, event.altKey);
    } else if (event.key === "Enter" && this.isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      this.close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.activate(-1);
    }
  }

  move(step, onlyOpens) {
    if (!this.isOpen) {
      const isKnown = this.options.length > 0 && this.typed === this.input.value.trim();
      if (isKnown) this.expand(true);
      else this.ask();
      if (onlyOpens || !isKnown) return;
    } else if (onlyOpens) {
      if (step < 0) this.close();
      return;
    }
    // Past either end lies the field itself.
    const places = this.options.length + 1;
    this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  choose(index) {
    this.input.value = this.options[index].dataset.text;
    this.close();
    this.form.requestSubmit();
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Completions(form);
