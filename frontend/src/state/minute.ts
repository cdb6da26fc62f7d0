/**
 * The phone's own clock as a signal, so that what depends on the time is said without anyone touching the
 * screen.
 */
import { signal } from "@preact/signals";

/** Milliseconds, moved on twice a minute while the app is open. */
export const minute = signal(Date.now());

/** Starts it. Call once, when the app starts. */
export function startMinute(): void {
  const move = (): void => {
    minute.value = Date.now();
  };
  setInterval(move, 30_000);
  document.addEventListener("visibilitychange", move);
}
