import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { vectors } from "./vectors.ts";

const KINDS = ["scoring", "concern", "explain", "routing"] as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vectors-"));
  vi.stubEnv("HEED_VECTORS", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test.for(KINDS)("a file of %s holds one vector or a list, at the top or in a folder of its kind", (kind) => {
  vi.stubEnv("HEED_VECTORS", undefined);
  const ours = vectors<{ id: string }>(kind);
  vi.stubEnv("HEED_VECTORS", folder);
  const two = ours.slice(0, 2).map(({ name: _, ...vector }) => vector);
  mkdirSync(join(folder, kind));
  writeFileSync(join(folder, kind, "one.json"), JSON.stringify(two[0]));
  writeFileSync(join(folder, kind, "two.json"), JSON.stringify(two));
  writeFileSync(join(folder, `${kind}.json`), JSON.stringify({ [kind === "routing" ? "cases" : "vectors"]: two }));
  const added = vectors<{ id: string }>(kind).slice(ours.length);
  expect(added.map(({ id }) => id)).toEqual([two[0], ...two, ...two].map((vector) => vector!.id));
});

test("a folder that is not there, or holds none, is a failure", () => {
  expect(() => vectors("scoring")).toThrow("holds no vectors");
  vi.stubEnv("HEED_VECTORS", join(folder, "elsewhere"));
  expect(() => vectors("scoring")).toThrow("holds no vectors");
});

test.for([
  ["scoring", "{", "scoring.json cannot be read as JSON"],
  ["scoring", '{"vectors": []}', "not empty"],
  ["scoring", '{"cases": []}', "vector 0 needs definition, expected"],
  ["concern", "[1]", "vector 0 needs"],
  ["routing", '[{"pack": "scotland", "in": {}}]', "vector 0 needs pack, in, expect"],
] as const)("a bad file of %s says what is wrong: %s", ([kind, text, said]) => {
  writeFileSync(join(folder, `${kind}.json`), text);
  expect(() => vectors(kind)).toThrow(said);
});
