// Lights up what a link on this page leads to, while the pointer or the focus is on it or on its sentence.
(() => {
  let lit = [];
  const off = () => { lit.forEach((one) => one.classList.remove("lit")); lit = []; };
  const on = (event) => {
    off();
    const from = event.target.closest(".sentence, a[href^='#']");
    const link = from && (from.matches("a") ? from : from.querySelector("a.place[href]"));
    const to = link && document.getElementById(link.getAttribute("href").slice(1));
    if (to && !to.matches("h2, main")) lit = [from, to];
    lit.forEach((one) => one.classList.add("lit"));
  };
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, on);
  for (const name of ["pointerleave", "focusout"]) document.addEventListener(name, off);
})();
