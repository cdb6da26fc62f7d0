/** The phone's unit tests: plain Node, no build plugins, no network. Journeys in a real browser are in ../tests. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: "node",
    restoreMocks: true,
    unstubGlobals: true,
  },
});
