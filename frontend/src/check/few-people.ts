/**
 * Whether what is sent could point at one person although it holds no name: an area of few people, together with a
 * setting or a kind of harm. It warns, and keeps the pack from proposing an anonymous notice; it never stops a referral.
 */
import { effect } from "@preact/signals";

import type { Facts } from "../screening/types.ts";
import { result } from "./adds-up.ts";
import { areas, draft, settle, unsettle } from "./running.ts";

/** What is needed of the compiled areas. */
interface ListedAreas {
  readonly areas: readonly { readonly code: string; readonly few?: number }[];
}

/** Says nothing of the kind, or of where. */
const UNTOLD: readonly unknown[] = [undefined, "", "any", "unknown", "other"];

/** Whether an area, after its roll-up, holds so few people that the facts told with it could point at one of them. */
export function fewPeople(all: ListedAreas | undefined, area: string | undefined, facts: Facts): boolean {
  const told = [facts["setting"], facts["exploitation"]].flat().some((one) => !UNTOLD.includes(one));
  return told && all?.areas.find(({ code }) => code === area)?.few === 1;
}

/** Whether to warn at the area of the running check. */
export function fewPeopleHere(): boolean {
  return fewPeople(areas.value, draft.value?.area, result.value?.facts ?? {});
}

let isWatched = false;

/**
 * Keeps the fact `k_check` of the running check in step with its area, setting and kinds: unknown until the area was
 * chosen. It is sent, so that the server proposes what the phone did. Call it once or often.
 */
export function startFewPeople(): void {
  if (isWatched) return;
  isWatched = true;
  effect(() => {
    const { area, facts } = draft.value ?? {};
    if (!facts) return;
    const listed = areas.value?.areas.some(({ code }) => code === area);
    const found = listed ? (fewPeopleHere() ? "fail" : "pass") : undefined;
    if (found === facts["k_check"]) return;
    if (found) settle({ k_check: found });
    else unsettle("k_check");
  });
}
