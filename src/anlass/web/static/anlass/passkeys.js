// Passkeys: the browser asks for a fingerprint, a face or a PIN, and signs what the server asked for.
"use strict";

(() => {
  const can = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
  if (!can) return;

  const send = async (place, more) => {
    const form = new FormData();
    form.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, value] of Object.entries(more)) form.set(name, value);
    const next = document.querySelector("[name=next]");
    if (next) form.set("next", next.value);
    const answer = await fetch(place.dataset.options, { method: "POST", body: form, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const offer = (selector, ask) => {
    const place = document.querySelector(selector);
    if (!place) return;
    const said = place.querySelector("[role=status]");
    place.hidden = false;
    place.querySelector("button").addEventListener("click", async () => {
      said.hidden = true;
      try {
        const made = await ask(await send(place, {}));
        const { to } = await send(place, { credential: JSON.stringify(made.toJSON()) });
        location.assign(to);
      } catch {
        said.textContent = place.dataset.fails;
        said.hidden = false;
      }
    });
  };

  offer("[data-passkey]", (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
  offer("[data-new-passkey]", (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
})();
