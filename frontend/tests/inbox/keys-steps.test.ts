/** A sheet's key as people type it, and the code that a camera reads. */
import { decodeQR } from "qr/decode.js";
import { encodeQR } from "qr";
import { expect, test } from "vitest";

import { sheetKey } from "../../src/inbox/keys-steps.ts";
import { dotsOf } from "../../src/inbox/qr-picture.ts";
import { newIdentity } from "../../src/sealing/identities.ts";

test("a key is read with or without what all begin with, in any case, with any gaps", async () => {
  const { secret } = await newIdentity();
  const groups = secret.slice("AGE-SECRET-KEY-1".length).match(/.{1,4}/g)!;
  for (const typed of [secret, secret.toLowerCase(), groups.join(" "), ` ${groups.join("\n").toLowerCase()}. `])
    expect(sheetKey(typed)).toBe(secret);
});

test("one wrong letter, one too few and nothing are no key", async () => {
  const { secret } = await newIdentity();
  const at = secret.length - 9;
  const wrong = secret.slice(0, at) + (secret[at] === "Q" ? "P" : "Q") + secret.slice(at + 1);
  for (const typed of [wrong, secret.slice(0, -1), "", "AGE-SECRET-KEY-1"]) expect(sheetKey(typed)).toBeUndefined();
});

test("the picture's path holds every dark square, and a reader finds the text in it", () => {
  const rows = encodeQR("heed-words one two three four five six", "raw", { ecc: "medium", border: 4 });
  const size = rows.length;
  const drawn = rows.map(() => Array<boolean>(size).fill(false));
  for (const [, x, y, width] of dotsOf(rows).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let at = 0; at < Number(width); at++) drawn[Number(y)]![Number(x) + at] = true;
  expect(drawn).toEqual(rows);
  const scale = 4;
  const data = new Uint8Array(size * scale * size * scale * 4);
  for (let y = 0; y < size * scale; y++)
    for (let x = 0; x < size * scale; x++)
      data.fill(drawn[Math.floor(y / scale)]![Math.floor(x / scale)] ? 0 : 255, (y * size * scale + x) * 4, (y * size * scale + x) * 4 + 4);
  expect(decodeQR({ width: size * scale, height: size * scale, data })).toBe("heed-words one two three four five six");
});
