import { expect, test } from "vitest";
import { canonicalJson, contentHash } from "../../src/screening/canonical.ts";

test("keys stand by code point, at every depth, and nothing is escaped that need not be", () => {
  // By UTF-16 unit 🙂 (D83D…) would come before ﬁ (FB01): Python orders it after.
  const value = { "🙂": 1, ﬁ: 2, b: { z: ["é", "\u2028", "\u007f"], a: -3 }, a: 'say "so"\n\u0001' };
  expect(canonicalJson(value)).toBe(
    '{"a":"say \\"so\\"\\n\\u0001","b":{"a":-3,"z":["é","\u2028","\u007f"]},"ﬁ":2,"🙂":1}',
  );
});

test("the hash is the one that any SHA-256 tool gives", async () => {
  expect(await contentHash({ b: 1, a: [] })).toBe("1c8f8816506a8ccbc55140d8a7bb70214a8942c7030fc0fc2914cec675cd1c15");
});

test.for([[1.5], [true], [null], [undefined], [2 ** 53], [NaN]])("%j is refused, never guessed", ([value]) => {
  expect(() => canonicalJson({ held: [value] })).toThrow(TypeError);
});
