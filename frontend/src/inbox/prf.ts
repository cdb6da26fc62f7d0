/**
 * What a passkey gives for opening keys (WebAuthn's PRF extension): 32 bytes that only this passkey and its holder can
 * make again. They live in the memory of one page; they must never be stored, and never be sent.
 */
import { base64url, fromBase64url, sha256 } from "../sealing/bytes.ts";

/** The browser gave no result: this passkey, or this browser, cannot open anything. */
export class NoPrf extends Error {
  override name = "NoPrf";
}

/** Asks for the result beside an assertion. The salt is public and always the same: the passkey is the secret. */
export async function askedForPrf(): Promise<AuthenticationExtensionsClientInputs> {
  return { prf: { eval: { first: await sha256("heed unlock v1") } } };
}

/** The result that came with an assertion; undefined when none came. */
export function prfOf(credential: PublicKeyCredential): Uint8Array<ArrayBuffer> | undefined {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!first) return undefined;
  return ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
}

export interface FromPasskey {
  readonly prf: Uint8Array<ArrayBuffer>;
  /** Which passkey, base64url. */
  readonly credentialId: string;
}

/**
 * Asks the person for one of these passkeys and for nothing but its result: the assertion itself goes nowhere.
 * @throws NoPrf, and what the browser throws (NotAllowedError when the person cancels).
 */
export async function fromPasskey(credentialIds: readonly string[]): Promise<FromPasskey> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    rpId: location.hostname,
    allowCredentials: credentialIds.map((id) => ({ id: fromBase64url(id), type: "public-key" })),
    userVerification: "required",
    extensions: await askedForPrf(),
  };
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const prf = prfOf(credential);
  if (!prf) throw new NoPrf("no result");
  return { prf, credentialId: base64url(new Uint8Array(credential.rawId)) };
}

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => "PublicKeyCredential" in globalThis && Boolean(navigator.credentials);
