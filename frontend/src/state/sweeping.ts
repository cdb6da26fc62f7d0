/**
 * Counts the time that the app has seen, and deletes what is over by it: once now and then every minute. Never the check
 * that the worker is on, and nothing while the phone is locked.
 */
import { draft } from "../check/running.ts";
import { refreshReceipts } from "../sending/follow-up.ts";
import { sweepDrafts, sweepReceipts } from "../storage/expiry.ts";
import { takeHeldIn } from "../storage/held.ts";
import { countSeen } from "../storage/seen.ts";
import { rest } from "./at-rest.ts";

const APART_MS = 60_000;

let timer: ReturnType<typeof setInterval> | undefined;

/** Starts it. Call it once or often. */
export function startSweeping(): void {
  if (timer) return;
  const turn = (): void => void sweep().catch(() => undefined); // The store cannot be used just now.
  timer = setInterval(turn, APART_MS);
  turn();
}

async function sweep(): Promise<void> {
  await countSeen();
  if (rest.value !== "open") return;
  await takeHeldIn();
  await sweepDrafts(draft.value?.id);
  await sweepReceipts();
  await refreshReceipts();
}
