/**
 * Builds the phone's app into the server's folder: one script, one style sheet, sealing apart, its worker and
 * compressed copies.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { compress } from "./plugins/compress.ts";
import { noHybridKeys } from "./plugins/no-hybrid-keys.ts";
import { serviceWorker } from "./plugins/service-worker.ts";
import { wordsNet } from "./plugins/words-net.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the first screen needs and later parts too: what draws, and what stores. */
const SHARED =
  /node_modules\/(preact|@preact|idb)\/|preload-helper|src\/(storage\/(database|deadline|failure|kept|sealed|settings|watch|drafts|held|seen)|sealing\/bytes|sending\/keyed|screening\/canonical)\.ts$/;

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: here("../server/phone/app"),
    emptyOutDir: true,
    target: ["chrome109", "firefox115", "safari16.4"],
    // The policy of the host allows no inline file and needs no shim for browsers we do not name above.
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What the first screen shares with later ones is one file, and not one for each part: requests cost more on a
        // bad line than bytes do.
        codeSplitting: {
          groups: [{ name: "shared", test: SHARED, includeDependenciesRecursively: false }],
        },
      },
    },
  },
  plugins: [
    noHybridKeys(),
    wordsNet({ source: here("src"), translations: here("../translations") }),
    serviceWorker(here("src/service-worker/worker.ts")),
    compress(),
  ],
});
