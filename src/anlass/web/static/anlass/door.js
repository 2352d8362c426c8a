// While somebody writes at the door, a friend reads along. Without this script the button "look" does it.
(() => {
  const form = document.querySelector(".door-form");
  const shown = document.getElementById("help");
  const asked = document.getElementById("asked");
  if (!form || !shown || !form.dataset.help) return;
  const told = ["matter", "who", "occasion", "why_me", "benefit", "word"];
  let waiting = 0;
  let asking = null;

  // Only questions that the text has not answered stand there, and those that somebody has begun to answer.
  const settle = () => {
    if (!asked) return;
    const help = shown.querySelector(".help");
    const begun = form.elements.matter.value.trim().length > 11;
    const open = begun ? help.dataset.open.split(" ") : [];
    for (const field of asked.querySelectorAll("[data-question]")) {
      const input = field.querySelector("textarea");
      field.hidden = !open.includes(field.dataset.question) && !input.value && document.activeElement !== input;
    }
    asked.hidden = !asked.querySelector("[data-question]:not([hidden])");
  };

  const look = async () => {
    asking?.abort();
    asking = new AbortController();
    const letter = new URLSearchParams(told.map((name) => [name, form.elements[name]?.value ?? ""]));
    try {
      const answer = await fetch(form.dataset.help, { method: "POST", body: letter, signal: asking.signal });
      if (!answer.ok) return;
      const words = await answer.text();
      if (words !== shown.innerHTML) shown.innerHTML = words;
      settle();
    } catch {
      // Away from the network or overtaken by the next look: what was said last stays.
    }
  };

  form.addEventListener("input", (event) => {
    if (!told.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 700);
  });
  form.addEventListener("submit", () => {
    // A second press while the first is on its way sends nothing twice: the sheet is the same.
    setTimeout(() => form.querySelectorAll("button").forEach((one) => (one.disabled = true)));
  });
  addEventListener("pageshow", () => {
    form.querySelectorAll("button").forEach((one) => (one.disabled = false));
    settle();
    if (form.elements.matter.value.trim()) look();
  });
})();
