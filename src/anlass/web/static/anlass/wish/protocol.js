// Wish v1 as a browser does it, with WebCrypto alone: X25519, HKDF-SHA256, AES-256-GCM.
// The sizes and labels are those of docs/reference/wish-v1-vectors.json; nothing here touches page, net or disk.

export const SLOT = 300, TOKEN = 16, NONCE = 12, FRAME = 256, LONGEST = 254, HOSTED = 1;
const PID = 16, KEY = 32, BREAK = "\u001e";
const utf8 = new TextEncoder();
const subtle = crypto.subtle;

export class Wrong extends Error {}

// --- bytes ---

export const hex = (data) => Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const base64 = (data) => btoa(String.fromCharCode(...data)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
export const fromBase64 = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

export const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
};

export const compared = (one, other) => {
  const least = Math.min(one.length, other.length);
  for (let at = 0; at < least; at += 1) if (one[at] !== other[at]) return one[at] - other[at];
  return one.length - other.length;
};

const number32 = (value) => { const data = new Uint8Array(4); new DataView(data.buffer).setUint32(0, value); return data; };
const sha256 = async (data) => new Uint8Array(await subtle.digest("SHA-256", data));

// --- the roster ---

// Written in the one way there is: below 2^255 - 19, the least byte first.
const isCanonical = (key) => key[31] < 0x7f || (key[31] === 0x7f && !(key[0] >= 0xed && key.subarray(1, 31).every((one) => one === 0xff)));

// Composed, one line, no letters that cannot be seen or that move the eye, as `plain_name` of the server makes it.
const isPlain = (name) => utf8.encode(name).length <= 200 && name === name.normalize("NFC")
  && !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?! )\p{Zs}|^ | $| {2}/u.test(name);

export const rosterIn = (data) => {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  if (data.length < 30 || decoder.decode(data.subarray(0, 6)) !== "ANWR1\0") throw new Wrong("garbled");
  const count = view.getUint32(26), entries = [];
  let at = 30;
  for (let number = 0; number < count; number += 1) {
    const start = at + PID + KEY + 2;
    if (start > data.length || start + data[start - 1] > data.length) throw new Wrong("garbled");
    const raw = data.slice(start, start + data[start - 1]);
    let name;
    try { name = decoder.decode(raw); } catch { throw new Wrong("garbled"); }
    entries.push({ pid: data.slice(at, at + PID), public: data.slice(at + PID, at + PID + KEY), flags: data[start - 2], name });
    at = start + raw.length;
  }
  if (at !== data.length) throw new Wrong("garbled");
  const keys = new Set(entries.map((one) => hex(one.public)));
  for (let number = 1; number < count; number += 1) {
    const order = compared(entries[number - 1].pid, entries[number].pid);
    if (order === 0) throw new Wrong("same-pid");
    if (order > 0) throw new Wrong("garbled");
  }
  if (keys.size < count) throw new Wrong("same-key");
  if (!entries.every((one) => isCanonical(one.public))) throw new Wrong("false-key");
  if (!entries.every((one) => isPlain(one.name))) throw new Wrong("false-name");
  return { event: data.slice(6, 22), number: view.getUint32(22), entries };
};

export const rosterHash = async (roster) => {
  const lines = await Promise.all(roster.entries.map(async (one) =>
    joined(one.pid, one.public, Uint8Array.of(one.flags), await sha256(utf8.encode(one.name)))));
  return sha256(joined(utf8.encode("anlass/wish/v1/roster\0"), roster.event, number32(roster.number), number32(lines.length), ...lines));
};

export const rosterCode = (digest) => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "", code = "";
  for (const one of digest.subarray(0, 20)) bits += one.toString(2).padStart(8, "0");
  for (let at = 0; at < 160; at += 5) code += letters[parseInt(bits.slice(at, at + 5), 2)];
  return code.match(/.{4}/g).join(" ");
};

// --- keys and pairs ---

export const newKeys = () => subtle.generateKey("X25519", false, ["deriveBits"]);

export const rawPublic = async (key) => new Uint8Array(await subtle.exportKey("raw", key));

const shared = async (secret, theirs) => {
  try {
    const key = await subtle.importKey("raw", theirs, "X25519", false, []);
    const bits = new Uint8Array(await subtle.deriveBits({ name: "X25519", public: key }, secret, 256));
    if (bits.every((one) => one === 0)) throw new Wrong("key");
    return bits;
  } catch {
    throw new Wrong("key");
  }
};

// `me` and `you` are entries of the roster; `secret` is my private CryptoKey, which need not be extractable.
export const pairOf = async (secret, me, you, roster, digest) => {
  const mine = joined(me.pid, me.public), yours = joined(you.pid, you.public);
  const [low, high] = compared(mine, yours) <= 0 ? [mine, yours] : [yours, mine];
  const info = joined(utf8.encode("anlass/wish/v1\0"), roster.event, number32(roster.number), low, high);
  const ikm = await subtle.importKey("raw", await shared(secret, you.public), "HKDF", false, ["deriveBits"]);
  const okm = new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: digest, info }, ikm, 640));
  const [lowHigh, highLow] = [okm.slice(16, 48), okm.slice(48)];
  const [outward, inward] = low === mine ? [lowHigh, highLow] : [highLow, lowHigh];
  return { token: okm.slice(0, TOKEN), outward, inward };
};

// --- slots ---

const sealing = (pair, nonce) => ({ name: "AES-GCM", iv: nonce, additionalData: joined(utf8.encode("anlass/wish/v1/card\0"), pair.token), tagLength: 128 });

export const seal = async (pair, card, nonce) => {
  const text = utf8.encode(card);
  if (text.length > LONGEST || nonce.length !== NONCE) throw new Wrong("too long");
  const frame = new Uint8Array(FRAME);
  new DataView(frame.buffer).setUint16(0, text.length);
  frame.set(text, 2);
  const key = await subtle.importKey("raw", pair.outward, "AES-GCM", false, ["encrypt"]);
  return joined(pair.token, nonce, new Uint8Array(await subtle.encrypt(sealing(pair, nonce), key, frame)));
};

// Returns {card} or {unreadable: why}.
export const unseal = async (pair, slot) => {
  if (slot.length !== SLOT) return { unreadable: "size" };
  if (compared(slot.subarray(0, TOKEN), pair.token) !== 0) return { unreadable: "other-token" };
  const key = await subtle.importKey("raw", pair.inward, "AES-GCM", false, ["decrypt"]);
  let frame;
  try {
    frame = new Uint8Array(await subtle.decrypt(sealing(pair, slot.slice(TOKEN, TOKEN + NONCE)), key, slot.slice(TOKEN + NONCE)));
  } catch {
    return { unreadable: "seal" };
  }
  const size = (frame[0] << 8) | frame[1];
  if (size > LONGEST || frame.subarray(2 + size).some((one) => one !== 0)) return { unreadable: "frame" };
  try {
    return { card: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(frame.subarray(2, 2 + size)) };
  } catch {
    return { unreadable: "frame" };
  }
};

// --- uploads and releases ---

// `wishes`: pid in hex -> card; `noise`: quota * 300 fresh random bytes.
export const uploadOf = async (secret, me, roster, digest, wishes, noise, quota) => {
  if (noise.length !== quota * SLOT || wishes.size > quota) throw new Wrong("too many");
  const slots = Array.from({ length: quota }, (_, at) => noise.slice(at * SLOT, (at + 1) * SLOT));
  const people = new Map(roster.entries.map((one) => [hex(one.pid), one]));
  const ordered = [...wishes.keys()].sort();
  for (const [number, pid] of ordered.entries()) {
    const you = people.get(pid);
    if (!you || pid === hex(me.pid)) continue;
    try {
      slots[number] = await seal(await pairOf(secret, me, you, roster, digest), wishes.get(pid), slots[number].slice(0, NONCE));
    } catch (error) {
      if (error.message !== "key") throw error;
    }
  }
  return joined(...slots.sort(compared));
};

// Returns what was revealed, by pid in hex: the card, or null where it cannot be read.
export const revealedTo = async (secret, me, roster, digest, wished, release) => {
  const byToken = new Map();
  for (let at = 0; at + SLOT <= release.length; at += SLOT) {
    const slot = release.slice(at, at + SLOT), token = hex(slot.subarray(0, TOKEN));
    byToken.set(token, [...(byToken.get(token) ?? []), slot]);
  }
  const found = new Map();
  for (const you of roster.entries) {
    if (!wished.has(hex(you.pid)) || compared(you.pid, me.pid) === 0) continue;
    let pair;
    try { pair = await pairOf(secret, me, you, roster, digest); } catch { continue; }
    const slots = byToken.get(hex(pair.token));
    if (!slots) continue;
    const cards = await Promise.all(slots.map((slot) => unseal(pair, slot)));
    found.set(hex(you.pid), cards.find((one) => "card" in one)?.card ?? null);
  }
  return found;
};

// --- the note beside a card ---

export const enclosed = (card, note) => card.replaceAll(BREAK, " ") + (note ? BREAK + note.replaceAll(BREAK, " ") : "");
export const takenOut = (text) => { const [card, ...rest] = text.split(BREAK); return { card, note: rest.join(" ") }; };
export const sizeOf = (text) => utf8.encode(text).length;
