/** Builds the coordinator's one script, its worker and its style sheet into the inbox's folder, apart from the phone's. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { compress } from "./plugins/compress.ts";
import { noHybridKeys } from "./plugins/no-hybrid-keys.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "/static/",
  publicDir: false,
  // The worker is built by itself, with plugins of its own.
  worker: { format: "es", plugins: () => [noHybridKeys()] },
  build: {
    outDir: here("../server/inbox/static"),
    emptyOutDir: true,
    manifest: true,
    target: ["chrome137", "firefox130", "safari17"],
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: { input: { inbox: here("src/inbox/main.ts") } },
  },
  plugins: [noHybridKeys(), compress()],
});
