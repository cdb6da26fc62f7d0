/**
 * "Let a passkey open notes": the member's identity is wrapped for what the passkey gives, in the worker, with the
 * seven words once. The server gets the sealed file; the words stay good beside it.
 */
import { canHoldKeys } from "./capable.ts";
import { say } from "./messages.ts";
import { fromPasskey, knowsPasskeys } from "./prf.ts";
import { passkeyWrap } from "./sealed-work.ts";
import { keysState, NotAnswered, send, stateAtStart, type KeysState } from "./state.ts";

/** Makes the section with `data-passkey-keys` work. It is shown to who has a key of their own and a passkey. */
export async function offerPasskeyKeys(section: HTMLElement): Promise<void> {
  const state = await stateAtStart().catch(() => undefined);
  if (!state?.identity_wrapped || !state.passkeys.length || !knowsPasskeys() || !(await canHoldKeys())) return;
  const form = section.querySelector("form")!;
  const button = form.querySelector("button")!;
  count(section, state);
  section.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say(section, "asking");
    wrapOne(section, form, state)
      .catch(messageOf)
      .then((message) => say(section, message))
      .finally(() => (button.disabled = false));
  });
}

/** @returns the name of the message that says how it went. */
async function wrapOne(section: HTMLElement, form: HTMLFormElement, before: KeysState): Promise<string> {
  const input = form.querySelector("input")!;
  // The passkey first: browsers ask for one only right after the person's own click.
  const { prf, credentialId } = await fromPasskey(before.passkeys.map(({ credential_id }) => credential_id));
  say(section, "opening");
  const { identity_wrapped: file, passkeys } = await keysState();
  const passkey = passkeys.find(({ credential_id }) => credential_id === credentialId);
  if (!file || !passkey) return "failed";
  const work = await passkeyWrap({ opener: { words: input.value, file }, prf });
  if ("trouble" in work) return work.trouble === "words" ? "words" : "failed";
  const sent = await send("/keys/passkey", { passkey_id: String(passkey.id), identity_wrap: work.done });
  if (sent !== "ok") return sent === "expired" ? "over" : "failed";
  input.value = "";
  count(section, await keysState());
  return "wrapped";
}

function count(section: HTMLElement, { passkeys }: KeysState): void {
  const opens = passkeys.filter(({ identity_wrap }) => identity_wrap).length;
  section.querySelector<HTMLElement>("[data-open-count]")!.textContent = `${opens} / ${passkeys.length}`;
}

/** The name of the page's message for what went wrong. */
function messageOf(error: unknown): string {
  if (error instanceof NotAnswered) return error.why === "over" ? "over" : "failed";
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError") return "cancelled";
  return name === "NoPrf" ? "no-prf" : "failed";
}
