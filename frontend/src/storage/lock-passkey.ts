/**
 * A passkey of this phone as its lock: what its PRF gives wraps the data key. Made and asked on the phone alone; nothing
 * of it is sent anywhere, and its name must not tell what the app is for.
 */

/** Bound into the wrapping key, so that the same PRF result opens nothing else. */
const INFO = new TextEncoder().encode("lock v1");

/** The browser has passkeys, but this one cannot give what a lock needs. */
export class NoPrf extends Error {
  override name = "NoPrf";
}

interface Capable {
  getClientCapabilities?(): Promise<Readonly<Record<string, boolean>>>;
}

/** Whether to offer it at all: a passkey of the phone itself, with PRF as far as the browser tells. */
export async function passkeyIsOffered(): Promise<boolean> {
  if (!("PublicKeyCredential" in globalThis) || !navigator.credentials) return false;
  try {
    const told = await (PublicKeyCredential as unknown as Capable).getClientCapabilities?.();
    if (told?.["extension:prf"] === false) return false;
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    return false;
  }
}

/** Makes a passkey. @returns its id. @throws what the browser throws: NotAllowedError when the worker turns away. */
export async function newPasskey(): Promise<Uint8Array<ArrayBuffer>> {
  const name = location.hostname;
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: random(),
      rp: { id: name, name },
      user: { id: random(), name, displayName: name },
      // ES256, EdDSA and RS256: one of them is in every phone. Nobody ever checks a signature of it.
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key" as const, alg })),
      authenticatorSelection: {
        authenticatorAttachment: "platform",
        residentKey: "discouraged",
        userVerification: "required",
      },
      extensions: { prf: {} },
    },
  })) as PublicKeyCredential;
  if (made.getClientExtensionResults().prf?.enabled !== true) throw new NoPrf("this passkey has no PRF");
  return new Uint8Array(made.rawId);
}

/**
 * The wrapping key of a passkey: the phone asks for the finger or its own PIN.
 *
 * @throws NoPrf · what the browser throws
 */
export async function keyOfPasskey(
  id: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey> {
  const found = (await navigator.credentials.get({
    publicKey: {
      challenge: random(),
      rpId: location.hostname,
      allowCredentials: [{ type: "public-key", id }],
      userVerification: "required",
      extensions: { prf: { eval: { first: salt } } },
    },
  })) as PublicKeyCredential;
  const given = found.getClientExtensionResults().prf?.results?.first;
  if (!given) throw new NoPrf("the passkey gave nothing to wrap with");
  const base = await crypto.subtle.importKey("raw", given, "HKDF", false, ["deriveKey"]);
  const derived = { name: "HKDF", hash: "SHA-256", salt, info: INFO };
  return crypto.subtle.deriveKey(derived, base, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

const random = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));
