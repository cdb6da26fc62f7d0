/** Sending what was made on the Keys page, and taking up keys that were just made. A failure never loses what is on paper. */
import { keepPin } from "./memory.ts";
import { NotSaved, type Page } from "./keys-page.ts";
import type { Fields, Halves } from "./keys-work.ts";
import type { Trouble, Work } from "./sealed-work.ts";
import { keysState, send, type KeysState } from "./state.ts";
import type { TeamKey } from "../sealing/vouch.ts";
import { takeUp } from "./unlocked.ts";

/** How a deed ended: the name of a notice, and about whom it is. */
export interface Done {
  readonly notice: string;
  readonly who?: string;
}

/** Sends a form; without an answer the person can try again as often as they like. @throws NotSaved, Left */
export async function save(page: Page, path: string, fields: Fields): Promise<void> {
  for (;;) {
    const view = page.show("saving");
    const how = await page.busy(view, "saving", () => send(path, fields));
    if (how === "ok") return;
    if (how !== "failed") throw new NotSaved(how);
    page.say(view, "not-saved");
    await page.pressed(view);
  }
}

/** What a job gave. @throws NotSaved "failed" when it gave nothing: what it was told cannot be wrong by a slip. */
export function given<T>(work: Work<T>): T {
  if ("done" in work) return work.done;
  throw new NotSaved("failed");
}

/** Why a job gave nothing; "" when it gave something. */
export const troubleOf = (work: Work<unknown>): "" | Trouble["trouble"] => ("trouble" in work ? work.trouble : "");

/** Unlocks keys that were just made, in this browser. Whoever cannot be told the state unlocks by their words later. */
export async function takeUpNew({ team }: KeysState, key: TeamKey, { halved, half }: Halves): Promise<void> {
  await keepPin(team.id, key);
  try {
    await takeUp(await keysState(), halved, half);
  } catch {
    // The words open them.
  }
}

/** The number of the roster that the server shows; 0 for none. Whether it holds is not asked here. */
export function shownVersion({ roster }: KeysState): number {
  try {
    const { version } = JSON.parse(roster?.body ?? "{}") as { version?: unknown };
    return typeof version === "number" ? version : 0;
  } catch {
    return 0;
  }
}
