/** Builds what `make bench` times in a browser: the shipped files behind a page of their own, in a folder that is thrown away. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("bench"),
  base: "./",
  build: {
    emptyOutDir: true,
    target: ["chrome137"],
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: { input: [here("bench/sealing.html"), here("bench/screening.html")] },
  },
});
