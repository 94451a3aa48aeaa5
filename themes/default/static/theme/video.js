// Videos are links to their provider. With a script they can be played in the page: a click loads the player, nothing
// before it.

function player(figure) {
  const frame = document.createElement("iframe");
  frame.src = figure.dataset.player;
  frame.title = figure.dataset.title;
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  frame.sandbox = "allow-scripts allow-same-origin allow-presentation allow-popups";
  // The provider shows a video only to who says where it is shown.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  return frame;
}

for (const figure of document.querySelectorAll("[data-player]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = figure.dataset.play;
  button.setAttribute("aria-label", `${figure.dataset.play}: ${figure.dataset.title}`);
  button.addEventListener("click", () => {
    const frame = player(figure);
    button.replaceWith(frame);
    frame.focus();
  });
  figure.querySelector("figcaption").before(button);
}
