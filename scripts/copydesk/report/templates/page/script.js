// Lights up every part of what a link leads to, opens what is folded around it, and lets arrow keys walk a figure.
(() => {
  let lit = [];
  const off = () => { lit.forEach((one) => one.classList.remove("lit")); lit = []; };
  const light = (id) => {
    off();
    const to = id && document.getElementById(id);
    if (!to) return;
    lit = [...document.querySelectorAll(to.dataset.lights || `[data-of="${CSS.escape(to.dataset.of || id)}"]`)];
    if (!lit.length && to.closest(".versions, .whole")) lit = [to];
    lit.forEach((one) => one.classList.add("lit"));
  };
  const go = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const to = id && document.getElementById(id);
    for (let one = to; one; one = one.parentElement) if (one.matches("details")) one.open = true;
    light(id);
    if (to) to.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", go);
  if (location.hash) addEventListener("load", go);
  document.addEventListener("click", (event) => {
    const part = event.target.closest("[data-of]");
    if (part && !event.target.closest("a[href]")) light(part.dataset.of);
  });

  // Versions: changes alone, or all.
  for (const one of document.querySelectorAll(".needs-script")) one.hidden = false;
  for (const one of document.querySelectorAll("input[name=which]"))
    one.addEventListener("change", () => {
      const all = document.querySelector("input.everything").checked;
      document.querySelectorAll("details.run").forEach((run) => { run.open = all; });
    });

  // One tab stop a figure: the arrow keys go from mark to mark.
  for (const svg of document.querySelectorAll("figure svg")) {
    const marks = [...svg.querySelectorAll("a[href]")];
    marks.forEach((mark, n) => mark.setAttribute("tabindex", n ? "-1" : "0"));
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const at = marks.indexOf(event.target.closest("a"));
      if (!step || at < 0) return;
      event.preventDefault();
      const next = marks[(at + step + marks.length) % marks.length];
      marks[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }
})();
