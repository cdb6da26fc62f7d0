/**
 * Asks the browser for a passkey, to sign in or to add one, and sends what it says with the form that asked.
 * The answer is put together member by member: `clientExtensionResults`, which can hold what opens a member's keys,
 * never leaves the page.
 */
import { base64url, fromBase64url } from "../sealing/bytes.ts";
import { say } from "./messages.ts";

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
  if (!("PublicKeyCredential" in globalThis) || !navigator.credentials) return say(form, "unsupported");
  const shownAt = Date.now();
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.disabled) return;
    button.disabled = true;
    say(form, "asking");
    answered(form, shownAt)
      .then((answer) => {
        (form.elements.namedItem("passkey") as HTMLInputElement).value = answer;
        form.submit();
      })
      .catch((error: unknown) => say(form, messageOf(error)))
      .finally(() => (button.disabled = false));
  });
}

/** The browser's answer as JSON. @throws what the browser throws: NotAllowedError when the person cancels. */
async function answered(form: HTMLFormElement, shownAt: number): Promise<string> {
  const { passkey, optionsUrl } = form.dataset;
  const isOld = Date.now() - shownAt > GOOD_MS;
  const options = isOld && optionsUrl ? await fetched(optionsUrl) : JSON.parse(form.dataset.options!);
  return passkey === "create" ? made(options as CreationOptions) : signed(options as RequestOptions);
}

/** Signs the server's challenge with a passkey. @returns JSON with the members that the server takes, and no other. */
export async function signed(options: RequestOptions): Promise<string> {
  const publicKey = {
    ...options,
    challenge: fromBase64url(options.challenge),
    allowCredentials: options.allowCredentials?.map(withBytes) ?? [],
  };
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return written(credential, {
    clientDataJSON: spelled(response.clientDataJSON),
    authenticatorData: spelled(response.authenticatorData),
    signature: spelled(response.signature),
    ...(response.userHandle && { userHandle: spelled(response.userHandle) }),
  });
}

/** Makes a passkey. @returns JSON with its public half, and no other member than the server takes. */
export async function made(options: CreationOptions): Promise<string> {
  const publicKey = {
    ...options,
    challenge: fromBase64url(options.challenge),
    user: { ...options.user, id: fromBase64url(options.user.id) },
    excludeCredentials: options.excludeCredentials?.map(withBytes) ?? [],
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
