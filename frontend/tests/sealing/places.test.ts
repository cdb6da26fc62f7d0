/** Whatever order and number of messages a server gives out: no place twice, and no gap passed over in silence. */
import fc from "fast-check";
import { expect, it } from "vitest";

import { newCount, placed, type Judged } from "../../src/sealing/places.ts";

interface Row {
  readonly seq: number;
}

const rows = fc.array(fc.record({ seq: fc.integer({ min: 1, max: 9 }), holds: fc.boolean() }), { maxLength: 12 });

function judged(given: readonly { readonly seq: number; readonly holds: boolean }[]): Judged<Row>[] {
  const count = newCount();
  const lines = given.map(({ seq, holds }) => ({ is: holds ? "shown" : "dropped", row: { seq } }));
  return lines.sort((a, b) => a.row.seq - b.row.seq).flatMap((line) => placed<Row, Judged<Row>>(count, line));
}

it("every message that holds is shown once, in order", () => {
  fc.assert(
    fc.property(rows, (given) => {
      const shown = judged(given).filter(({ is }) => is === "shown");
      const places = [...new Set(given.filter(({ holds }) => holds).map(({ seq }) => seq))].sort();
      expect(shown.map(({ row }) => row.seq)).toEqual(places);
    }),
  );
});

it("something is said to be missing exactly when a place before one that holds has no message at all", () => {
  fc.assert(
    fc.property(rows, (given) => {
      const last = Math.max(0, ...given.filter(({ holds }) => holds).map(({ seq }) => seq));
      const taken = new Set(given.map(({ seq }) => seq));
      const isWhole = Array.from({ length: last }, (_, at) => at + 1).every((seq) => taken.has(seq));
      expect(judged(given).some(({ is }) => is === "missing")).toBe(!isWhole);
    }),
  );
});
