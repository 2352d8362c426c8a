// While a mailbox is read, its page asks now and then how far that is, and shows it in place.
"use strict";

(() => {
  const look = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("mailboxes");
    const shown = document.getElementById("mailboxes");
    if (!fresh || !shown) return;
    if (!shown.contains(document.activeElement) || !("goesOn" in fresh.dataset)) shown.replaceWith(fresh);
    if ("goesOn" in fresh.dataset) setTimeout(look, 1000);
  };
  setTimeout(look, 500);
})();
