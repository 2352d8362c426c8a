// While rules are written, what they would change is shown below. Without this script a button does it.
(() => {
  const text = document.getElementById("text");
  const shown = document.getElementById("preview");
  if (!text || !shown || !text.dataset.preview) return;
  let waiting = 0;
  let asked = 0;

  const look = async () => {
    const number = ++asked;
    const form = new FormData(text.form);
    const answer = await fetch(text.dataset.preview, { method: "POST", body: form, headers: { "X-Requested-With": "preview" } });
    if (!answer.ok || number !== asked) return;
    shown.innerHTML = await answer.text();
  };

  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 500);
  });
})();
