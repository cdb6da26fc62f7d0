/**
 * What this browser keeps between two pages: which keys people compared, the newest roster it saw, and one half of an
 * unlocked team key. Nothing here opens anything by itself; a secret in the clear must never be put here.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";

import type { Halved } from "../sealing/halves.ts";
import type { Seen } from "../sealing/roster.ts";
import type { Trusted } from "../sealing/vouch.ts";

/** `session`: the sign-in that has the other half. `wrap`: SHA-256 of the sealed keyring it was opened from. */
export interface Kept {
  readonly halved: Halved;
  readonly session: string;
  readonly team: number;
  readonly wrap: string;
}

/** A member's own public key, and the team's vouching key that they believed in when they made it. */
export interface Own {
  readonly key: string;
  readonly anchor: string;
}

interface Desk extends DBSchema {
  memory: { key: string; value: Trusted | Seen | Own };
  unlocked: { key: string; value: Kept };
}

/** A browser that keeps nothing (storage blocked, disk full) must not keep anybody waiting either. */
const LONGEST_MS = 5_000;
const NOW = "now";

/** The last roster of a team that this browser saw; undefined when it saw none. */
export async function readSeen(team: number): Promise<Seen | undefined> {
  return quietly(async (desk) => (await desk.get("memory", `seen ${team}`)) as Seen | undefined);
}

/** Keeps what was seen, unless another window has seen a newer one meanwhile. */
export async function keepSeen(team: number, seen: Seen): Promise<void> {
  await quietly(async (desk) => {
    const change = desk.transaction("memory", "readwrite");
    const before = (await change.store.get(`seen ${team}`)) as Seen | undefined;
    if (!before || before.version < seen.version) await change.store.put(seen, `seen ${team}`);
    await change.done;
  });
}

/** The team's key that somebody compared (or followed from there) in this browser. */
export async function readPin(team: number): Promise<Trusted | undefined> {
  return quietly(async (desk) => (await desk.get("memory", `pin ${team}`)) as Trusted | undefined);
}

/** Only after people compared six words, or for a key that a chain leads to from there. */
export async function keepPin(team: number, { age_recipient, vouch_key }: Trusted): Promise<void> {
  await quietly((desk) => desk.put("memory", { age_recipient, vouch_key }, `pin ${team}`));
}

/** The own key of a member as this browser made it: the server cannot put another in its place. */
export async function readOwn(member: number): Promise<Own | undefined> {
  return quietly(async (desk) => (await desk.get("memory", `own ${member}`)) as Own | undefined);
}

/** Keeps it until the next one is made. */
export async function keepOwn(member: number, own: Own): Promise<void> {
  await quietly((desk) => desk.put("memory", own, `own ${member}`));
}

/** Keeps this browser's half. @returns whether it could: otherwise only the page that is open has the keys. */
export async function keepUnlocked(kept: Kept): Promise<boolean> {
  return (await quietly((desk) => desk.put("unlocked", kept, NOW))) !== undefined;
}

/** This browser's half, as it was kept. */
export async function readUnlocked(): Promise<Kept | undefined> {
  return quietly((desk) => desk.get("unlocked", NOW));
}

/** Forgets it. What people compared stays: that is public, and is not compared twice. */
export async function forgetUnlocked(): Promise<void> {
  await quietly((desk) => desk.clear("unlocked"));
}

/** Without storage everything still works on the page that is open; so a failure is an empty answer. */
async function quietly<T>(work: (desk: IDBPDatabase<Desk>) => Promise<T>): Promise<T | undefined> {
  let end: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (end = setTimeout(() => resolve(undefined), LONGEST_MS)));
  try {
    return await Promise.race([opened().then(work), late]);
  } catch {
    connection = undefined;
    return undefined;
  } finally {
    clearTimeout(end);
  }
}

let connection: Promise<IDBPDatabase<Desk>> | undefined;

function opened(): Promise<IDBPDatabase<Desk>> {
  connection ??= openDB<Desk>("desk", 1, {
    upgrade: (desk) => {
      desk.createObjectStore("memory");
      desk.createObjectStore("unlocked");
    },
    terminated: () => (connection = undefined),
  });
  return connection;
}
