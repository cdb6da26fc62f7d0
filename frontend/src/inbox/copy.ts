/** Copies what a page shows once (a link, ten codes), or prints it: both must leave the page before it is closed. */
import { say } from "./messages.ts";

/** Makes a button with `data-copy` work: it copies the field, or the lines of the list, that has the id named there. */
export function offerCopy(button: HTMLButtonElement): void {
  const source = document.getElementById(button.dataset.copy ?? "");
  const around = button.closest<HTMLElement>("section, main");
  if (!source || !around || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(textOf(source)).then(
      () => say(around, "copied"),
      () => {
        // The person can still copy it by hand.
        if ("select" in source) (source as HTMLInputElement).select();
        say(around, "not-copied");
      },
    );
  });
}

/** Makes a button with `data-print` open the browser's print window. */
export function offerPrint(button: HTMLButtonElement): void {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

function textOf(source: HTMLElement): string {
  if ("value" in source) return (source as HTMLInputElement).value;
  return Array.from(source.querySelectorAll("li"), (line) => line.textContent?.trim() ?? "").join("\n");
}
