/**
 * The worked examples that both engines must pass: ours in tests/vectors, and more from the folder HEED_VECTORS names
 * (a relative one from the repository's root): scoring/*.json, concern/*.json, explain/*.json and routing/*.json, or
 * files of those names at its top. A folder that is named but gives nothing is a failure, not a pass.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");
const KINDS = ["scoring", "concern", "explain", "routing"] as const;

type Kind = (typeof KINDS)[number];

/** Every vector of one kind, named by its file and id. @throws Error when a folder or file cannot be used. */
export function vectors<V>(kind: Kind): readonly (V & { name: string })[] {
  const named = process.env["HEED_VECTORS"];
  const folders = [join(ROOT, "tests/vectors"), ...(named === undefined ? [] : [resolve(ROOT, named)])];
  return folders.flatMap((folder) => read<V>(folder, kind));
}

function read<V>(folder: string, kind: Kind): readonly (V & { name: string })[] {
  if (!KINDS.some((any) => filesIn(folder, any).length)) {
    throw new Error(`${folder} holds no vectors: looked for ${KINDS.join(", ")}, as folders or .json files`);
  }
  return filesIn(folder, kind).flatMap((file) => {
    const key = kind === "routing" ? "cases" : "vectors";
    const held = (JSON.parse(readFileSync(file, "utf8")) as Record<string, (V & { id: string })[]>)[key];
    if (!Array.isArray(held) || !held.length) throw new Error(`${file}: ${key} must be a list that is not empty`);
    return held.map((vector) => ({ ...vector, name: `${relative(folder, file)}:${vector.id}` }));
  });
}

function filesIn(folder: string, kind: Kind): readonly string[] {
  const inside = join(folder, kind);
  const names = existsSync(inside) ? readdirSync(inside).filter((name) => name.endsWith(".json")).sort() : [];
  return [...names.map((name) => join(inside, name)), join(folder, `${kind}.json`)].filter(existsSync);
}
