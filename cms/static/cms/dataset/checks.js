// The blocks of declared checks: only the fields that a check's kind uses are there to be seen, and series are suggested.

const KIND = /^checks-\d+-value-kind$/;
const SERIES = /^checks-\d+-value-(result|terms-\d+-value)$/;

export class Checks {
  // `members`: field → the kinds of checks that use it. Fields that are not named all kinds use.
  constructor(form, members) {
    this.panel = form.querySelector('[data-contentpath="checks"]');
    this.members = members;
    this.list = document.createElement("datalist");
    this.list.id = "dataset-series";
    form.append(this.list);
    this.panel?.addEventListener("change", () => this.arrange());
    this.panel?.addEventListener("focusin", () => this.arrange());
    // Blocks come and go.
    if (this.panel) new MutationObserver(() => this.arrange()).observe(this.panel, { childList: true, subtree: true });
    this.arrange();
  }

  refresh(series) {
    this.list.replaceChildren(...series.map((name) => new Option(name)));
  }

  arrange() {
    for (const field of this.panel?.querySelectorAll("input, select") ?? []) {
      if (KIND.test(field.name)) this.show(field);
      if (SERIES.test(field.name)) field.setAttribute("list", this.list.id);
    }
  }

  show(kind) {
    const block = kind.closest(".check");
    for (const [name, kinds] of Object.entries(this.members)) {
      const field = block.querySelector(`[data-contentpath="${name}"]`);
      if (field) field.hidden = !kinds.includes(kind.value);
    }
  }
}
