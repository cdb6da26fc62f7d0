/**
 * The phone at rest: whether it is locked, and when the lock comes back. A screen behind the lock is taken away before
 * anything else happens; what still has to go out goes out all the same.
 */
import { signal } from "@preact/signals";

import { holdDataKey, lockState } from "../storage/sealed.ts";
import { countSeen } from "../storage/seen.ts";
import { readSetting, type Settings } from "../storage/settings.ts";

/** What the page does for the lock. */
export interface Page {
  /** Lets go of what is in memory, once it was written. */
  readonly putDown: () => Promise<void>;
  /** Reads again what is kept: the lock was opened. */
  readonly readAgain: () => Promise<void>;
}

type LockAfter = Settings["lock_after"];

const IDLE_MS = 300_000;
const LOOK_MS = 15_000;
/** Choosing a file takes the page out of sight: so long it may be away for that. */
const CHOOSING_MS = 120_000;

/** Beside the store, so that a slow one does not let a screen be seen: "1" where there is a lock. */
const BESIDE = "rest";

/** `looking`: there is a lock, and the store has not said yet how it stands. */
export const rest = signal<"looking" | "open" | "locked">(beside() ? "looking" : "open");
export const hasLock = signal(false);
export const lockAfter = signal<LockAfter>("five_minutes");

const otherTabs = new BroadcastChannel("rest");
let page: Page;
let lastUsed = now();
let choosingUntil = 0;
let locking: Promise<void> = Promise.resolve();

/** Finds out whether the phone is locked, and watches from then on. Call once, when the app starts. @throws CouldNotKeep */
export async function startRest(shown: Page): Promise<void> {
  page = shown;
  const used = (): void => {
    lastUsed = now();
  };
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, used, { passive: true });
  document.addEventListener("visibilitychange", () => {
    const isLeft = document.visibilityState === "hidden";
    if (isLeft ? lockAfter.value === "at_once" && performance.now() > choosingUntil : isIdle()) void lockNow();
  });
  setInterval(() => isIdle() && void lockNow(), LOOK_MS);
  otherTabs.onmessage = ({ data }) => {
    if (data === "afresh") location.reload();
    else if (data === "locked") void lockNow(false);
    else void lookAgain();
  };
  await countSeen();
  lockAfter.value = (await readSetting("lock_after")) ?? "five_minutes";
  await lookAtLock();
}

/** Locks at once, where there is a lock. */
export function lockNow(everywhere = true): Promise<void> {
  if (!hasLock.value || rest.value !== "open") return locking;
  rest.value = "locked";
  if (everywhere) otherTabs.postMessage("locked");
  locking = page.putDown().then(async () => {
    holdDataKey(undefined);
    await page.readAgain();
  });
  locking = locking.catch(() => undefined);
  return locking;
}

/** The lock was opened in this tab. */
export async function opened(): Promise<void> {
  await page.readAgain().catch(() => undefined);
  lastUsed = now();
  rest.value = "open";
}

/** What is under way must be over before the key is taken up again. */
export const settledLock = (): Promise<void> => locking;

/** A lock was set or taken away in this tab. @throws CouldNotKeep */
export async function lockChanged(): Promise<void> {
  await lookAtLock();
  otherTabs.postMessage("changed");
}

/** Everything was deleted: no tab may go on with what it had in memory. */
export function startAfresh(): void {
  keepBeside(false);
  otherTabs.postMessage("afresh");
  location.reload();
}

/** The worker is about to choose a file: that is no leaving. */
export function choosesFile(): void {
  choosingUntil = performance.now() + CHOOSING_MS;
}

async function lookAgain(): Promise<void> {
  const before = rest.value;
  await lookAtLock().catch(() => undefined);
  if (before !== "open" && rest.value === "open") await page.readAgain().catch(() => undefined);
}

async function lookAtLock(): Promise<void> {
  const found = await lockState();
  hasLock.value = found !== "none";
  keepBeside(hasLock.value);
  if (found === "locked" && rest.value === "open") return lockNow(false);
  rest.value = found === "locked" ? "locked" : "open";
}

/** By two clocks: one may be set back, the other may stand still while the phone sleeps. */
function now(): readonly [wall: number, tick: number] {
  return [Date.now(), performance.now()];
}

function isIdle(): boolean {
  return Math.max(Date.now() - lastUsed[0], performance.now() - lastUsed[1]) >= IDLE_MS;
}

function beside(): boolean {
  try {
    return localStorage.getItem(BESIDE) === "1";
  } catch {
    return false; // Refused: the store alone tells.
  }
}

function keepBeside(isSet: boolean): void {
  try {
    if (isSet) localStorage.setItem(BESIDE, "1");
    else localStorage.removeItem(BESIDE);
  } catch {
    // Refused: a slow store may let an empty home screen be seen.
  }
}
