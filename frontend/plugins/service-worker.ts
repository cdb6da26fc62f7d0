/**
 * Makes the phone's service worker inside the one build: the worker is a chunk of it, and its list of files
 * is written
 * when all of them are on disk. The list must name every file that the app needs without a network, and nothing that is
 * not the app's.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const WORKER = "sw.js";
/** Needed for joining only, which needs a network anyway, and by few phones: 12 KB that the others are spared. */
const FETCHED_WHEN_NEEDED = /^\/assets\/pixels-/;

/** @param source the worker's source file, absolute. */
export function serviceWorker(source: string): Plugin {
  return {
    name: "heed:service-worker",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: source, fileName: WORKER });
    },
    writeBundle({ dir }) {
      const folder = dir as string;
      const files = ownFiles(folder);
      const list = JSON.stringify(files);
      const version = digest(Buffer.from(list), "hex").slice(0, 16);
      const code = readFileSync(join(folder, WORKER), "utf8");
      writeFileSync(join(folder, WORKER), `const OWN_FILES=${list},OWN_VERSION="${version}";${code}`);
    },
  };
}

/**
 * The files of the built app that work offline, by address, with its hash as fetch's `integrity` wants it. The start page's
 * address is "/".
 */
function ownFiles(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/"))
    .filter((name) => name !== `/${WORKER}` && !/\.(br|gz)$/.test(name) && !FETCHED_WHEN_NEEDED.test(name))
    .sort();
  const integrity = (name: string): string => `sha256-${digest(readFileSync(join(folder, name)), "base64")}`;
  return Object.fromEntries(names.map((name) => [name === "/index.html" ? "/" : name, integrity(name)]));
}

const digest = (bytes: Buffer, spelling: "hex" | "base64"): string =>
  createHash("sha256").update(bytes).digest(spelling);
