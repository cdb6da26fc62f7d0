/**
 * An opened note, or seven words, must not stay on a screen that nobody looks at, nor come back by the Back button
 * after signing out. The server ends the session by its own clock; this only takes the page away.
 */

/** As long as the server lets a session idle (services/accounts.py). */
const IDLE_MS = 15 * 60_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Loads the page anew when it has idled or is brought back from memory: who is signed out then meets the sign-in. */
export function leaveNothingBehind(): void {
  let last = Date.now();
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, () => (last = Date.now()), { passive: true });
  const look = (): void => {
    if (Date.now() - last >= IDLE_MS) anew();
  };
  setInterval(look, 30_000);
  // Timers sleep with the computer; the first thing after waking is to look.
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => {
    if (event.persisted) anew();
  });
}

/** What lies open is taken away first: on a dead connection the page itself would stay. Never sends a form again. */
function anew(): void {
  document.body.hidden = true;
  location.replace(location.pathname + location.search);
}
