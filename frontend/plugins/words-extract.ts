/** Prints, as JSON, what every TypeScript file under a folder shows: `node words-extract.ts FOLDER`.
 *  Run by server/translating, which hands the messages to Babel. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { argv, stdout } from "node:process";

import { readWords, type Reading } from "./words-source.ts";

/** The readings of every source file under `folder`, by path, in order of path. */
export function readFolder(folder: string): Record<string, Reading> {
  const files = globSync("**/*.{ts,tsx}", { cwd: folder }).filter((file) => !/(\.d|\.test)\.tsx?$/.test(file));
  return Object.fromEntries(
    files.sort().map((file) => [file, readWords(readFileSync(join(folder, file), "utf8"), file)]),
  );
}

if (import.meta.main) stdout.write(JSON.stringify(readFolder(argv[2] ?? "src")));
