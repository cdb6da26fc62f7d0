/**
 * Asks the browser for a passkey, to sign in or to add one, and sends what it says with the form that asked.
 * The answer is put together member by member: `clientExtensionResults`, which can hold what opens a member's keys,
 * never leaves the page.
 */
import { base64url, fromBase64url } from "../sealing/bytes.ts";
import { say } from "./messages.ts";
import { enterUnlocked } from "./passkey-entry.ts";
import { askedForPrf, knowsPasskeys, prfOf, type FromPasskey } from "./prf.ts";

/** The server's challenge is good for five minutes; a page that has been open longer asks for a new one. */
const GOOD_MS = 4 * 60_000;
const ANSWER_MS = 20_000;

type Described = Omit<PublicKeyCredentialDescriptor, "id"> & { readonly id: string };

/** What the server embeds in the page: the browser's own options, with bytes as base64url. */
export type RequestOptions = Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> & {
  readonly challenge: string;
  readonly allowCredentials?: readonly Described[];
};
export type CreationOptions = Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> & {
  readonly challenge: string;
  readonly user: Omit<PublicKeyCredentialUserEntity, "id"> & { readonly id: string };
  readonly excludeCredentials?: readonly Described[];
};

/** Makes a form with `data-passkey` ("get" or "create") work. Without passkeys in this browser it says so. */
export function offerPasskey(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("[data-passkey-button]")!;
  if (!knowsPasskeys()) return say(form, "unsupported");
  const shownAt = Date.now();
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.disabled) return;
    button.disabled = true;
    say(form, "asking");
    answered(form, shownAt)
      .then(async ({ answer, opens }) => {
        (form.elements.namedItem("passkey") as HTMLInputElement).value = answer;
        if (!opens || !(await enterUnlocked(form, opens))) form.submit();
      })
      .catch((error: unknown) => say(form, messageOf(error)))
      .finally(() => (button.disabled = false));
  });
}

/** What the server is sent, as JSON, and what it is not: the bytes that open the member's keys, if there are any. */
export interface Answered {
  readonly answer: string;
  readonly opens?: FromPasskey;
}

/** The browser's answer. @throws what the browser throws: NotAllowedError when the person cancels. */
async function answered(form: HTMLFormElement, shownAt: number): Promise<Answered> {
  const { passkey, optionsUrl } = form.dataset;
  const isOld = Date.now() - shownAt > GOOD_MS;
  const options = isOld && optionsUrl ? await fetched(optionsUrl) : JSON.parse(form.dataset.options!);
  if (passkey === "create") return { answer: await made(options as CreationOptions) };
  return signed(options as RequestOptions);
}

/** Signs the server's challenge with a passkey. The JSON has the members that the server takes, and no other. */
export async function signed(options: RequestOptions): Promise<Answered> {
  const publicKey = {
    ...options,
    challenge: fromBase64url(options.challenge),
    allowCredentials: options.allowCredentials?.map(withBytes) ?? [],
    extensions: await askedForPrf(),
  };
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  const answer = written(credential, {
    clientDataJSON: spelled(response.clientDataJSON),
    authenticatorData: spelled(response.authenticatorData),
    signature: spelled(response.signature),
    ...(response.userHandle && { userHandle: spelled(response.userHandle) }),
  });
  const prf = prfOf(credential);
  return prf ? { answer, opens: { prf, credentialId: spelled(credential.rawId) } } : { answer };
}

/** Makes a passkey. @returns JSON with its public half, and no other member than the server takes. */
export async function made(options: CreationOptions): Promise<string> {
  const publicKey = {
    ...options,
    challenge: fromBase64url(options.challenge),
    user: { ...options.user, id: fromBase64url(options.user.id) },
    excludeCredentials: options.excludeCredentials?.map(withBytes) ?? [],
    // Some devices give it only to a passkey that was made with it; it is asked for when notes are to be opened.
    extensions: { prf: {} },
  };
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return written(credential, {
    clientDataJSON: spelled(response.clientDataJSON),
    attestationObject: spelled(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

function written(credential: PublicKeyCredential, response: Record<string, string | string[]>): string {
  const { id, rawId, type, authenticatorAttachment: attachment } = credential;
  return JSON.stringify({
    id,
    rawId: spelled(rawId),
    type,
    response,
    ...(attachment && { authenticatorAttachment: attachment }),
  });
}

function withBytes(described: Described): PublicKeyCredentialDescriptor {
  return { ...described, id: fromBase64url(described.id) };
}

function spelled(bytes: ArrayBuffer): string {
  return base64url(new Uint8Array(bytes));
}

/** The name of the page's message for what went wrong. */
function messageOf(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError") return "cancelled";
  return name === "InvalidStateError" ? "known" : "failed";
}

async function fetched(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: "error" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}
