// The keys of the house: j k / u ? everywhere, a f m d x l where a word can be said to cases.
// Without this script everything is done with Tab, Space and Enter.
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
  const here = () => lines.findIndex((line) => {
    const item = line.closest("li");
    return stop(line) === document.activeElement || (item && item.contains(document.activeElement));
  });
  const move = (step) => {
    if (!lines.length) return document.querySelector(step > 0 ? ".beside [rel=next]" : ".beside [rel=prev]")?.click();
    const at = here();
    const next = stop(lines[at < 0 ? (step > 0 ? 0 : lines.length - 1) : at + step]);
    if (next) next.focus();
  };
  const say = (key) => {
    const button = document.querySelector(`button[data-key="${key}"]`);
    const form = button?.form;
    if (!form || form.dataset.said) return;
    const ticks = [...form.querySelectorAll("input[type=checkbox][name=case]")];
    if (ticks.length && !ticks.some((tick) => tick.checked)) {
      const at = here();
      const tick = at < 0 ? null : lines[at].closest("li").querySelector("input[name=case]");
      if (!tick) return;
      tick.checked = true;
    }
    button.click();
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    u: () => (document.querySelector(".undo") || document.querySelector("a[data-recent]"))?.click(),
    "/": () => {
      const search = document.querySelector("input[type=search]");
      if (search) search.focus();
      else if (help.dataset.search) location.assign(help.dataset.search);
    },
    "?": () => help.showModal(),
  };
  for (const key of "afmdxl") if (document.querySelector(`button[data-key="${key}"]`)) keys[key] = () => say(key);

  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || writes || help.open) return;
    if (!(event.key in keys) || (event.key !== "?" && !use.checked)) return;
    event.preventDefault();
    if (!event.repeat || event.key === "j" || event.key === "k") keys[event.key]();
  });

  // Once said is said: a second press goes nowhere, and the next page begins where this one was left.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.said) return event.preventDefault();
    form.dataset.said = "yes";
    const tick = form.querySelector("input[name=case]:checked");
    if (tick) sessionStorage.setItem("line", [...form.querySelectorAll("input[name=case]")].indexOf(tick));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) delete form.dataset.said;
  });
  const line = sessionStorage.getItem("line");
  sessionStorage.removeItem("line");
  if (line !== null && document.querySelector(".deciding") && lines.length) {
    stop(lines[Math.min(Number(line), lines.length - 1)]).focus({ preventScroll: true });
  }
})();
