/**
 * Once a month the inbox asks for the seven words, so that whoever lost them learns it before a note has to be opened.
 * The words are really tried, in the worker; only that they worked is told to the server.
 */
import { canHoldKeys } from "./capable.ts";
import { say } from "./messages.ts";
import { drill } from "./sealed-work.ts";
import { keysState, NotAnswered, send, stateAtStart } from "./state.ts";

/** Makes the banner work; it stays hidden where the words could not be tried. */
export function offerDrill(banner: HTMLElement): void {
  const form = banner.querySelector("form")!;
  const button = form.querySelector("button")!;
  // Whoever waits to be let in has nothing that the words could open.
  const isOpen = async (): Promise<boolean> => (await canHoldKeys()) && (await stateAtStart()).drill_due;
  isOpen().then(
    (open) => (banner.hidden = !open),
    () => undefined,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say(banner, "opening");
    tried(form)
      .catch((error: unknown) => (error instanceof NotAnswered && error.why === "over" ? "over" : "failed"))
      .then((message) => say(banner, message))
      .finally(() => (button.disabled = false));
  });
}

/** @returns the name of the message that says how it went. */
async function tried(form: HTMLFormElement): Promise<string> {
  const input = form.querySelector("input")!;
  const { identity_wrapped: file, team_wrap: teamWrap } = await keysState();
  if (!file || !teamWrap) return "lost";
  const work = await drill({ opener: { words: input.value, file }, teamWrap });
  if ("trouble" in work) return work.trouble === "words" ? "words" : work.trouble === "damaged" ? "lost" : "failed";
  input.value = "";
  form.hidden = true;
  return (await send("/keys/drill", { what: "words" })) === "ok" ? "proven" : "failed";
}
