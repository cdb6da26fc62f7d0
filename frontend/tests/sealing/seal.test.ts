/** age files: only the holder of the identity opens them, and only as they were made. */
import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import { beforeAll, describe, expect, test } from "vitest";

import { newIdentity, type Identity } from "../../src/sealing/identities.ts";
import { NotARecipient, openWith, sealTo } from "../../src/sealing/seal.ts";

const NOTE = new TextEncoder().encode("where: behind the yard");
let team: Identity;

beforeAll(async () => {
  team = await newIdentity();
});

test("the holder opens what was sealed, and it holds no word in clear", async () => {
  const file = await sealTo(team.recipient, NOTE);
  expect(new TextDecoder("latin1").decode(file)).not.toContain("yard");
  expect(await openWith(team.secret, file)).toEqual(NOTE);
});

test("another identity does not open it", async () => {
  const file = await sealTo(team.recipient, NOTE);
  await expect(openWith((await newIdentity()).secret, file)).rejects.toThrow();
});

test("a flipped bit never opens, wherever it is", async () => {
  const file = await sealTo(team.recipient, NOTE);
  for (let at = 0; at < file.length; at++) {
    const changed = Uint8Array.from(file);
    changed[at]! ^= 1 << (at % 8);
    await expect(openWith(team.secret, changed), `byte ${at}`).rejects.toThrow();
  }
});

test("a file that was cut short never opens", async () => {
  const file = await sealTo(team.recipient, NOTE);
  for (const length of [0, 1, 22, file.length - 17, file.length - 16, file.length - 1])
    await expect(openWith(team.secret, file.slice(0, length)), `${length} bytes`).rejects.toThrow();
});

describe("recipients", () => {
  test.each(["", "-", "age1", "AGE-SECRET-KEY-1QQQ", `age1${"q".repeat(57)}`, `age1${"b".repeat(58)}`])(
    "%j is refused before anything is sealed",
    (recipient) => {
      expect(() => sealTo(recipient, NOTE)).toThrow(NotARecipient);
    },
  );

  test("an identity is never taken for a recipient", () => {
    expect(() => sealTo(team.secret, NOTE)).toThrow(NotARecipient);
  });

  test("only X25519: no other kind of recipient", async () => {
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    expect(() => sealTo(hybrid, NOTE)).toThrow(NotARecipient);
  });

  test("one wrong letter is noticed", async () => {
    const last = team.recipient.at(-1) === "q" ? "p" : "q";
    await expect(async () => sealTo(team.recipient.slice(0, -1) + last, NOTE)).rejects.toThrow();
  });
});
