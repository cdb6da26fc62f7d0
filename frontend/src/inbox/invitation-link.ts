/**
 * Shows the link of an invitation that was just made in this browser. The secret stands behind the `#` of the address
 * and is taken out of it first; a page that is loaded again has it no more.
 */
import { linkKeys } from "./inviting-keys.ts";
import { say } from "./messages.ts";
import { drawCode } from "./qr-picture.ts";

/** 32 bytes, base64url. */
const SECRET = /^#[\w-]{43}$/;

/** Puts the link together, draws it as a code, and says what it carries. */
export async function showInvitation(section: HTMLElement): Promise<void> {
  const secret = SECRET.test(location.hash) ? location.hash.slice(1) : undefined;
  history.replaceState(null, "", location.pathname + location.search);
  if (!secret) return;
  const { team = "", others = "", fieldOrigin } = section.dataset;
  const numbers = others.split(" ").filter(Boolean).map(Number);
  const keys = await linkKeys(Number(team), numbers).catch(() => ({ fault: "roster" as const }));
  section.querySelector<HTMLElement>("[data-gone]")!.hidden = true;
  if ("fault" in keys) return say(section, "failed");
  const part = (number: number): string => {
    const key = keys.of.get(number);
    return key ? `${key.age_recipient}.${key.vouch_key}` : "-.-";
  };
  const link = ["v2", secret, part(Number(team)), ...numbers.map((number) => `${number}.${part(number)}`)].join(".");
  const field = section.querySelector<HTMLInputElement>("#link")!;
  field.value = `${fieldOrigin}/join#${link}`;
  drawCode(section.querySelector<HTMLElement>("[data-qr]")!, field.value);
  for (const said of section.querySelectorAll<HTMLElement>("[data-key-of]"))
    said.hidden = keys.of.has(Number(said.dataset.keyOf)) !== (said.dataset.has === "yes");
  section.querySelector<HTMLElement>("[data-shown]")!.hidden = false;
}
