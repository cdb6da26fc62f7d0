/**
 * The worked examples of the detector: ours in tests/vectors/personal, and more from the folder HEED_VECTORS names
 * (a relative one from the repository's root) where it has a folder `personal`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import type { Kind } from "../../src/personal/kinds.ts";

const ROOT = join(import.meta.dirname, "../../..");

export interface Vector {
  readonly name: string;
  readonly pack: string;
  readonly text: string;
  readonly found: readonly { readonly kind: Kind; readonly text: string }[];
}

/** Every vector, named by its file. @throws Error when a file has another shape, or there is none of ours. */
export function vectors(): readonly Vector[] {
  const named = process.env["HEED_VECTORS"];
  const own = read(join(ROOT, "tests/vectors"));
  if (!own.length) throw new Error("tests/vectors/personal holds no vectors");
  return named === undefined ? own : [...own, ...read(resolve(ROOT, named))];
}

function read(folder: string): readonly Vector[] {
  const inside = join(folder, "personal");
  const files = existsSync(inside) ? readdirSync(inside).filter((name) => name.endsWith(".json")).sort() : [];
  return files.flatMap((file) => {
    const path = join(inside, file);
    const { pack, cases } = JSON.parse(readFileSync(path, "utf8")) as { pack: string; cases: Omit<Vector, "pack">[] };
    if (!Array.isArray(cases) || !cases.length) throw new Error(`${path}: cases must be a list that is not empty`);
    return cases.map((one) => ({ ...one, pack, name: `${relative(folder, path)}: ${one.name}` }));
  });
}
