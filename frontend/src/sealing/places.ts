/**
 * The places of messages within one direction, which count from 1: what is missing, and what was put in. Only messages
 * whose tag holds can show that something is missing; what does not hold may claim any place.
 */

/** A message that was judged: `shown` and `damaged` hold for their place, everything else does not. */
export interface Judged<Row> {
  readonly is: string;
  readonly row: Row;
}

/** `place`: up to here nothing is missing, or it was said. `held`: the places of messages that hold. */
export interface Count {
  place: number;
  readonly held: Set<number>;
}

export const newCount = (): Count => ({ place: 0, held: new Set() });

/**
 * What stands at the place of the next message of a direction: itself, after `missing` where one or more before it are
 * not there, or `dropped` in its stead. Messages come in the order of their places; `count` moves on.
 */
export function placed<Row extends { readonly seq: number }, Line extends Judged<Row>>(
  count: Count,
  line: Line,
): (Line | (Judged<Row> & { readonly is: "dropped" | "missing" }))[] {
  const row = line.row;
  const holds = line.is === "shown" || line.is === "damaged";
  // The same one twice is as good as one from elsewhere: somebody put it there.
  if (holds && count.held.has(row.seq)) return [{ is: "dropped", row }];
  const isGap = holds && row.seq > count.place + 1;
  if (holds) count.held.add(row.seq);
  // What does not hold may claim any place: only the very next one is believed to be taken by it.
  if (holds || row.seq === count.place + 1) count.place = Math.max(count.place, row.seq);
  return isGap ? [{ is: "missing", row }, line] : [line];
}
