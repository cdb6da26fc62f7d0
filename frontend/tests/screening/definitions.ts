/** The compiled definitions as the server makes them: the phone is tested against the very files it is given. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Areas, Checklist, Pathway } from "../../src/screening/types.ts";

const FOLDER = join(import.meta.dirname, "../../.definitions");
const MAKE = "run `python -m server.screening frontend/.definitions` first (make test does)";

/** A nation's compiled pathway. @throws Error that says how to make it, when it is not there. */
export function pathway(id: string): Pathway {
  return read(`pathway.${id}.json`) as Pathway;
}

/** A nation's compiled areas. @throws Error that says how to make them, when they are not there. */
export function areas(id: string): Areas {
  return read(`areas.${id}.json`) as Areas;
}

/** A compiled checklist. @throws Error that says how to make it, when it is not there. */
export function checklist(id: string): Checklist {
  return read(`checklist.${id}.json`) as Checklist;
}

/** The ids of all compiled checklists. @throws Error that says how to make them, when there are none. */
export function checklistIds(): readonly string[] {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const ids = names.flatMap((name) => /^checklist\.(.+)\.json$/.exec(name)?.[1] ?? []);
  if (!ids.length) throw new Error(`frontend/.definitions holds no checklist: ${MAKE}.`);
  return ids.sort();
}

function read(name: string): unknown {
  const file = join(FOLDER, name);
  if (!existsSync(file)) throw new Error(`frontend/.definitions/${name} is not there: ${MAKE}.`);
  return JSON.parse(readFileSync(file, "utf8"));
}
