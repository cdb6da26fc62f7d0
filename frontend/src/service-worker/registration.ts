/**
 * Puts the service worker in place and finds out, by looking, whether the app would start without a network.
 * "Ready offline" is said only when every file, definition and word was found; it is never assumed.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import { definitionsAreKept } from "../content/library.ts";
import { wordsAreKept } from "../content/words.ts";
import { withEnd } from "../storage/deadline.ts";
import { ownScript } from "../trusted.ts";

/** `impossible`: this browser has no service worker (a private window): say that it works with a network only. */
export type OfflineState = "looking" | "ready" | "not_yet" | "impossible";

const state = signal<OfflineState>("looking");

/** What the last look found. */
export const readyOffline: ReadonlySignal<OfflineState> = state;

const INSTALL_MS = 120_000;
const ANSWER_MS = 5_000;

/**
 * Registers the worker, waits for its first installation, and looks.
 *
 * @param locale the language the app is used in: its words must be here too.
 */
export async function prepareOffline(locale: string): Promise<OfflineState> {
  if (!navigator.serviceWorker) return (state.value = "impossible");
  try {
    await navigator.serviceWorker.register(ownScript("/sw.js"));
    await withEnd(navigator.serviceWorker.ready, INSTALL_MS);
  } catch {
    // No network yet, or it took too long: the look below says what is here.
  }
  return lookIfReady(locale);
}

/** Looks again. Settles; never rejects. */
export async function lookIfReady(locale: string): Promise<OfflineState> {
  const found = [filesAreKept(), definitionsAreKept(), wordsAreKept(locale)].map((look) => look.catch(() => false));
  state.value = (await Promise.all(found)).every(Boolean) ? "ready" : "not_yet";
  return state.value;
}

async function filesAreKept(): Promise<boolean> {
  const worker = (await withEnd(navigator.serviceWorker.getRegistration(), ANSWER_MS))?.active;
  if (!worker) return false;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
  });
  worker.postMessage("kept?", [port2]);
  return withEnd(answer, ANSWER_MS).finally(() => port1.close());
}
