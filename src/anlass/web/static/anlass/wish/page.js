// The page of somebody who wishes with a key in this browser. All words stand in the page; here is what is done.
import * as wish from "./protocol.js";
import { forget, keep, kept } from "./keep.js";

const room = document.getElementById("wish");
const part = (name) => room.querySelector(`[data-part="${name}"]`);
const show = (name, on = true) => { const found = part(name); if (found) found.hidden = !on; return found; };
const SHOWN = 60; // people in the list at a time

const ask = async (what, body) => {
  const answer = await fetch(`${room.dataset.address}${what}`, body === undefined ? {} : { method: "POST", body });
  return answer.ok ? answer : null;
};
const bytes = async (what) => { const answer = await ask(what); return answer && new Uint8Array(await answer.arrayBuffer()); };
const say = (name) => { for (const one of room.querySelectorAll("[data-says]")) one.hidden = one.dataset.says !== name; };
const clock = (moment) => new Date(moment).toLocaleString(document.documentElement.lang, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const begin = async () => {
  const about = await (await ask("about")).json();
  let mine = await kept(about.event);
  const isMine = mine && about.joined && wish.base64(mine.public) === about.joined.public;
  if (about.stage === "over" || about.stage === "none") { if (mine) await forget(about.event); return; }
  if (!about.joined || (!isMine && about.stage === "joining" && about.joined.flags === 0)) return join(about);
  if (!isMine) { show("elsewhere"); return; }
  mine = { card: "", wishes: {}, ...mine };
  await cardOf(about, mine);
  if (about.stage === "joining" || !about.on_roster) show("waiting");
  else if (about.stage === "wishing") await wishing(about, mine);
  else if (about.stage === "closed") show("closed");
  else if (about.stage === "open") await results(about, mine);
};

// --- taking part ---

const join = (about) => {
  show("elsewhere", Boolean(about.joined));
  const button = show("join").querySelector("button");
  button.addEventListener("click", async () => {
    button.disabled = true;
    let keys;
    try { keys = await wish.newKeys(); } catch { say("no-crypto"); return; }
    const ours = await wish.rawPublic(keys.publicKey);
    await keep({ event: about.event, secret: keys.privateKey, public: ours, card: "", wishes: {} });
    const answer = await ask("join", JSON.stringify({ public: wish.base64(ours) }));
    if (answer && (await answer.json()).joined) location.reload();
    else { button.disabled = false; say("not-joined"); }
  });
};

const cardOf = async (about, mine) => {
  if (about.stage !== "joining" && about.stage !== "wishing") return;
  const field = show("card").querySelector("textarea");
  field.value = mine.card || about.ticket.name;
  field.addEventListener("change", async () => { mine.card = field.value; await keep(mine); });
  mine.card = field.value;
};

// --- wishing ---

const rosterOf = async (about, mine) => {
  const packed = await bytes("roster");
  let roster;
  try { roster = wish.rosterIn(packed); } catch (error) {
    if (!(error instanceof wish.Wrong)) throw error;
    show("alarm");
    return null;
  }
  const digest = await wish.rosterHash(roster);
  const me = roster.entries.find((one) => wish.base64(one.pid) === about.ticket.pid);
  const isOurs = me && wish.compared(me.public, mine.public) === 0 && me.flags === 0;
  // The list of a round never changes: one that was exchanged under way is noticed, and one of a round that was.
  const isSame = !mine.round || roster.number > mine.round || (roster.number === mine.round && (!mine.list || mine.list === wish.hex(digest)));
  const isTrue = isOurs && isSame && wish.base64(roster.event) === about.event && roster.number === about.round;
  part("code").textContent = wish.rosterCode(digest);
  show("roster");
  if (!isTrue) { show("alarm"); return null; }
  return { roster, digest, me };
};

const wishing = async (about, mine) => {
  const known = await rosterOf(about, mine);
  if (!known) return;
  if (mine.round !== about.round) Object.assign(mine, { round: about.round, list: wish.hex(known.digest), wishes: {}, sendAt: null, sent: false });
  const hidden = { pid: wish.hex(known.me.pid) };
  const box = show("wishes"), list = part("people"), search = box.querySelector("input[type=search]");
  const never = box.querySelector("input[name=never-hosted]");
  never.checked = Boolean(mine.neverHosted);

  const draw = () => {
    const words = search.value.trim().toLocaleLowerCase();
    const matching = known.roster.entries.filter((one) => wish.hex(one.pid) !== hidden.pid && !(mine.neverHosted && one.flags & wish.HOSTED)
      && (words ? one.name.toLocaleLowerCase().includes(words) : true));
    matching.sort((one, other) => Number(wish.hex(other.pid) in mine.wishes) - Number(wish.hex(one.pid) in mine.wishes) || one.name.localeCompare(other.name));
    list.replaceChildren(...matching.slice(0, SHOWN).map((one) => line(about, mine, one)));
    box.querySelector("[data-part=more]").hidden = matching.length <= SHOWN;
    box.querySelector("[data-part=left]").textContent = String(about.quota - Object.keys(mine.wishes).length);
  };
  search.addEventListener("input", draw);
  never.addEventListener("change", async () => {
    mine.neverHosted = never.checked;
    if (never.checked) for (const one of known.roster.entries) if (one.flags & wish.HOSTED) delete mine.wishes[wish.hex(one.pid)];
    await keep(mine);
    draw();
  });
  draw();
  await sending(about, mine, known);
};

const line = (about, mine, one) => {
  const made = document.getElementById("person").content.cloneNode(true).firstElementChild;
  const pid = wish.hex(one.pid), box = made.querySelector("input[type=checkbox]"), note = made.querySelector("textarea");
  made.querySelector("[data-part=name]").textContent = one.name;
  made.querySelector("[data-part=hosted]").hidden = !(one.flags & wish.HOSTED);
  box.checked = pid in mine.wishes;
  box.value = pid;
  note.value = mine.wishes[pid] ?? "";
  note.closest("label").hidden = !box.checked;
  box.addEventListener("change", async () => {
    if (box.checked && Object.keys(mine.wishes).length >= about.quota) { box.checked = false; say("no-more"); return; }
    if (box.checked) mine.wishes[pid] = note.value; else delete mine.wishes[pid];
    note.closest("label").hidden = !box.checked;
    mine.sent = false;
    say("kept");
    await keep(mine);
    room.querySelector("[data-part=left]").textContent = String(about.quota - Object.keys(mine.wishes).length);
  });
  note.addEventListener("change", async () => {
    if (pid in mine.wishes) { mine.wishes[pid] = note.value; mine.sent = false; await keep(mine); say("kept"); }
  });
  return made;
};

const sending = async (about, mine, known) => {
  const ends = new Date(about.times.match).getTime();
  if (!mine.sendAt || mine.sendAt > ends) {
    const left = ends - Date.now(), chance = crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
    mine.sendAt = Date.now() + left * 0.95 * chance;
    await keep(mine);
  }
  part("send-at").textContent = clock(mine.sendAt);
  const send = async () => {
    const cards = new Map();
    for (const [pid, note] of Object.entries(mine.wishes)) {
      const text = wish.enclosed(mine.card, note);
      if (wish.sizeOf(text) > wish.LONGEST) { say("too-long"); return; }
      cards.set(pid, text);
    }
    const noise = crypto.getRandomValues(new Uint8Array(about.quota * wish.SLOT));
    const body = await wish.uploadOf(mine.secret, known.me, known.roster, known.digest, cards, noise, about.quota);
    const answer = await ask("upload", body);
    mine.sent = Boolean(answer && (await answer.json()).upload === "taken");
    await keep(mine);
    say(mine.sent ? "sent" : "not-sent");
  };
  part("send").addEventListener("click", send);
  if (mine.sent) say("sent");
  const wait = Math.max(0, mine.sendAt - Date.now());
  if (!mine.sent && wait < 2 ** 31) setTimeout(() => { if (!mine.sent) send(); }, wait);
};

// --- results ---

const results = async (about, mine) => {
  const release = await bytes("release");
  const known = release && (await rosterOf(about, mine));
  if (!known) return;
  const found = mine.round === about.round
    ? await wish.revealedTo(mine.secret, known.me, known.roster, known.digest, new Set(Object.keys(mine.wishes)), release) : new Map();
  show("results");
  show("nobody", found.size === 0);
  part("revealed").replaceChildren(...known.roster.entries.filter((one) => found.has(wish.hex(one.pid))).map((one) => {
    const made = document.getElementById("match").content.cloneNode(true).firstElementChild;
    const text = found.get(wish.hex(one.pid)), { card, note } = wish.takenOut(text ?? "");
    made.querySelector("[data-part=name]").textContent = one.name;
    made.querySelector("[data-part=card]").textContent = card;
    made.querySelector("[data-part=note]").textContent = note;
    made.querySelector("[data-part=unconfirmed]").hidden = text !== null;
    return made;
  }));
};

if (room) {
  for (const one of room.querySelectorAll("[data-script]")) one.hidden = false;
  for (const one of room.querySelectorAll("[data-no-script]")) one.hidden = true;
  begin().then(() => { room.dataset.ready = "yes"; }, () => { say("trouble"); room.dataset.ready = "trouble"; });
}
