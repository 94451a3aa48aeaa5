// Draws the charts of a dataset's form as it stands: at first, and when something in it has changed.

const PAUSE = 700; // milliseconds without a change before the form is sent

class Charts {
  constructor(panel) {
    this.panel = panel;
    this.form = panel.closest("form");
    this.status = panel.querySelector("[role=status]");
    this.drawn = panel.querySelector(".charts-drawn");
    panel.querySelector("button").addEventListener("click", () => this.draw());
    this.form.addEventListener("input", () => this.wait());
    this.form.addEventListener("change", () => this.wait());
    // Blocks that are added, moved or taken away send no event.
    const blocks = this.form.querySelector("[data-contentpath=charts]");
    if (blocks) new MutationObserver(() => this.wait()).observe(blocks, { childList: true, subtree: true });
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE);
  }

  async draw() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const body = new FormData(this.form);
    try {
      const response = await fetch(this.panel.dataset.charts, { method: "POST", body, signal });
      if (!response.ok) throw new Error(String(response.status));
      this.show(await response.json());
    } catch (error) {
      if (error.name !== "AbortError") this.status.textContent = this.panel.dataset.failed;
    }
  }

  show({ problem, charts }) {
    this.status.textContent = problem ?? "";
    if (problem) return;
    this.drawn.replaceChildren(...charts.map((chart) => this.figure(chart)));
  }

  figure({ title, image, problem }) {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    caption.textContent = title ?? "";
    figure.append(caption);
    if (image) {
      const picture = document.createElement("img");
      picture.src = image;
      picture.alt = title ?? "";
      figure.append(picture);
    } else {
      const words = document.createElement("p");
      words.className = "error-message";
      words.textContent = problem;
      figure.append(words);
    }
    return figure;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const panel of document.querySelectorAll("[data-charts]")) new Charts(panel);
});
