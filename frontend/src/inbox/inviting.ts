/**
 * Makes an invitation for phones: its secret is drawn here and goes to the page that shows the link, behind the `#`
 * that no server sees. The server is told a hash, and what is sealed.
 */
import { base64, hex, sha256 } from "../sealing/bytes.ts";
import { joinSecret, newInvitationSecret, stated } from "../sealing/voucher.ts";
import { comparedWith, linkKeys, type LinkKeys } from "./inviting-keys.ts";
import { say } from "./messages.ts";
import { NotAnswered } from "./state.ts";

const ANSWER_MS = 20_000;

/** Makes the form work. Nothing was made as long as this page is shown. */
export function offerInviting(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("[data-make]")!;
  button.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say(form, "making");
    made(form)
      .catch((error: unknown) => (error instanceof NotAnswered && error.why === "over" ? "over" : "failed"))
      .then((message) => {
        button.disabled = false;
        say(form, message);
      });
  });
}

/** @returns the name of the message to show; "" when the page of the invitation is on its way. */
async function made(form: HTMLFormElement): Promise<string> {
  const team = Number(form.dataset.team);
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  const others = fields.getAll("other_teams").map(Number);
  if (others.length > Number(form.dataset.mostOthers)) return "too-many";
  const keys = await linkKeys(team, others);
  if ("fault" in keys) {
    if (keys.fault === "compare") await askToCompare(form, team, keys.key);
    return keys.fault;
  }
  const secret = newInvitationSecret();
  fields.set("csrf_token", keys.csrf);
  fields.set("secret_hash", hex(await sha256(await joinSecret(secret))));
  fields.set("voucher", await sealedVoucher(team, secret, keys));
  const answer = await fetch(form.action, {
    method: "POST",
    body: fields,
    headers: { Accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (answer.status === 401 || answer.status === 400) return "over";
  if (!answer.ok) return "failed";
  const { to } = (await answer.json()) as { to: string };
  location.assign(`${to}#${secret}`);
  return "";
}

/** Empty when nobody here can vouch for the phones of this invitation: their notes then say so. */
async function sealedVoucher(team: number, secret: string, { of, sign }: LinkKeys): Promise<string> {
  if (!sign) return "";
  const { sealTo } = await import("../sealing/seal.ts");
  const statement = await stated(team, secret, sign.vouch, sign.sign);
  return base64(await sealTo([...of.values()].map(({ age_recipient }) => age_recipient), statement));
}

/** Nobody has compared this team's key in this browser: they do it now, once. */
async function askToCompare(form: HTMLFormElement, team: number, key: Parameters<typeof comparedWith>[1]): Promise<void> {
  const { teamWords } = await import("../sealing/compare.ts");
  const block = form.querySelector<HTMLElement>("[data-compare]")!;
  const lines = (await teamWords(key.age_recipient, key.vouch_key)).map((word) => {
    const line = document.createElement("li");
    line.textContent = word;
    return line;
  });
  block.querySelector("ol")!.replaceChildren(...lines);
  block.hidden = false;
  block.querySelector<HTMLElement>("h3")!.focus();
  const same = block.querySelector<HTMLButtonElement>("[data-same]")!;
  same.onclick = () =>
    void comparedWith(team, key).then(() => {
      block.hidden = true;
      form.requestSubmit();
    });
  block.querySelector<HTMLButtonElement>("[data-differ]")!.onclick = () => {
    block.hidden = true;
    say(form, "differ");
  };
}
