/**
 * age files (https://age-encryption.org/v1) to X25519 recipients. No other kind of recipient may be mixed into a
 * file here: a passphrase beside a public key would let its holder seal in another's name.
 */
import { Decrypter, Encrypter } from "age-encryption";

/** A native X25519 recipient: `age1` and 58 letters of bech32. */
const X25519 = /^age1[02-9ac-hj-np-z]{58}$/;

/** The text is not the public half of an X25519 identity. */
export class NotARecipient extends Error {
  override name = "NotARecipient";
}

/** Bytes as an age file that only the holders of the recipients' identities open. @throws NotARecipient */
export function sealTo(recipients: string | readonly string[], bytes: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of typeof recipients === "string" ? [recipients] : recipients) {
    if (!X25519.test(recipient)) throw new NotARecipient("not an X25519 recipient of age");
    encrypter.addRecipient(recipient);
  }
  return encrypter.encrypt(bytes);
}

/** The bytes of an age file. @throws when no identity opens it or a bit of it was changed. */
export function openWith(
  identities: string | CryptoKey | readonly (string | CryptoKey)[],
  file: Uint8Array,
): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  const all = Array.isArray(identities) ? (identities as readonly (string | CryptoKey)[]) : [identities as string];
  for (const identity of all) decrypter.addIdentity(identity);
  return decrypter.decrypt(file);
}
