// Sources beside what they prove. Without this module a seal leads to its source further down, which opens there.

const WIDE = matchMedia("(min-width: 1100px)");
const ROWS = "li, tr, dl > div, figure, p, h1, .prose";
const list = document.querySelector(".sources");
let opened = null;

function close({ refocus }) {
  if (!opened) return;
  const { seal, panel, row } = opened;
  opened = null;
  panel.remove();
  row.classList.remove("proven");
  seal.setAttribute("aria-expanded", "false");
  if (refocus) seal.focus();
}

function panelOf(seal) {
  const panel = document.createElement("aside");
  panel.className = "panel";
  panel.id = "source-panel";
  panel.tabIndex = -1;
  const title = document.createElement("p");
  title.className = "panel-title";
  title.id = "source-panel-title";
  title.textContent = list.dataset.title.replace("{name}", seal.dataset.name);
  panel.setAttribute("aria-labelledby", title.id);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = list.dataset.close;
  button.addEventListener("click", () => close({ refocus: true }));
  panel.append(title, button);
  let place = "";
  for (const number of seal.dataset.sources.split(" ")) {
    const proof = document.querySelector(`#source-${number} .proof`)?.cloneNode(true);
    if (!proof) continue;
    // Several quotes of one place name it once.
    const where = proof.querySelector(".where");
    if (where.textContent === place) where.remove();
    else place = where.textContent;
    panel.append(proof);
  }
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close({ refocus: true });
  });
  return panel;
}

// In the margin, level with its row, and below whatever stands there already.
function inMargin(panel, row, frame) {
  frame.append(panel);
  const top = row.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  const inset = parseFloat(getComputedStyle(frame).paddingTop);
  const beside = [...frame.querySelectorAll(":scope > .picture, :scope > .aside")].map((each) => each.offsetHeight + 16);
  panel.style.marginTop = `${Math.max(0, top - inset, ...beside)}px`;
  row.style.setProperty("--reach", `${panel.getBoundingClientRect().left - row.getBoundingClientRect().right}px`);
}

function belowRow(panel, row) {
  if (row.matches("tr")) {
    const line = row.cloneNode(false);
    line.removeAttribute("id");
    const cell = document.createElement("td");
    cell.colSpan = 20;
    cell.className = "panel-cell";
    cell.append(panel);
    line.append(cell);
    row.after(line);
    panel.remove = () => line.remove();
  } else if (row.matches("li, dl > div")) (row.querySelector(":scope > dd:last-of-type") ?? row).append(panel);
  else row.after(panel);
}

function open(seal) {
  close({ refocus: false });
  const row = seal.closest(ROWS);
  const frame = seal.closest(".ledger, .opening");
  const panel = panelOf(seal);
  if (WIDE.matches && frame) inMargin(panel, row, frame);
  else belowRow(panel, row);
  row.classList.add("proven");
  seal.setAttribute("aria-expanded", "true");
  opened = { seal, panel, row };
  panel.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
}

if (list) {
  for (const seal of document.querySelectorAll(".seal[data-sources]")) {
    seal.setAttribute("aria-expanded", "false");
    seal.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (opened?.seal === seal) close({ refocus: true });
      else open(seal);
    });
  }
  WIDE.addEventListener("change", () => close({ refocus: false }));
}
