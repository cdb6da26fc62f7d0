/**
 * Marks what looks personal in a worker's words, so that the screen can ask whether it is needed. It only looks:
 * it must never keep, send or change a text, and what it does not mark may still be personal.
 */
import { KINDS, type Found, type Kind, type Pack } from "./kinds.ts";
import { namesIn } from "./names.ts";
import { plain } from "./plain.ts";

type Stretch = readonly [number, number];

/** What looks personal in `text`, in order, without overlaps. The time it takes grows with the text's length. */
export function detect(text: string, pack: Pack): readonly Found[] {
  const seen = plain(text);
  const isTaken = new Uint8Array(seen.text.length);
  const found: Found[] = [];
  for (const kind of KINDS) {
    for (const [from, to] of stretches(kind, seen.text, pack)) {
      if (isTaken.subarray(from, to).includes(1)) continue;
      isTaken.fill(1, from, to);
      found.push({ kind, start: seen.starts[from]!, end: seen.ends[to - 1]! });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function* stretches(kind: Kind, text: string, { patterns, notNames }: Pack): Iterable<Stretch> {
  if (kind === "name_pair" && notNames) yield* namesIn(text, notNames);
  for (const { find, holds } of patterns.filter((pattern) => pattern.kind === kind)) {
    for (const match of text.matchAll(find)) {
      if (!holds || holds(match)) yield match.indices!.groups?.["it"] ?? match.indices![0]!;
    }
  }
}
