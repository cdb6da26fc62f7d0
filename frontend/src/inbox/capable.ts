/** Whether this browser can hold a team's keys: X25519 and Ed25519, tried out, because being listed proves nothing. */

let known: Promise<boolean> | undefined;

/** Asked once for a page. Never throws. */
export function canHoldKeys(): Promise<boolean> {
  known ??= tried().catch(() => false);
  return known;
}

async function tried(): Promise<boolean> {
  const { subtle } = crypto;
  const opening = (await subtle.generateKey("X25519", false, ["deriveBits"])) as CryptoKeyPair;
  const how = { name: "X25519", public: opening.publicKey };
  const shared = await subtle.deriveBits(how, opening.privateKey, 256);
  const signing = (await subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
  const signature = await subtle.sign("Ed25519", signing.privateKey, shared);
  return subtle.verify("Ed25519", signing.publicKey, signature, shared);
}
