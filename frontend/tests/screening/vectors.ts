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
  return filesIn(folder, kind).flatMap((file) =>
    vectorsIn<V & { id?: string }>(file, kind).map((vector) => {
      return { ...vector, name: `${relative(folder, file)}:${vector.id ?? "?"}` };
    }),
  );
}

/** The vectors of a file: a list of them, {vectors: [...]} (routing: {cases: [...]}), or one alone. */
function vectorsIn<V>(file: string, kind: Kind): readonly V[] {
  const [key, needed] = kind === "routing" ? ["cases", ["pack", "in", "expect"]] : ["vectors", ["definition", "expected"]];
  let held = parsed(file);
  if (isObject(held)) held = key in held ? held[key] : [held];
  if (!Array.isArray(held) || !held.length) throw new Error(`${file}: ${key} must be a list that is not empty`);
  held.forEach((vector: unknown, number) => {
    const isWhole = isObject(vector) && needed.every((name) => name in vector);
    if (!isWhole) throw new Error(`${file}: vector ${number} needs ${needed.join(", ")}`);
  });
  return held;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function filesIn(folder: string, kind: Kind): readonly string[] {
  const inside = join(folder, kind);
  const names = existsSync(inside) ? readdirSync(inside).filter((name) => name.endsWith(".json")).sort() : [];
  return [...names.map((name) => join(inside, name)), join(folder, `${kind}.json`)].filter(existsSync);
}
