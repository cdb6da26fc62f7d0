/**
 * Starts the phone's app: what is kept first, so that it opens without a network; then what can be fetched.
 * Nothing here may wait for the network before something is drawn.
 */
import { render } from "preact";

import { device } from "./check/adds-up.ts";
import { leave, startPlaces, stayAway } from "./check/places.ts";
import { letGo } from "./check/running.ts";
import { fetchTheRest, openLibrary, refreshLibrary } from "./content/library.ts";
import { loss, noStore } from "./parts/standing.tsx";
import { App } from "./screens/app.tsx";
import { fetchLater, later } from "./screens/fetched.tsx";
import { startClock } from "./sending/clock.ts";
import { refreshReceipts } from "./sending/follow-up.ts";
import { startFollowUp } from "./sending/news.ts";
import { prepareOffline } from "./service-worker/registration.ts";
import { rest, startRest } from "./state/at-rest.ts";
import { startInstalling } from "./state/installing.ts";
import { startMinute } from "./state/minute.ts";
import { startThreeShifts } from "./state/three-shifts.ts";
import { homeDevice } from "./storage/settings.ts";
import { watchStore } from "./storage/watch.ts";
import { refreshLanguage, startLanguage } from "./words/language.ts";
import { locale } from "./words/translate.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/phone.css";
import "./styles/person.css";

/** A store that answers slowly, or never, must not keep the numbers to ring from the screen. */
const PATIENCE_MS = 700;

async function start(): Promise<void> {
  const draw = (): void => render(<App />, document.getElementById("app")!);
  const early = setTimeout(draw, PATIENCE_MS);
  startMinute();
  startThreeShifts(leave);
  startInstalling();
  // Also by half a link: the screen says what is wrong with it.
  startPlaces(/^#v[12]\./.test(location.hash) ? { name: "join" } : undefined);
  try {
    loss.value = await watchStore();
    device.value = await homeDevice();
    await startLanguage();
    await startRest({ putDown: letGo, readAgain });
    if (rest.value === "open") await openLibrary();
  } catch {
    noStore.value = true;
    if (rest.value === "looking") rest.value = "open"; // No store, nothing kept, nothing to lock.
  }
  clearTimeout(early);
  draw();
  await Promise.all([startClock(), startFollowUp()]).catch(() => (noStore.value = true));
  await freshen();
}

/** After the lock: drafts may need definitions that nothing else does. */
async function readAgain(): Promise<void> {
  await refreshReceipts();
  // Which drafts there are cannot be read while the phone is locked.
  await openLibrary().catch(() => undefined);
}

/** Newer checklists, numbers and words, and everything that works without a network. */
async function freshen(): Promise<void> {
  const trouble = await refreshLibrary();
  await refreshLanguage().catch(() => undefined);
  // The words of the later screens with them: nobody is shown a screen in another language than the one before.
  await Promise.all([fetchLater(), refreshLanguage(true).catch(() => undefined)]);
  later.value?.startLate();
  // After a failure nothing more is asked for: the screen says why, and offers to try again.
  if (!trouble) await fetchTheRest();
  await later.value?.fetchPersonWords(locale.value);
  await prepareOffline(locale.value);
}

if (!stayAway()) {
  addEventListener("online", () => void freshen());
  void start();
}
