// The number keys sort: 1 to 4 press the four buttons. Without this script the buttons do.
(() => {
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey || writes) return;
    const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (!button || localStorage.getItem("keys") === "off") return;
    event.preventDefault();
    button.click();
  });
})();
