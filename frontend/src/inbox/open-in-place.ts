/**
 * A sealed thing on a page that is opened where it stands: by its button, or at once by the words or passkey that unlock
 * it right there. Opening is a deed that timelines tell of: it never happens just because somebody looks at the page.
 */
import { say } from "./messages.ts";
import { stateAtStart } from "./state.ts";
import { UNLOCKED, unlockedTeam } from "./unlocked.ts";

interface Sealed {
  /** What is hidden while the keys are locked, with the button in it. */
  readonly sealed: HTMLElement;
  readonly button: HTMLButtonElement;
  /** Where it is said how it went. */
  readonly said: HTMLElement;
  /** Opens it. @returns the name of the page's message; "" when it lies open as it was sealed. */
  readonly open: () => Promise<string>;
  /** The name of the page's message for what went wrong. */
  readonly messageOf: (error: unknown) => string;
}

/** Makes the button work, and shows it where the keys are open already. */
export function openInPlace(section: HTMLElement, { sealed, button, said, open, messageOf }: Sealed): void {
  const openOnce = (): void => {
    if (button.disabled) return;
    button.disabled = true;
    say(said, "opening");
    void open()
      .catch(messageOf)
      .then((message) => {
        button.disabled = false;
        say(said, message);
      });
  };
  button.addEventListener("click", openOnce);
  document.addEventListener(UNLOCKED, ({ target }) => {
    sealed.hidden = false;
    if (section.contains(target as Node)) openOnce();
  });
  stateAtStart()
    .then(unlockedTeam)
    .then((keys) => (sealed.hidden = !keys))
    .catch(() => undefined);
}

/** Puts opened words into the page's own places. An empty one says nothing: its heading would only be looked under. */
export function showWords(list: HTMLElement, text: Readonly<Record<string, string>>): void {
  for (const field of list.querySelectorAll<HTMLElement>("[data-field]")) {
    field.textContent = text[field.dataset["field"]!] ?? "";
    const group = field.closest<HTMLElement>("[data-group]") ?? field;
    group.hidden = field.textContent.trim() === "";
  }
  list.hidden = false;
}
