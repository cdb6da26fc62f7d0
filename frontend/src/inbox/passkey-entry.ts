/**
 * Signing in and unlocking with one gesture. The server is sent the signed challenge; what the passkey gives for opening
 * stays in this page's memory and is gone when the page goes on.
 */
import { canHoldKeys } from "./capable.ts";
import { say } from "./messages.ts";
import type { FromPasskey } from "./prf.ts";
import { keysState } from "./state.ts";
import { unlockWith } from "./unlocking.ts";

const ANSWER_MS = 20_000;
/** Whoever has signed in must get to work: what is not unlocked by then is unlocked there. */
const UNLOCK_MS = 15_000;

/**
 * Sends the sign-in form by script, unlocks, and goes on.
 *
 * @returns false when the form has to be sent as forms are: something typed waits in it, or the server said no (then its
 *   own page says why).
 */
export async function enterUnlocked(form: HTMLFormElement, opens: FromPasskey): Promise<boolean> {
  const kept = form.elements.namedItem("kept") as HTMLInputElement | null;
  if (kept?.value || !(await canHoldKeys())) return false;
  const to = await signedIn(form);
  if (to === undefined) return false;
  say(form, "unlocking");
  let end: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (end = setTimeout(resolve, UNLOCK_MS)));
  // Whatever stands in the way of unlocking is said where something is to be opened, not at the door.
  await Promise.race([keysState().then((state) => unlockWith(state, opens)).catch(() => undefined), late]);
  clearTimeout(end);
  location.assign(to);
  return true;
}

/** Where to go on, when the server has signed this browser in. */
async function signedIn(form: HTMLFormElement): Promise<string | undefined> {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form)] as [string, string][]),
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!answer.ok) return undefined;
    const { to } = (await answer.json()) as { to: string };
    return new URL(to, location.origin).origin === location.origin ? to : "/";
  } catch {
    return undefined;
  }
}
