// What this browser keeps of one event: the key (which cannot be exported), the card, the wishes. Nobody else has it.

const opened = () => new Promise((done, failed) => {
  const asked = indexedDB.open("anlass-wish", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("events", { keyPath: "event" });
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

const within = async (mode, act) => {
  const base = await opened();
  try {
    return await new Promise((done, failed) => {
      const asked = act(base.transaction("events", mode).objectStore("events"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  } finally {
    base.close();
  }
};

export const kept = (event) => within("readonly", (store) => store.get(event));
export const keep = (what) => within("readwrite", (store) => store.put(what));
export const forget = (event) => within("readwrite", (store) => store.delete(event));
