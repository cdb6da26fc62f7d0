/** A phone with one referral in its outbox, and ways to let its time pass or stand still. */
import { vi } from "vitest";

import { compose } from "../../src/sending/compose.ts";
import { FieldServer } from "./field-server.ts";
import { areas, draft, joined, newPhone, openTab, pathway, RECIPIENT, result, type Tab } from "./phone.ts";

const TIMES = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"] as const;

export const coded = compose({ draft, result, pathway, areas, language: "en" });

/** A new phone, whose time the test moves, and the server it reaches. */
export function phoneAndServer(): FieldServer {
  vi.useFakeTimers({ toFake: [...TIMES], now: draft.began + 300_000 });
  newPhone();
  const server = new FieldServer();
  vi.stubGlobal("fetch", server.fetch);
  return server;
}

/** The app open on a phone that joined, with a key it may use or without, and a check put in the outbox. */
export async function phoneWithRow(key: string | undefined = RECIPIENT): Promise<Tab> {
  const tab = await openTab();
  await tab.keepSetting("devices", joined(key));
  await tab.keepDraft(draft);
  await tab.putInOutbox(draft, coded);
  return tab;
}

/** How many rows the outbox holds, shown or not. */
export const held = async (tab: Tab): Promise<number> => (await tab.outboxRows()).length;

/** Waits in real time, so that the phone's own time stands still meanwhile. */
export async function until(comes: () => unknown): Promise<void> {
  for (let turn = 0; turn < 20_000; turn++) {
    if (await comes()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`it never came to be that ${comes}`);
}

/** Gives what was set off the time to finish, while the phone's own time stands still. */
export const settled = (): Promise<void> => {
  let turns = 0;
  return until(() => ++turns > 200);
};

/** Lets the phone's time go on to its next try. */
export const nextTry = (tab: Tab): Promise<unknown> =>
  vi.advanceTimersByTimeAsync(tab.waiting.value[0]!.next_try_at! - Date.now() + 1);
