// Charts to explore. What the page shows without this module is whole; a click loads what draws it again, with the
// figures under the pointer. Expressions are interpreted: nothing evaluates code.

const dark = matchMedia("(prefers-color-scheme: dark)");

async function specification(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  const spec = await response.json();
  if (dark.matches) {
    const values = spec.usermeta.dark;
    return JSON.parse(JSON.stringify(spec), (_key, value) => values[value] ?? value);
  }
  return spec;
}

async function explore(figure) {
  const drawing = figure.querySelector("[data-chart]");
  const image = drawing.querySelector("img");
  // It comes when the reader is near it, and only then says which of the pictures fits.
  image.loading = "eager";
  await image.decode().catch(() => {});
  const [spec] = await Promise.all([
    specification(image.currentSrc.replace(/\.svg$/, ".json")),
    import(new URL(drawing.dataset.vega, location).href),
  ]);
  spec.config.font = getComputedStyle(drawing).fontFamily;
  const view = document.createElement("div");
  view.className = "view";
  view.lang = document.documentElement.lang;
  await window.vegaEmbed(view, spec, {
    actions: false,
    ast: true,
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true, id: "chart-tooltip" },
  });
  // The image keeps its place for those who print the page, and for what describes it.
  view.setAttribute("role", "group");
  view.setAttribute("aria-label", image.alt);
  view.setAttribute("aria-describedby", image.getAttribute("aria-describedby"));
  view.tabIndex = -1;
  drawing.replaceChildren(view);
  view.focus();
}

for (const figure of document.querySelectorAll("figure.chart")) {
  const button = figure.querySelector("button.explore");
  if (!button) continue;
  const status = figure.querySelector("[role=status]");
  const drawing = figure.querySelector("[data-chart]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.hidden = false;
    status.textContent = drawing.dataset.loading;
    try {
      await explore(figure);
      button.hidden = true;
      status.hidden = true;
    } catch (error) {
      button.disabled = false;
      status.textContent = drawing.dataset.failed;
    }
  });
}
