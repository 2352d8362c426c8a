// The keys of the house: j k / u ?. Without this script everything is done with Tab and Enter.
// Single letters are no keys while somebody writes, and can be switched off (under ?).
(() => {
  const help = document.getElementById("keys");
  const use = document.getElementById("use-keys");
  const lines = [...document.querySelectorAll(".cases .who a, .cases .who label, .pair p:first-child a")];
  if (!help || !use) return;

  use.checked = localStorage.getItem("keys") !== "off";
  document.getElementById("close-keys").addEventListener("click", () => help.close());
  use.addEventListener("change", () => localStorage.setItem("keys", use.checked ? "on" : "off"));

  const stop = (line) => (line && line.control) || line;
  const move = (step) => {
    const at = lines.findIndex((line) => stop(line) === document.activeElement);
    const next = stop(lines[at < 0 ? (step > 0 ? 0 : lines.length - 1) : at + step]);
    if (next) next.focus();
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    u: () => document.querySelector(".undo")?.click(),
    "/": () => {
      const search = document.querySelector("input[type=search]");
      if (search) search.focus();
      else if (help.dataset.search) location.assign(help.dataset.search);
    },
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || writes || help.open) return;
    if (!(event.key in keys) || (event.key !== "?" && !use.checked)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
