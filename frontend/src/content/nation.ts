/**
 * Follows the home team to another nation: its pack, areas and numbers are fetched as soon as this phone has joined.
 * Checks that were begun before keep the pack they were begun with.
 */
import { effect } from "@preact/signals";

import { device } from "../check/adds-up.ts";
import { refreshLanguage } from "../words/language.ts";
import { fetchTheRest, library, refreshLibrary } from "./library.ts";

let isWatched = false;

/** Starts it. Call it once or often. */
export function startNation(): void {
  if (isWatched) return;
  isWatched = true;
  effect(() => {
    const nation = device.value?.organisation.nation ?? "";
    if (library.peek() && library.peek()!.nation !== nation) void follow();
  });
}

async function follow(): Promise<void> {
  if (await refreshLibrary()) return;
  await refreshLanguage(true).catch(() => undefined);
  await fetchTheRest();
}
