/**
 * Makes a team's first keys on its keys page. The seven words are shown and two are typed back before anything is
 * sent: words that were not written down would lock every note away.
 */
import { WORDS, tidied } from "../sealing/passphrase.ts";
import { say } from "./messages.ts";
import { makeKeys, type MadeKeys } from "./sealed-work.ts";

const SENT = ["identity_recipient", "identity_wrapped", "team_recipient", "vouch_key", "team_wrap"] as const;

/** Makes the form of the keys page work. */
export function offerKeys(form: HTMLFormElement): void {
  const make = form.querySelector<HTMLButtonElement>("[data-make]");
  make?.addEventListener("click", () => {
    make.disabled = true;
    say(form, "making");
    void makeKeys().then((answer) => {
      make.disabled = false;
      if ("trouble" in answer) return say(form, "failed");
      make.hidden = true;
      say(form, "made");
      fill(form, answer.done);
      askBack(form, answer.done.passphrase.split(" "));
    });
  });
}

function fill(form: HTMLFormElement, keys: MadeKeys): void {
  for (const name of SENT) (form.elements.namedItem(name) as HTMLInputElement).value = keys[name];
  const list = form.querySelector<HTMLElement>("[data-words-list]")!;
  list.replaceChildren(
    ...keys.passphrase.split(" ").map((word) => {
      const item = document.createElement("li");
      item.textContent = word;
      return item;
    }),
  );
  form.querySelector<HTMLElement>("[data-words]")!.hidden = false;
}

/** Two of the words, drawn anew each time, must be typed before the form can be sent. */
function askBack(form: HTMLFormElement, words: readonly string[]): void {
  const inputs = [...form.querySelectorAll<HTMLInputElement>("[data-check]")];
  const save = form.querySelector<HTMLButtonElement>("button[type=submit]")!;
  const asked = drawn(inputs.length);
  const numbers = form.querySelectorAll<HTMLElement>("[data-check-number]");
  asked.forEach((place, at) => {
    numbers[at]!.textContent = String(place + 1);
  });
  const right = (): boolean => inputs.every((input, at) => tidied(input.value) === words[asked[at]!]);
  save.disabled = true;
  for (const input of inputs) input.addEventListener("input", () => (save.disabled = !right()));
  form.addEventListener("submit", (event) => {
    if (!right()) event.preventDefault();
  });
}

/** `count` different places of words, in order. */
function drawn(count: number): number[] {
  const places = new Set<number>();
  while (places.size < count) places.add(crypto.getRandomValues(new Uint8Array(1))[0]! % WORDS);
  return [...places].sort((a, b) => a - b);
}
