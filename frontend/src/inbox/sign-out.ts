/**
 * Signing out takes this browser's half of the keys away with the session's. The form does not wait for it: a browser
 * whose storage hangs must still sign out, and what is left then is noise; the sign-in page forgets it once more.
 */
import { forgetUnlocked } from "./memory.ts";

/** Makes the form with `data-sign-out` forget as it goes. */
export function forgetOnTheWay(form: HTMLFormElement): void {
  form.addEventListener("submit", () => void forgetUnlocked());
}
