/**
 * Which screen is shown, kept in the browser's history so that Back works. The address stays `/` and the title
 * stays the same: neither may tell anyone what was looked at.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

/** What is asked before the first sign; `where` only if the list has parts. */
export type StartFact = "who" | "where" | "danger" | "contact";

/** The moments of a check at which something is said to the person. */
export type Deck = "opening" | "danger" | "after" | "consent" | "sharing" | "refused";

/** Screens of a running check carry its id: Back may lead into another check, or one that was sent. */
export type Place =
  | { readonly name: "home" | "lists" | "help" | "waiting" | "settings" | "join" | "emptied" | "save" | "take-in" }
  | { readonly name: "sent"; readonly id: string; readonly strong?: 1 }
  | { readonly name: "conversation"; readonly id: string }
  | { readonly name: "before" | "overview" | "result" | "send"; readonly check: string }
  | { readonly name: "fact"; readonly check: string; readonly fact: StartFact; readonly edit?: 1 }
  | { readonly name: "sign"; readonly check: string; readonly at: number; readonly edit?: 1 }
  | { readonly name: "now"; readonly check: string; readonly next: number }
  | { readonly name: "show"; readonly check: string; readonly at: number }
  | { readonly name: "cards"; readonly check: string; readonly deck: Deck };

const HOME: Place = { name: "home" };

const shown = signal<Place>(HOME);

/** The screen to draw. */
export const place: ReadonlySignal<Place> = shown;

interface Step {
  readonly at: Place;
  /** Steps taken inside the app before this one. */
  readonly depth: number;
}

const step = (): Partial<Step> | null => history.state as Partial<Step> | null;
const depth = (): number => step()?.depth ?? 0;

/** Shows another screen, one step further. */
export function go(to: Place): void {
  history.pushState({ at: to, depth: depth() + 1 } satisfies Step, "");
  shown.value = to;
}

/** Shows another screen in place of this one: Back then skips this one. */
export function instead(to: Place): void {
  history.replaceState({ at: to, depth: depth() } satisfies Step, "");
  shown.value = to;
}

/** One step back inside the app; home when there is none. */
export function back(): void {
  if (depth() > 0) history.back();
  else instead(HOME);
}

/** Starts where the browser left off, or where an invitation leads. Call once, when the app starts. */
export function startPlaces(first?: Place): void {
  history.scrollRestoration = "manual";
  const kept = first ?? step()?.at ?? HOME;
  history.replaceState({ at: kept, depth: depth() } satisfies Step, "");
  shown.value = kept;
  addEventListener("popstate", () => {
    if (leaving) return;
    shown.value = step()?.at ?? HOME;
  });
}

/**
 * An empty page of our own with a name that tells nothing: the service worker has it, so it comes without a network, and
 * no other host learns that somebody left from here. Where there is no worker yet, the browser's own empty page.
 */
export const AWAY = "/page.html";
const EMPTY = "about:blank";
/** In this tab's memory: it was left in a hurry, and only opening the app anew brings it back. */
const LEFT = "left";

let leaving = false;

/**
 * Leaves in a hurry: the page is empty before anything else happens, and neither Back nor Forward brings the check up
 * again. What was answered stays kept on the phone.
 */
export function leave(): void {
  if (leaving) return;
  leaving = true;
  document.body.replaceChildren();
  document.title = "";
  noteLeft(true);
  const away = (): void => location.replace(navigator.serviceWorker?.controller ? AWAY : EMPTY);
  const steps = depth();
  if (!steps) return away();
  addEventListener("popstate", away, { once: true });
  // A browser that does not tell of the step must not leave the worker on an empty page.
  setTimeout(away, 400);
  history.go(-steps);
}

/**
 * Whether the browser's Back or Forward led to a page that was left in a hurry: then it goes away again. Call before
 * anything is drawn.
 */
export function stayAway(): boolean {
  addEventListener("pageshow", (event) => {
    if (event.persisted && leaving) location.replace(EMPTY);
  });
  const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const isBack = how?.type === "back_forward" && wasLeft();
  if (isBack) location.replace(EMPTY);
  else noteLeft(false);
  return isBack;
}

function noteLeft(isLeft: boolean): void {
  try {
    if (isLeft) sessionStorage.setItem(LEFT, "1");
    else sessionStorage.removeItem(LEFT);
  } catch {
    // Refused: Back still leads past every screen of the check.
  }
}

function wasLeft(): boolean {
  try {
    return sessionStorage.getItem(LEFT) === "1";
  } catch {
    return false;
  }
}
