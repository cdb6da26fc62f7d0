/** Every worked example of the detector finds what it says, and nothing else. */
import { expect, test } from "vitest";

import { detect } from "../../src/personal/detect.ts";
import { PACKS } from "../../src/personal/packs.ts";
import { vectors } from "./vectors.ts";

test.for(vectors())("$name", ({ pack, text, found }) => {
  const known = PACKS[pack];
  if (!known) throw new Error(`There is no pack "${pack}"; there are ${Object.keys(PACKS).join(", ")}`);
  const marked = detect(text, known).map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) }));
  expect(marked).toEqual(found);
});
