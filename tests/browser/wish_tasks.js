// What the tests let the browser do with its own protocol; the vectors are handed in. Loaded with every task.
export const prepared = async (vectors) => {
  const w = await import("/static/anlass/wish/protocol.js");
  const prefix = w.fromHex("302e020100300506032b656e04220420");
  const secretOf = (hex) =>
    crypto.subtle.importKey("pkcs8", w.joined(prefix, w.fromHex(hex)), "X25519", false, ["deriveBits"]);
  const roster = w.rosterIn(w.fromHex(vectors.roster.packed)), digest = await w.rosterHash(roster), people = {};
  for (const one of vectors.people) {
    const entry = roster.entries.find((other) => w.hex(other.pid) === one.pid);
    people[one.name] = { secret: await secretOf(one.secret), entry };
  }
  return { w, v: vectors, roster, digest, people };
};

const pair = (c, from, to) =>
  c.w.pairOf(c.people[from].secret, c.people[from].entry, c.people[to].entry, c.roster, c.digest);

const caught = async (act) => {
  try { return await act(); } catch (error) { return `Wrong: ${error.message}`; }
};

export const pairs = async (c) => ({
  hash: c.w.hex(c.digest),
  code: c.w.rosterCode(c.digest),
  pairs: await Promise.all(c.v.pairs.map(async (one) => {
    const made = await pair(c, one.from, one.to);
    return {
      from: one.from, to: one.to,
      token: c.w.hex(made.token), key_out: c.w.hex(made.outward), key_in: c.w.hex(made.inward),
    };
  })),
});

export const opening = async (c) => {
  const made = await pair(c, "bo", "ada");
  return Promise.all(c.v.opening_ada_to_bo.map((one) => c.w.unseal(made, c.w.fromHex(one.slot))));
};

export const refusing = async (c) => ({
  rosters: await Promise.all(
    c.v.refused_rosters.map((one) => caught(async () => c.w.rosterIn(c.w.fromHex(one.packed)))),
  ),
  keys: await Promise.all(c.v.refused_keys.filter((one) => one.why === "low order").map((one) => {
    const false_ = { ...c.people.bo.entry, public: c.w.fromHex(one.public) };
    return caught(() => c.w.pairOf(c.people.ada.secret, c.people.ada.entry, false_, c.roster, c.digest));
  })),
});

export const wholeRound = async (c) => {
  const round = c.v.round_of_three, uploads = {}, shown = {};
  const all = new Set(Object.values(c.people).map((one) => c.w.hex(one.entry.pid)));
  for (const [name, wishes] of Object.entries(round.wishes)) {
    const { secret, entry } = c.people[name], noise = c.w.fromHex(round.noise[name]);
    const cards = new Map(Object.entries(wishes).map(([to, card]) => [c.w.hex(c.people[to].entry.pid), card]));
    uploads[name] = c.w.hex(
      await c.w.uploadOf(secret, entry, c.roster, c.digest, cards, noise, round.quota),
    );
    const release = c.w.fromHex(round.answer_ada);
    shown[name] = [...await c.w.revealedTo(secret, entry, c.roster, c.digest, all, release)];
  }
  return { uploads, shown };
};

export const answering = async (c, [sent, card, note]) => {
  const made = await pair(c, "bo", "ada"), bytes = c.w.fromHex(sent);
  const slots = [0, 1, 2, 3].map((number) => bytes.slice(number * 300, number * 300 + 300));
  const opened = (await Promise.all(slots.map((slot) => c.w.unseal(made, slot)))).find((one) => "card" in one);
  const noise = crypto.getRandomValues(new Uint8Array(1200)), { secret, entry } = c.people.bo;
  const cards = new Map([[c.w.hex(c.people.ada.entry.pid), c.w.enclosed(card, note)]]);
  const back = await c.w.uploadOf(secret, entry, c.roster, c.digest, cards, noise, 4);
  return { taken: c.w.takenOut(opened.card), back: c.w.hex(back) };
};

// What a browser keeps of events: kind and exportability of each key.
export const keptKeys = async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("anlass-wish", 1);
    asked.onsuccess = () => done(asked.result);
  });
  const all = await new Promise((done) => {
    const asked = base.transaction("events").objectStore("events").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  return all.map((one) => [one.secret.type, one.secret.extractable]);
};
