/**
 * What the server says of this phone: newer hours, numbers and teams; that it was taken out; that it is to be emptied.
 * It never empties the phone while a referral could still go out.
 */
import { effect, signal, type ReadonlySignal } from "@preact/signals";

import { forget } from "../storage/kept.ts";
import { homeDevice, keepSetting, readSetting, type Device } from "../storage/settings.ts";
import { emptyPhone } from "../storage/wipe.ts";
import { FOR_GOOD, ask } from "./asking.ts";
import { tryNow, troubleOf } from "./clock.ts";
import { refreshReceipts, receipts } from "./follow-up.ts";
import { change, hear, heardBetween } from "./hearing.ts";
import { canMove, outboxRows, refreshWaiting, waiting } from "./outbox.ts";

/** What the page does when something about this phone has changed. */
export interface Page {
  /** The home team's device as it is kept now. */
  readonly changed: (device: Device | undefined) => void;
  /** Leaves every check, so that nothing of one is written any more; settles when the last tap was written. */
  readonly clear: () => Promise<void>;
  /** The phone could not be emptied after all. */
  readonly stays: () => void;
  /** Another tab has emptied it: nothing that is in this tab's memory may be shown or written again. */
  readonly afresh: () => void;
}

/** A phone that was emptied, and how many checks or notes went with it because no server took them. */
export interface Emptied {
  readonly lost: number;
}

const APART_MS = 6 * 3_600_000;
const LOOK_MS = 900_000;
const done = signal<Emptied | undefined>(undefined);
/** Undefined until this phone was emptied. */
export const emptied: ReadonlySignal<Emptied | undefined> = done;

const otherTabs = new BroadcastChannel("emptied");
let page: Page | undefined;

/** Starts it: now, when the app is looked at, every six hours, after each referral that went. Call it once or often. */
export function startContact(shown: Page): void {
  if (page) return;
  page = shown;
  const look = (): void => {
    if (document.visibilityState === "visible") void lookIfDue().catch(() => undefined);
  };
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK_MS);
  otherTabs.onmessage = () => shown.afresh();
  let known = receipts.value.length;
  effect(() => {
    const now = receipts.value.length;
    if (now > known) void Promise.resolve().then(contact);
    known = now;
  });
  effect(() => {
    if (heardBetween.value) void homeDevice().then(shown.changed, () => undefined);
  });
  look();
}

/** By the phone's clock; one that was set back counts as due. */
async function lookIfDue(): Promise<void> {
  await sayGoodbye();
  const since = Date.now() - ((await readSetting("looked_at")) ?? 0);
  if (since < 0 || since >= APART_MS) await contact();
}

let running: Promise<void> | undefined;

/** Asks about every team this phone has joined. Settles; never rejects. */
export function contact(): Promise<void> {
  return (running ??= askAll()
    .catch(() => undefined) // The store cannot be used just now: the next contact tries again.
    .finally(() => {
      running = undefined;
    }));
}

async function askAll(): Promise<void> {
  const joined = Object.values((await readSetting("devices"))?.by_team ?? {}).filter(({ taken_out }) => !taken_out);
  if (!joined.length) return;
  const heard: string[] = [];
  for (const device of joined) heard.push(await askAs(device));
  page?.changed(await homeDevice());
  if (heard.includes("wipe")) await wipe();
  else if (!heard.includes("nothing")) await keepSetting("looked_at", Date.now());
}

async function askAs(device: Device): Promise<"active" | "wipe" | "taken_out" | "nothing"> {
  const heard = await hear(device);
  if (heard !== "refused") return heard;
  await change(device.device_token, (now) => ({ ...now, taken_out: 1 }));
  return "taken_out";
}

/** The outbox first, then everything; what could not reach the server makes it wait for the next contact. */
async function wipe(): Promise<void> {
  await keepSetting("looked_at", 0);
  await tryNow();
  if (!page || !(await nothingCouldGo())) return;
  await page.clear();
  try {
    // Something may have been sent while the check was put down.
    if (!(await nothingCouldGo())) return page.stays();
    const lost = waiting.value.length;
    const devices = await readSetting("devices");
    await emptyPhone(Object.values(devices?.by_team ?? {}).map(({ device_token }) => device_token));
    page.changed(undefined);
    done.value = { lost };
  } catch {
    return page.stays();
  }
  await Promise.all([refreshWaiting(), refreshReceipts()]).catch(() => undefined);
  otherTabs.postMessage("emptied");
  await sayGoodbye();
}

async function nothingCouldGo(): Promise<boolean> {
  for (const row of await outboxRows()) {
    const trouble = troubleOf(row.id)?.code;
    if ((await canMove(row)) && !(trouble && FOR_GOOD.includes(trouble))) return false;
  }
  return true;
}

/** Tells the server that this phone was emptied. Tokens stay until it has heard, and are good for nothing else here. */
async function sayGoodbye(): Promise<void> {
  const tokens = (await readSetting("farewell")) ?? [];
  for (const token of tokens) {
    const reply = await ask("devices/current", { method: "DELETE", authorization: `Bearer ${token}` });
    if ("trouble" in reply && reply.trouble.code !== "device_refused") return;
  }
  if (tokens.length) await forget("settings", "farewell");
}
