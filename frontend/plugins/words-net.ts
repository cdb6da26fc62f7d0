/** The net of the build: no word lost, none hard-coded. Fails with file and line on letters in JSX text, on words in
 *  spoken attributes, on t() without plain text, and on any message that a catalogue does not hold. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin } from "vite";

import { readFolder } from "./words-extract.ts";

export interface NetOptions {
  /** Folder of the sources, absolute. */
  source: string;
  /** Folder that holds LOCALE/LC_MESSAGES/phone.po, absolute. */
  translations: string;
}

/** Every fault under `source`, each as "file:line:column what to do". */
export function faults({ source, translations }: NetOptions): string[] {
  const readings = Object.entries(readFolder(source));
  const found = readings.flatMap(([file, { problems }]) =>
    problems.map(({ line, column, text }) => `${file}:${line}:${column} ${text}`),
  );
  for (const catalogue of globSync("*/LC_MESSAGES/phone.po", { cwd: translations })) {
    const held = messagesOf(readFileSync(join(translations, catalogue), "utf8"));
    for (const [file, { messages }] of readings)
      for (const { id, line } of messages)
        if (!held.has(id)) found.push(`${file}:${line} "${id}" is missing from ${catalogue}: run heed words update`);
  }
  return found;
}

/** The English messages of a PO file; obsolete ones do not count. */
export function messagesOf(po: string): Set<string> {
  const entries = po.matchAll(/^msgid (".*"(?:\n".*")*)/gm);
  return new Set(Array.from(entries, ([, quoted]) => unquote(quoted as string)));
}

function unquote(quoted: string): string {
  return quoted.split("\n").map((part) => JSON.parse(part) as string).join("");
}

/** Fails `vite build` on any fault; while serving, warns, so that a half-written screen can be looked at. */
export function wordsNet(options: NetOptions): Plugin {
  let building = true;
  return {
    name: "heed-words-net",
    configResolved(config) {
      building = config.command === "build";
    },
    buildStart() {
      if (!existsSync(options.source)) this.error(`words net: no folder ${relative(process.cwd(), options.source)}`);
      const found = faults(options);
      if (found.length === 0) return;
      const report = `words net: ${found.length} to mend\n${found.join("\n")}`;
      if (building) this.error(report);
      else this.warn(report);
    },
  };
}
