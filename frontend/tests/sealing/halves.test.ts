/** What lies in the browser opens nothing without the session's half, and what a page gets of it cannot be exported. */
import { expect, test } from "vitest";

import { fromBase64url } from "../../src/sealing/bytes.ts";
import { halved, newHalf, rejoined } from "../../src/sealing/halves.ts";
import { secretText } from "../../src/sealing/identities.ts";
import { newKeyring, renewed } from "../../src/sealing/keyring.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";
import { isSigned, signed } from "../../src/sealing/vouch.ts";

const NOTE = new TextEncoder().encode("a note");

test("both halves open what was sealed to any key of the team, and sign by the newest", async () => {
  const first = await newKeyring();
  const { keyring, key } = await renewed(1, first.keyring);
  const half = newHalf();
  const { open, sign, vouch } = await rejoined(await halved(keyring, half), half);
  for (const { age_recipient } of [first.key, key])
    expect(await openWith(open, await sealTo(age_recipient, NOTE))).toEqual(NOTE);
  expect(vouch).toBe(key.vouch_key);
  expect(await isSigned(vouch, "text", await signed(sign, "text"))).toBe(true);
  for (const one of [...open, sign]) {
    expect(one.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("pkcs8", one)).rejects.toThrow();
  }
});

test("another half opens nothing", async () => {
  const { keyring } = await newKeyring();
  await expect(rejoined(await halved(keyring, newHalf()), newHalf())).rejects.toThrow();
});

test("no private byte lies in the half that stays in the browser", async () => {
  const { keyring } = await newKeyring();
  const { open, sign, vouch } = await halved(keyring, newHalf());
  const [priv] = keyring.keys;
  const kept = [...open, sign, new TextEncoder().encode(vouch)].map((bytes) => Array.from(bytes).join(","));
  for (const secret of [secretText.decode(priv!.x25519), fromBase64url(priv!.ed25519)])
    for (let at = 0; at < 24; at++)
      expect(kept.some((text) => text.includes(Array.from(secret.slice(at, at + 8)).join(",")))).toBe(false);
});
