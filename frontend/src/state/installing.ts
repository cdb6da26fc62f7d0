/** Whether the browser offers to put the app on the home screen; the offer comes once, early, and is kept for later. */
import { signal } from "@preact/signals";

/** The browser's offer; not every browser makes one. */
export interface Offer extends Event {
  prompt(): Promise<unknown>;
}

export const offer = signal<Offer | undefined>(undefined);

/** Call once, when the app starts. */
export function startInstalling(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // Said on the join screen, quietly, and nowhere else.
    offer.value = event as Offer;
  });
  addEventListener("appinstalled", () => {
    offer.value = undefined;
  });
}
