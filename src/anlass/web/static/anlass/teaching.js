// Words selected in the letter go into the form for words. Without this script they are typed.
(() => {
  const letter = document.querySelector(".letter");
  const words = document.getElementById("words");
  const take = document.querySelector(".take");
  const quoted = document.getElementById("quoted");
  if (!letter || !words || !take || !quoted) return;

  const selected = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !letter.contains(selection.getRangeAt(0).commonAncestorContainer)) return "";
    const held = selection.getRangeAt(0).cloneContents();
    for (const note of held.querySelectorAll(".note, .letterhead")) note.remove();
    return held.textContent.replace(/\s+/g, " ").trim();
  };

  document.addEventListener("selectionchange", () => {
    const said = selected();
    take.hidden = said === "" || said.length > quoted.maxLength;
  });

  take.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the selection
  take.addEventListener("click", () => {
    quoted.value = selected();
    take.hidden = true;
    words.open = true;
    words.scrollIntoView({ block: "nearest" });
    document.getElementById("kind").focus();
  });
})();
